"""T1 · What each person has to do, from monitoring."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.monitoring import pending
from sigpret.apps.monitoring.actions import add_comment, give_back_report, take_report
from sigpret.apps.monitoring.actions.assignment import assign_value
from sigpret.apps.monitoring.pending import monitoring_tasks
from sigpret.apps.reference.queries import policy_for
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, access
from tests.factories.institutions import make_user


def tasks(user):
    return list(monitoring_tasks(access(user), NOW))


def test_the_registrar_is_told_what_is_missing_and_until_when(ministry):
    ministry.save("2", cause="Hubo atrasos.", cause_category="other")
    (task,) = tasks(ministry.registrar)
    assert "Completar el reporte del III" in task.title
    assert "1 de 2 datos listos. Por resolver: 1 dato." in task.detail
    assert task.due_at == DEADLINE
    assert task.is_urgent


def test_a_datum_without_the_evidence_its_policy_asks_for_is_counted(ministry, monkeypatch):
    asks = replace(policy_for(Q3), evidence_required=True)
    monkeypatch.setattr(pending, "policy_for", lambda _period: asks)
    ministry.save("6")
    (task,) = tasks(ministry.registrar)
    assert "0 de 2 datos listos. Por resolver: 1 dato, 1 evidencia." in task.detail


def test_a_complete_report_only_has_to_be_sent(ministry):
    ministry.save_everything()
    (task,) = tasks(ministry.registrar)
    assert "Enviar el reporte" in task.title
    assert task.url.endswith("/enviar")


def test_a_sent_report_asks_nothing(sent):
    assert tasks(sent.registrar) == []


def test_each_returned_datum_is_a_task_with_its_observation(sent):
    sent.give_back(sent.value_of(sent.product), "¿De qué mes es la lista?")
    answers = [task for task in tasks(sent.registrar) if "Responder" in task.title]
    assert len(answers) == 1
    assert "¿De qué mes es la lista?" in answers[0].detail


def test_after_the_deadline_nothing_can_be_reported(ministry):
    assert list(monitoring_tasks(access(ministry.registrar), DEADLINE)) == []


def test_the_analyst_sees_the_reports_that_wait(sent):
    (task,) = tasks(sent.analyst)
    assert "Validar 2 datos" in task.title
    assert sent.institution.name in task.title


def test_the_administrator_sees_what_keeps_the_quarter_open(sent):
    closing = tasks(sent.administrator)[-1]
    assert "Cerrar el III" in closing.title
    assert "quedan 2 datos por decidir" in closing.detail


def test_people_without_a_part_in_it_have_no_task(ministry):
    assert list(monitoring_tasks(type(access(ministry.analyst))(), NOW)) == []


@pytest.fixture
def approver(ministry):
    return make_user(Role.APPROVER, institution=ministry.institution)


def test_the_approver_is_told_that_a_report_waits(ministry, approver):
    ministry.save_everything()
    ministry.submit()
    (task,) = tasks(approver)
    assert "Aprobar el reporte del III" in task.title
    assert str(ministry.registrar) in task.detail
    assert task.url.endswith("/enviar")
    assert tasks(ministry.registrar) == []


def test_what_the_approver_asked_for_is_in_the_task(ministry, approver):
    ministry.save_everything()
    ministry.submit()
    report = ministry.report
    give_back_report(
        actor=approver,
        access=access(approver),
        report_id=report.pk,
        expected_version=report.version,
        note="Revise las visitas.",
        at=NOW,
    )
    (task,) = tasks(ministry.registrar)
    assert "«Revise las visitas.»" in task.detail


def test_a_row_left_with_somebody_is_in_their_list(ministry):
    colleague = make_user(Role.REGISTRAR, institution=ministry.institution)
    assign_value(
        actor=ministry.registrar,
        access=access(ministry.registrar),
        institution=ministry.institution,
        period=Q3,
        product_id=ministry.product.pk,
        person_id=colleague.pk,
        at=NOW,
    )
    mine = [task for task in tasks(colleague) if "asignaron" in str(task.title)]
    assert [ministry.product.name in task.detail for task in mine] == [True]
    assert not [task for task in tasks(ministry.registrar) if "asignaron" in str(task.title)]
    ministry.save("6", by=colleague)
    assert not [task for task in tasks(colleague) if "asignaron" in str(task.title)]


def test_a_reviewer_closes_what_they_decided(sent):
    take_report(actor=sent.analyst, access=access(sent.analyst), report_id=sent.report.pk, at=NOW)
    sent.validate(*sent.report.values.all())
    (task,) = tasks(sent.analyst)
    assert task.title == "Cerrar una revisión"
    assert tasks(make_user(Role.ANALYST)) == []


def test_an_answer_of_an_institution_is_to_be_read(sent):
    value = sent.value_of(sent.product)
    for person, hours in ((sent.analyst, 0), (sent.registrar, 1)):
        add_comment(
            actor=person,
            access=access(person),
            value_id=value.pk,
            text="¿De qué mes es?",
            at=NOW + timedelta(hours=hours),
        )
    assert "Leer una respuesta de las instituciones" in [task.title for task in tasks(sent.analyst)]
