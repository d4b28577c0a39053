"""The steps of a plan as they are drawn: who did each, who has the next, until when."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import FormulationStep
from sigpret.apps.planning.pending import planning_tasks
from sigpret.apps.planning.queries.standing import plan_steps
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 12, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))


@pytest.fixture
def plan():
    for code, day in (("submission", 15), ("approval", 20), ("lock", 31)):
        FormulationStep.objects.create(
            fiscal_year=2027, code=code, due_on=date(2027, 1, day), source="Calendario"
        )
    return make_plan(make_institution("9414"), 2027)


def put(plan, state, **fields):
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.state = state
    plan.save()
    return plan_steps(plan)


def test_a_draft_says_its_version_and_its_last_day(plan):
    first, *later = plan_steps(plan)
    assert (first.mark, first.detail) == ("now", "versión 1 · vence el 15\xa0ene")
    assert [step.mark for step in later] == ["next"] * 4
    assert [step.detail for step in later] == [
        "lo envía la UPGRET",
        "máxima autoridad, hasta el 20\xa0ene",
        "DIGER",
        "31\xa0ene",
    ]


def test_a_step_that_was_taken_says_who_and_when(plan):
    planner = make_user(Role.REGISTRAR, institution=plan.institution, full_name="Luis Benítez")
    steps = put(plan, "submitted", submitted_by=planner, submitted_at=AT)
    assert [step.mark for step in steps] == ["done", "now", "next", "next", "next"]
    assert (steps[1].detail, steps[1].who, steps[1].at) == (
        "12\xa0ene · Luis Benítez",
        "Luis Benítez",
        AT,
    )


def test_a_returned_plan_is_back_at_the_first_step(plan):
    head = make_user(Role.APPROVER, institution=plan.institution, full_name="Julia M.")
    steps = put(plan, "returned", returned_by=head, returned_at=AT)
    assert (steps[0].code, steps[0].mark, steps[0].detail) == (
        "returned",
        "now",
        "12\xa0ene · Julia M.",
    )


def test_a_locked_plan_says_since_when(plan):
    steps = put(plan, "locked", locked_at=AT)
    assert (steps[-1].mark, steps[-1].detail) == ("now", "desde el 12\xa0ene")
    assert all(step.mark == "done" for step in steps[:-1])


def test_the_steps_take_three_statements(plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        plan_steps(plan)


@pytest.mark.parametrize(
    ("day", "is_late"), [(date(2026, 10, 12), False), (date(2026, 1, 10), True)]
)
def test_a_plan_that_came_in_after_its_day_is_late_for_nobody(day, is_late):
    plan = make_plan()
    FormulationStep.objects.create(
        fiscal_year=2026, code="submission", due_on=date(2026, 1, 15), source="Calendario"
    )
    planner = make_user(Role.REGISTRAR, institution=plan.institution)
    moment = datetime.combine(day, time(9), AT.tzinfo)
    record(
        actor=planner,
        action="planning.plan_started",
        subject_type="annual_plan",
        subject_id=plan.pk,
        payload={"at": moment},
    )
    now = datetime(2026, 10, 13, 9, tzinfo=AT.tzinfo)
    (task,) = planning_tasks(access_of(planner, on=now.date()), now)
    assert (task.due_at is not None) is is_late
    assert ("el plan se cargó después" in task.detail) is not is_late
