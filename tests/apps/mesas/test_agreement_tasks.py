"""What agreements, decisions and work plans ask of people, and when they are reminded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.agreement_reminders import send_agreement_reminders
from sigpret.apps.mesas.models import Designation, Escalation
from sigpret.apps.mesas.pending_agreements import agreement_tasks
from sigpret.apps.mesas.pending_work_plan import work_plan_tasks
from sigpret.apps.notices.models import Notice
from tests.factories.agreements import (
    DUE,
    add_activity,
    make_agreement,
    make_work_plan,
    send,
)
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, designate, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def mesa():
    return make_mesa()


def titles(person, provider=agreement_tasks) -> list[str]:
    return [str(task.title) for task in provider(access_of(person, on=TODAY), NOW)]


def with_role(person, role, mesa):
    Membership.objects.create(
        user=person, role=role, sector=mesa.sector, valid_from=date(2020, 1, 1)
    )
    return person


def test_whoever_is_responsible_has_it_among_what_they_have_to_do(mesa):
    person = make_user()
    agreement = make_agreement(mesa, responsible_person=person, due_on=date(2026, 10, 12))
    label = f"{agreement.meeting.number}.{agreement.number}"
    assert titles(person) == [f"Cumplir el acuerdo {label}, vencido"]
    agreement.state = "without_effect"
    agreement.save()
    assert titles(person) == []


def test_the_coordination_sees_how_many_are_overdue(mesa):
    marta = with_role(make_coordinator(mesa), Role.MESA_COORDINATOR, mesa)
    make_agreement(mesa, due_on=date(2026, 10, 12))
    assert titles(marta) == [f"1 acuerdo vencido en la mesa de {mesa.sector.name}"]


def test_the_presidency_and_the_political_coordination_have_what_waits_for_them(mesa):
    presidency = make_user(Role.PRESIDENCY)
    minister = with_role(make_user(), Role.POLITICAL_COORDINATOR, mesa)
    designate(mesa, minister, Designation.Duty.POLITICAL_COORDINATOR)
    raised = {"mesa": mesa, "reason": "Sí", "raised_by": make_user(), "raised_at": AT}
    Escalation.objects.create(to="presidency", ask="Autorizar.", **raised)
    words = [f"Decidir lo que pide la mesa de {mesa.sector.name}"]
    assert titles(presidency) == words
    assert titles(minister) == []
    Escalation.objects.create(to="political", ask="Autorizar.", **raised)
    assert titles(minister) == words


def test_a_decision_is_to_be_done_by_whoever_was_entrusted(mesa):
    place = make_institution()
    luis = make_user(Role.REGISTRAR, institution=place)
    Escalation.objects.create(
        mesa=mesa, to="presidency", ask="Autorizar.", reason="Sí", raised_by=luis, raised_at=AT,
        state="decided", decision="Se autoriza.", decided_by=luis, decided_at=AT,
        owner=place, due_on=date(2026, 11, 1),
    )  # fmt: skip
    assert titles(luis) == ["Cumplir lo que se decidió: Se autoriza."]


@pytest.mark.parametrize("by_role", [True, False])
def test_head_authorities_have_the_plan_to_approve(mesa, by_role):
    place = make_institution()
    place.sectors.add(mesa.sector)
    if by_role:
        elena = make_user(Role.APPROVER, institution=place)
    else:
        elena = with_role(make_user(), Role.MESA_MEMBER, mesa)
        accredit(mesa, place, person=elena, level="political")
    plan = make_work_plan(mesa)
    add_activity(plan)
    send(plan)
    row = plan.approvals.create(institution=place)
    words = f"Aprobar el plan de trabajo 2026 de la mesa de {mesa.sector.name}"
    assert titles(elena, work_plan_tasks) == [words]
    row.decision, row.decided_by, row.decided_at = "approved", elena, AT
    row.save()
    assert titles(elena, work_plan_tasks) == []


def test_what_was_observed_comes_back_to_the_coordination(mesa):
    marta = with_role(make_coordinator(mesa), Role.MESA_COORDINATOR, mesa)
    plan = make_work_plan(mesa)
    add_activity(plan)
    send(plan)
    plan.approvals.create(
        institution=make_institution(), decision="observed", observation="Falta IHSS.",
        decided_by=make_user(), decided_at=AT,
    )  # fmt: skip
    assert len(titles(marta, work_plan_tasks)) == 1


def test_its_owner_is_told_three_days_before_once_and_each_week_after(mesa):
    person = make_user()
    make_agreement(mesa, responsible_person=person)
    told = []
    for days in (-4, -3, -2, 1, 2, 8):
        at = datetime(DUE.year, DUE.month, DUE.day, 15, tzinfo=UTC) + timedelta(days=days)
        told.append(send_agreement_reminders(at=at))
    assert told == [0, 1, 0, 1, 0, 1]
    kinds = Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["agreement_due", "agreement_overdue", "agreement_overdue"]


def test_without_an_account_whoever_represents_the_institution_is_told(mesa):
    place, ramon = make_institution(), make_user()
    accredit(mesa, place, person=ramon)
    make_agreement(mesa, institution=place)
    at = datetime(2026, 10, 13, 15, tzinfo=UTC)
    assert send_agreement_reminders(at=at) == 1
    assert Notice.objects.get().recipient == ramon
