"""The papers of a change of a plan: kept as evidence, read by who decides, public only if said."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions.change_files import (
    MOST_FILES,
    attach_change_file,
    keep_reason,
    remove_change_file,
)
from sigpret.apps.planning.actions.reprogramming import ChangeError
from sigpret.apps.planning.models import PlanChange
from sigpret.apps.planning.queries.change_files import public_file
from tests.factories.evidence import make_evidence, picture
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))


class Case:
    """A change being prepared, with a datum that should be another."""

    def __init__(self):
        self.institution = make_institution("9414")
        self.planner = make_user(Role.REGISTRAR, institution=self.institution)
        plan = make_plan(self.institution)
        plan.state, plan.locked_at = "locked", AT
        plan.save()
        product = make_product(plan, {"2026-Q3": "2"}, number=6)
        self.change = plan.changes.create(number=1, requested_by=self.planner, requested_at=AT)
        self.change.lines.create(product=product, field="2026-Q3", old=2, new=1)
        self.url = f"/cambios/{plan.pk}-1"

    def attach(self, name="dictamen.png", data=None, person=None, is_public=False):
        person = person or self.planner
        return attach_change_file(
            actor=person,
            access=access_of(person, on=AT.date()),
            change_id=self.change.pk,
            name=name,
            file=io.BytesIO(data or picture()),
            is_public=is_public,
            at=AT,
        )

    def act(self, action, **options):
        access = access_of(self.planner, on=AT.date())
        return action(actor=self.planner, access=access, change_id=self.change.pk, at=AT, **options)

    def accept(self):
        PlanChange.objects.update(state="accepted", reason="Espera dictamen.", decided_at=AT)


@pytest.fixture
def case():
    return Case()


def test_a_paper_is_kept_once_under_a_safe_name(case):
    data = picture()
    assert case.attach("../../dic\u202etamen.exe", data)
    assert not case.attach("otro nombre.png", data)
    (paper,) = case.change.files.all()
    assert paper.name == "dictamen.exe.png"
    events = AuditEvent.objects.filter(action="planning.change_file_attached")
    assert events.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"MZ\x90\x00" + b"\0" * 200, "programa"), (b"<svg onload=x>", "SVG")],
)
def test_what_is_not_a_document_is_refused_by_its_content(case, data, said):
    with pytest.raises(RefusedEvidenceError, match=said):
        case.attach("dictamen.pdf", data)
    assert not case.change.files.exists()


def test_nobody_from_elsewhere_attaches_a_paper(case):
    with pytest.raises(PermissionDenied):
        case.attach(person=make_user(Role.REGISTRAR, institution=make_institution()))


def test_what_was_sent_keeps_its_papers(case):
    case.attach()
    PlanChange.objects.update(state="submitted", reason="Espera dictamen.")
    with pytest.raises(ChangeError, match="ya no se le agregan"):
        case.attach()
    with pytest.raises(ChangeError, match="ya no se le agregan"):
        case.act(remove_change_file, file_id=case.change.files.get().pk)


def test_a_request_carries_a_few_papers(case):
    for _number in range(MOST_FILES):
        case.attach()
    with pytest.raises(ChangeError, match="a lo sumo 10"):
        case.attach()


def test_a_paper_is_taken_out_once(case):
    case.attach()
    pk = case.change.files.get().pk
    for _click in range(2):
        case.act(remove_change_file, file_id=pk)
    assert AuditEvent.objects.filter(action="planning.change_file_removed").count() == 1


def test_the_reason_written_so_far_is_kept_and_nothing_erases_it(case):
    for reason in ("Espera dictamen.", "Espera dictamen.", "  "):
        case.act(keep_reason, reason=reason)
    case.change.refresh_from_db()
    assert case.change.reason == "Espera dictamen."
    assert AuditEvent.objects.filter(action="planning.change_reason_written").count() == 1


def test_only_a_published_paper_of_an_accepted_change_is_public(case, client):
    shown, kept = picture(), picture()
    case.attach("publico.png", shown, is_public=True)
    case.attach("interno.png", kept)
    published, internal = case.change.files.order_by("pk")
    assert public_file(published.pk) is None
    case.accept()
    page = client.get("/reprogramaciones").content.decode()
    assert "publico.png" in page
    assert "interno.png" not in page
    assert "Se presentó un documento que la institución no publica." in page
    answer = client.get(f"/reprogramaciones/documentos/{published.pk}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer)
    assert client.get(f"/reprogramaciones/documentos/{internal.pk}").status_code == 404


def test_what_somebody_reserved_is_never_public(case, client):
    data = picture()
    case.attach("publico.png", data, is_public=True)
    ground = "Decreto 170-2006, artículo 17"
    file = case.change.files.get().file
    make_evidence(case.institution, data=data, is_reserved=True, legal_ground=ground)
    reserved = case.institution.evidence.get()
    reserved.file = file
    reserved.save()
    case.accept()
    assert "publico.png" not in client.get("/reprogramaciones").content.decode()
    assert public_file(case.change.files.get().pk) is None


def test_a_file_and_the_reason_travel_with_the_form(case, client):
    client.force_login(case.planner)
    typed = {"text": "Espera dictamen.", "publico": "on"}
    file = SimpleUploadedFile("dictamen.png", picture(), "image/png")
    page = client.post(f"{case.url}/documentos", typed | {"archivo": file}, follow=True)
    assert "1 documento adjunto." in page.content.decode()
    assert "Espera dictamen.</textarea>" in page.content.decode()
    paper = case.change.files.get()
    assert paper.is_public
    assert b"".join(client.get(f"{case.url}/documentos/{paper.pk}"))


def test_a_file_chosen_and_not_attached_goes_with_what_is_sent(case, client):
    client.force_login(case.planner)
    bad = SimpleUploadedFile("dictamen.pdf", b"MZ\x90\x00" + b"\0" * 200)
    answer = client.post(f"{case.url}/paso", {"paso": "enviar", "text": "Espera.", "archivo": bad})
    assert answer.status_code == 409
    assert "dictamen.pdf: Es un programa" in answer.content.decode()
    case.change.refresh_from_db()
    assert case.change.state == "preparing"


def test_choosing_a_product_keeps_the_reason(case, client):
    client.force_login(case.planner)
    answer = client.post(f"{case.url}/producto", {"producto": "7", "text": "Espera dictamen."})
    assert answer["Location"] == f"{case.url}?producto=7#producto"
    case.change.refresh_from_db()
    assert case.change.reason == "Espera dictamen."
