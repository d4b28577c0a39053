"""The screens of agreements, decisions and the work plan, as the server gives them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.mesas.agreement_forms import FulfilForm
from sigpret.apps.mesas.models import Agreement, Escalation, WorkPlan
from tests.factories.agreements import (
    DUE,
    add_activity,
    make_agreement,
    make_work_plan,
    put_in_force,
    send,
)
from tests.factories.evidence import make_evidence, picture
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import SINCE, accredit, make_coordinator, make_mesa
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def marta(mesa, client):
    person = make_coordinator(mesa)
    Membership.objects.create(
        user=person, role=Role.MESA_COORDINATOR, sector=mesa.sector, valid_from=SINCE
    )
    client.force_login(person, backend=BACKEND)
    return person


def unproven(person):
    """Somebody with nothing to prove who they are again with, as those of the demonstration."""
    person.set_unusable_password()
    person.save()
    return person


def address(mesa, *rest) -> str:
    return "/".join(["", "mesas", mesa.sector.slug, *map(str, rest)])


def of(agreement) -> str:
    return address(agreement.mesa, "acuerdos", f"{agreement.meeting.number}.{agreement.number}")


def test_the_register_keeps_its_filters_in_the_address(client, mesa, marta):
    goal = make_goal(sector=mesa.sector)
    linked, other = make_agreement(mesa, goal=goal, text="Con meta"), make_agreement(mesa)
    page = client.get(address(mesa, "acuerdos"), {"meta": goal.code}).content.decode()
    assert linked.text in page
    assert other.text not in page
    assert f"meta={goal.code}&amp;ver=vencidos" in page


def test_an_agreement_nobody_took_is_not_found(client, mesa, marta):
    assert client.get(address(mesa, "acuerdos", "1.9")).status_code == 404


def test_what_is_missing_comes_back_beside_its_field_with_what_was_typed(client, mesa, marta):
    agreement = make_agreement(mesa)
    answer = client.post(f"{of(agreement)}/reprogramar", {"version": 1, "text": "Desierta"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Escriba la fecha nueva." in page
    assert "Desierta" in page


def test_an_agreement_is_fulfilled_with_its_file_and_the_file_is_read_by_the_mesa(
    client, mesa, marta
):
    agreement = make_agreement(mesa)
    file = SimpleUploadedFile("acta.png", picture(), "image/png")
    today = client.get("/pendientes").wsgi_request.as_of
    typed = {"version": 1, "text": "Comprado.", "fulfilled_on": today.isoformat()}
    answer = client.post(f"{of(agreement)}/cumplir", {**typed, "evidence": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    agreement.refresh_from_db()
    step = agreement.steps.get()
    assert (agreement.state, step.evidence.institution) == ("fulfilled", agreement.institution)
    shown = client.get(address(mesa, "acuerdos", "archivo", step.pk))
    assert shown["Content-Type"] == "application/octet-stream"
    assert b"".join(shown)
    shown.close()


def test_evidence_the_institution_already_has_is_shown_again(client, mesa, marta):
    agreement = make_agreement(mesa)
    Membership.objects.create(
        user=marta, role=Role.REGISTRAR, institution=agreement.institution, valid_from=SINCE
    )
    known = make_evidence(agreement.institution, "inventario.png")
    others = make_evidence(make_institution(), data=picture(50))
    assert known.name in client.get(of(agreement)).content.decode()
    today = client.get("/pendientes").wsgi_request.as_of
    typed = {"version": 1, "text": "Listo", "fulfilled_on": today.isoformat()}
    assert client.post(f"{of(agreement)}/cumplir", {**typed, "known": others.pk}).status_code == 422
    file = SimpleUploadedFile("foto.png", picture(), "image/png")
    both = client.post(f"{of(agreement)}/cumplir", {**typed, "known": known.pk, "evidence": file})
    assert "no los dos" in both.content.decode()
    assert client.post(f"{of(agreement)}/cumplir", {**typed, "known": known.pk}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.state, agreement.steps.get().evidence) == ("fulfilled", known)


def test_a_file_that_cannot_be_evidence_says_why_and_changes_nothing(client, mesa, marta):
    agreement = make_agreement(mesa)
    file = SimpleUploadedFile("acta.exe", b"MZ\x00", "application/octet-stream")
    typed = {"version": 1, "text": "Comprado.", "fulfilled_on": "2026-10-13"}
    answer = client.post(f"{of(agreement)}/cumplir", {**typed, "evidence": file})
    assert answer.status_code == 422
    assert Agreement.objects.get(pk=agreement.pk).state == "pending"


def test_who_reads_late_is_told_with_409(client, mesa, marta):
    agreement = make_agreement(mesa)
    client.post(f"{of(agreement)}/avance", {"version": 1, "text": "Uno"})
    answer = client.post(f"{of(agreement)}/avance", {"version": 1, "text": "Dos"})
    assert answer.status_code == 409
    assert "Vuelva a leerlo" in answer.content.decode()


def test_a_reserved_evidence_is_not_given_to_the_mesa(client, mesa, marta):
    agreement = make_agreement(mesa)
    file = SimpleUploadedFile("acta.png", picture(), "image/png")
    client.post(f"{of(agreement)}/avance", {"version": 1, "text": "Uno", "evidence": file})
    step = agreement.steps.get()
    step.evidence.is_reserved, step.evidence.legal_ground = True, "Ley"
    step.evidence.save()
    assert client.get(address(mesa, "acuerdos", "archivo", step.pk)).status_code == 403
    assert "evidencia reservada" in client.get(of(agreement)).content.decode()


def test_the_figures_of_an_institutional_goal_are_for_its_mesa(client, mesa, marta):
    other_place = make_institution()
    goal = make_goal(institution=other_place)  # of another sector
    agreement = make_agreement(mesa, goal=goal, state="fulfilled", fulfilled_on=DUE, result="Listo")
    page = client.get(of(agreement)).content.decode()
    assert goal.code in page
    assert "¿Se movió el indicador" not in page


def test_a_fulfilled_agreement_without_figures_says_so(client, mesa, marta):
    goal = make_goal(sector=mesa.sector)
    agreement = make_agreement(mesa, goal=goal, state="fulfilled", fulfilled_on=DUE, result="Listo")
    page = client.get(of(agreement)).content.decode()
    assert "¿Se movió el indicador después de cumplirlo?" in page
    assert "No se puede saber" in page


def test_the_presidency_decides_from_its_register(client, mesa):
    presidency = unproven(make_user(Role.PRESIDENCY))
    client.force_login(presidency, backend=BACKEND)
    agreement = make_agreement(mesa)
    matter = Escalation.objects.create(
        mesa=mesa, agreement=agreement, to="presidency", ask="Autorizar.", reason="Sí",
        raised_by=presidency, raised_at=agreement.meeting.starts_at,
    )  # fmt: skip
    assert "1 asunto espera decisión" in client.get("/decisiones").content.decode()
    typed = {"version": 1, "text": "Sí.", "owner": agreement.institution_id, "due_on": "2099-01-01"}
    assert client.post(f"/decisiones/{matter.pk}/decidir", typed).status_code == 302
    assert "Sí." in client.get(f"/decisiones/{matter.pk}").content.decode()


def test_a_plan_is_written_row_by_row_and_sent(client, mesa, marta):
    place = make_institution()
    place.sectors.add(mesa.sector)
    head = unproven(make_user())
    accredit(mesa, place, person=head, level="political")
    year = client.get("/pendientes").wsgi_request.as_of.year
    assert client.post(f"{address(mesa, 'plan', 'empezar')}?anio={year}").status_code == 302
    edit = f"{address(mesa, 'plan', 'editar')}?anio={year}"
    client.post(edit, {"accion": "agregar-resultado", "text": "La MCR está completa"})
    plan = WorkPlan.objects.get()
    row = {
        "accion": "actividad", "resultado": plan.results.get().pk, "text": "Diagnóstico",
        "institutions": [place.pk], "starts_on": f"{year}-02-02", "ends_on": f"{year}-03-31",
    }  # fmt: skip
    wrong = client.post(edit, {**row, "nueva": row["resultado"], "ends_on": f"{year}-01-01"})
    assert wrong.status_code == 422
    assert "No puede terminar antes de empezar." in wrong.content.decode()
    assert client.post(edit, row).status_code == 302
    plan.refresh_from_db()
    sending = f"{address(mesa, 'plan', 'enviar')}?anio={year}"
    assert client.post(sending, {"version": plan.version}).status_code == 302
    client.force_login(head, backend=BACKEND)
    assert "espera su aprobación" in client.get(address(mesa, "plan")).content.decode()
    plan.refresh_from_db()
    assert plan.approvals.get().opened_at is not None
    approve = {"institucion": place.pk, "huella": plan.digest}
    client.post(f"{address(mesa, 'plan', 'aprobar')}?anio={year}", approve)
    plan.refresh_from_db()
    assert plan.state == "in_force"


def test_what_a_plan_lacks_is_said_when_it_is_sent(client, mesa, marta):
    year = client.get("/pendientes").wsgi_request.as_of.year
    plan = make_work_plan(mesa, year=year)
    answer = client.post(f"{address(mesa, 'plan', 'enviar')}?anio={year}", {"version": 1})
    assert answer.status_code == 422
    assert "agregue al menos un resultado" in answer.content.decode()
    assert plan.state == "draft"


def test_the_plan_is_drawn_and_said_and_downloaded(client, mesa, marta):
    plan = make_work_plan(mesa)
    add_activity(plan, "=Diagnóstico", make_institution(name="SESAL"))
    put_in_force(plan)
    second = make_work_plan(mesa, number=2)
    add_activity(second, "Otra")
    send(second)
    page = client.get(address(mesa, "plan"), {"anio": "2026"}).content.decode()
    assert 'aria-label="1.1 =Diagnóstico: del 2\xa0feb\xa02026' in page
    assert "Qué cambia en la versión 2" in page
    compared = client.get(address(mesa, "plan", "comparar"), {"anio": 2026, "de": 1, "a": 2})
    assert "se agrega" in compared.content.decode()
    book = client.get(address(mesa, "plan.xlsx"), {"anio": "2026", "version": "1"})
    sheet = load_workbook(io.BytesIO(book.content))["Plan"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "=Diagnóstico" in texts
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_version_nobody_wrote_is_not_found(client, mesa, marta):
    assert client.get(address(mesa, "plan"), {"version": "7"}).status_code == 404
    assert client.get(address(mesa, "plan", "comparar"), {"de": "1"}).status_code == 404


def test_evidence_that_is_already_there_is_asked_after_what_was_done():
    form = FulfilForm(known=[(1, "Acta.pdf")])
    assert list(form.fields) == ["text", "fulfilled_on", "evidence", "known", "version"]
    assert not form.fields["evidence"].required, "one of the two is needed, and neither alone"
