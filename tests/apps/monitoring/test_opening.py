"""Opening a quarter: evaluated from the first day, so that what is not due does not look silent."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import GoalAchievement, ReportingRound
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, access
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import TEGUCIGALPA, make_round
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


def open_third(person, *, period=Q3, closes_at=DEADLINE, at=NOW):
    return actions.open_round(
        actor=person, access=access(person), period=period, closes_at=closes_at, at=at
    )


def test_what_is_due_and_what_is_not_are_told_apart_from_the_first_day(administrator):
    due, not_due = make_goal(planned={"2026-Q3": "10"}), make_goal(planned={"2026-Q4": "10"})
    open_third(administrator)
    stored = dict(GoalAchievement.objects.values_list("goal", "own_status"))
    assert stored == {due.pk: "not_reported", not_due.pk: "not_due"}


def test_it_opens_the_day_after_the_quarter_or_today(administrator):
    before = datetime(2026, 9, 20, 9, 0, tzinfo=TEGUCIGALPA)
    assert open_third(administrator, at=before).opens_on == date(2026, 10, 1)
    ReportingRound.objects.all().delete()
    assert open_third(administrator, at=NOW).opens_on == date(2026, 10, 13)


def test_opening_leaves_one_event(administrator):
    make_goal(planned={"2026-Q3": "10"})
    open_third(administrator)
    event = AuditEvent.objects.get()
    told = json.loads(event.payload)
    assert (event.action, event.subject_id) == ("monitoring.round_opened", "2026-Q3")
    assert (told["goals"], told["closes_at"]) == (1, "2026-10-16T17:00:00-06:00")


def test_opening_twice_has_one_effect(administrator):
    assert open_third(administrator) == open_third(administrator)
    assert AuditEvent.objects.count() == 1


def test_only_the_administration_opens():
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(PermissionDenied, match="Sólo la administración"):
            open_third(make_user(role, institution=make_institution()))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"period": Period.parse("2026")}, "Sólo se abren trimestres"),
        ({"closes_at": NOW}, "después de que el trimestre abra"),
        ({"closes_at": DEADLINE, "period": Period.parse("2026-Q4")}, "después de que"),
        ({"closes_at": DEADLINE + timedelta(days=1)}, "ya está abierto, con otro plazo"),
    ],
)
def test_what_makes_no_sense_is_refused(administrator, changed, why):
    make_round()
    with pytest.raises(actions.CannotOpenRoundError, match=why):
        open_third(administrator, **changed)


def test_a_closed_quarter_is_not_opened(administrator):
    make_round(state="closed", closed_at=NOW, digest="d" * 64)
    with pytest.raises(actions.CannotOpenRoundError, match="ya se cerró"):
        open_third(administrator)
