"""People, an institution and an upload for the imports tests."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.imports.actions import upload_report
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.queries import confirmation, import_facts
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.plan_report import (
    ANNUAL,
    COURSE,
    INSTITUTION,
    PLACE,
    QUARTERLY,
    REPORT,
    SEMESTRAL,
    VISIT,
    coded,
    report_bytes,
)


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def institution(db):
    return make_institution(*INSTITUTION)


@pytest.fixture
def catalogue(db):
    """Every code the invented report uses."""
    for text in (REPORT, VISIT, COURSE, PLACE):
        printed = coded(text)
        UnitOfMeasure.objects.create(code=printed.code, name=printed.name, source="catálogo")
    for text, per_year in ((ANNUAL, 1), (SEMESTRAL, 2), (QUARTERLY, 4)):
        code, name = coded(text).code, coded(text).name
        Periodicity.objects.create(code=code, name=name, per_year=per_year, source="catálogo")
    TargetPopulation.objects.create(code="184", name="PUBLICAS", source="catálogo")


@pytest.fixture
def registrar(institution):
    return make_user(Role.REGISTRAR, institution=institution, full_name="Luisa Rivera")


@pytest.fixture
def access(registrar):
    return access_of(registrar, on=date(2026, 10, 13))


@pytest.fixture
def visit(client, registrar):
    """The browser of the registrar."""
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def upload(registrar, access):
    """Upload bytes as the registrar, past the screen; the import they became."""

    def send(data: bytes = b"", filename: str = "POA.txt", **options: str) -> PlanImport:
        uploaded = upload_report(
            actor=registrar,
            access=access,
            data=data or report_bytes(**options),
            filename=filename,
            at=AT,
        )
        return PlanImport.objects.get(pk=uploaded.import_id)

    return send


@pytest.fixture
def send(visit):
    """Upload bytes through the screen."""

    def post(data: bytes, filename: str = "POA.txt", **extra):
        file = SimpleUploadedFile(filename, data)
        return visit.post(reverse("imports:start"), {"report": file}, **extra)

    return post


@pytest.fixture
def walk(upload, visit, access):
    """Take a report to its last step: blanks marked, every proposal accepted."""

    def go(data: bytes = b"", **options: str) -> PlanImport:
        kept = upload(data, **options)
        visit.post(reverse("imports:review", args=[kept.pk]), {"mark": "en-blanco"})
        address = reverse("imports:distribute", args=[kept.pk])
        page = visit.get(address)
        fields = {"accept_all": "1"}
        for row in page.context["page"].rows:
            key = row.row.key.code
            fields |= {f"q{quarter.number}-{key}": quarter.value for quarter in row.quarters}
            fields |= {f"seen-{key}": row.row.seen, f"shown-{key}": row.shown}
        visit.post(address, fields)
        kept.refresh_from_db()
        return kept

    return go


@pytest.fixture
def confirm(visit, access):
    def press(kept: PlanImport, **fields: str):
        facts = import_facts(access, kept.pk)
        data = {
            "expected_version": facts.version,
            "expected_plan_version": confirmation(facts).plan_version if facts.draft else 0,
            "accepts_new_codes": "1",
        }
        return visit.post(reverse("imports:confirm", args=[kept.pk]), data | fields)

    return press
