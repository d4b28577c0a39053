"""A report comes in: whose it is, for which year, and whether it is already here."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports.actions import upload_report
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import AnnualPlan
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.plan_report import report_bytes

pytestmark = pytest.mark.django_db


def test_an_upload_is_a_draft_and_no_plan(upload, institution):
    kept = upload()
    assert (kept.state, kept.institution, kept.fiscal_year) == ("review", institution, 2026)
    assert not AnnualPlan.objects.exists()
    assert AuditEvent.objects.get().action == "imports.report_review"


def test_the_same_file_again_is_the_same_import(upload):
    first = upload()
    assert upload().pk == first.pk
    assert PlanImport.objects.count() == 1


def test_the_database_admits_one_draft_per_file(upload):
    kept = upload()
    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()


def test_a_discarded_file_may_come_again(upload):
    first = upload()
    PlanImport.objects.update(state=PlanImport.State.DISCARDED)
    assert upload().pk != first.pk


def test_a_refused_file_again_takes_the_place_of_the_first_attempt(upload):
    first = upload(b"nada")
    assert upload(b"nada").pk == first.pk


def test_the_code_of_the_institution_counts_and_not_its_padding(upload, institution):
    assert upload(code="09414", name="Otro nombre").institution == institution


def refusal_of(kept: PlanImport) -> str:
    assert kept.state == PlanImport.State.REFUSED
    (finding,) = kept.document["findings"]
    return finding["message"]


def test_the_plan_of_another_institution_is_refused_and_the_right_one_offered(upload):
    make_institution("9500", "Otro instituto")
    message = refusal_of(upload(code="9500", name="Otro instituto"))
    assert "9500 - Otro instituto" in message
    assert "pídalo en el SIAFI con el código 9414" in message


def test_what_another_institution_plans_is_not_kept_in_the_refusal(upload):
    make_institution("9500", "Otro instituto")
    kept = upload(code="9500", name="Otro instituto")
    assert "plan" not in kept.document


def test_an_institution_nobody_knows_is_refused(upload):
    assert "no está en el catálogo" in refusal_of(upload(code="9999"))


@pytest.mark.parametrize(("year", "state"), [(2025, "refused"), (2026, "review"), (2027, "review")])
def test_an_institution_imports_this_year_and_the_next(upload, year, state):
    assert upload(year=year).state == state


def test_the_refused_year_offers_the_right_ones(upload):
    assert "el de 2026 o el de 2027" in refusal_of(upload(year=2024))


def test_an_administrator_imports_any_institution_and_year(institution):
    administrator = make_user(Role.ADMINISTRATOR)
    uploaded = upload_report(
        actor=administrator,
        access=access_of(administrator, on=date(2026, 10, 13)),
        data=report_bytes(year=2024),
        filename="plan.txt",
        at=AT,
    )
    assert PlanImport.objects.get(pk=uploaded.import_id).institution == institution


def test_an_analyst_imports_nothing(institution):
    analyst = make_user(Role.ANALYST)
    with pytest.raises(PermissionDenied, match="Importan planes la UPGRET"):
        upload_report(
            actor=analyst,
            access=access_of(analyst, on=date(2026, 10, 13)),
            data=report_bytes(),
            filename="plan.txt",
            at=AT,
        )


def test_a_quantity_the_plan_cannot_hold_is_refused_whole(upload):
    kept = upload(p1_5="1.123456")
    assert "más de 4 decimales" in refusal_of(kept)


def test_choosing_no_file_says_so(visit):
    answer = visit.post(reverse("imports:start"), {})
    assert answer.status_code == 422
    assert "Elija el archivo del reporte." in answer.content.decode()


def test_the_start_lists_what_came_in_with_its_state(upload, visit):
    upload(b"nada", "roto.txt")
    upload(filename="bueno.txt")
    page = visit.get(reverse("imports:start")).content.decode()
    assert "roto.txt" in page
    assert "Rechazada" in page
    assert "bueno.txt" in page
    assert "En revisión" in page


def test_the_start_shows_nothing_of_other_institutions(upload, client):
    upload(filename="secreto.txt")
    outsider = make_user(Role.REGISTRAR, institution=make_institution())
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert "secreto.txt" not in client.get(reverse("imports:start")).content.decode()


@pytest.mark.parametrize("step", ["review", "distribute", "confirm", "original"])
def test_no_step_opens_to_another_institution(upload, client, step):
    kept = upload()
    outsider = make_user(Role.REGISTRAR, institution=make_institution())
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(f"imports:{step}", args=[kept.pk]))
    assert answer.status_code == 403
    assert "Esta importación es de otra institución" in answer.content.decode()


@pytest.mark.parametrize("step", ["review", "distribute", "confirm", "original"])
def test_an_import_that_is_not_there_is_not_found(visit, step):
    assert visit.get(reverse(f"imports:{step}", args=[999_999])).status_code == 404


def test_whoever_is_not_signed_in_signs_in_first(client, upload):
    answer = client.get(reverse("imports:review", args=[upload().pk]))
    assert answer["Location"].startswith("/ingresar/")
