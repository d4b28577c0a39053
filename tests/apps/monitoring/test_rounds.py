"""Which quarter people work on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sigpret.apps.monitoring.queries import current_round, round_facts
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import DEADLINE, NOW
from tests.factories.monitoring import make_round

pytestmark = pytest.mark.django_db


def test_people_work_on_the_last_round_that_opened():
    make_round("2026-Q2", opens_on=date(2026, 7, 1))
    make_round("2026-Q3", opens_on=date(2026, 10, 1))
    make_round("2026-Q4", opens_on=date(2027, 1, 1))
    assert current_round(NOW).period == Period.parse("2026-Q3")


def test_a_day_begins_at_midnight_in_tegucigalpa():
    make_round(opens_on=date(2026, 10, 1))
    midnight = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
    assert current_round(midnight) is not None
    assert current_round(midnight - timedelta(seconds=1)) is None


def test_there_may_be_no_round_at_all():
    assert current_round(NOW) is None
    assert round_facts(Period.parse("2026-Q3")) is None


@pytest.mark.parametrize(
    ("after_the_deadline", "accepts"),
    [(timedelta(seconds=-1), True), (timedelta(0), False), (timedelta(days=-30), False)],
)
def test_a_round_accepts_from_its_day_until_its_instant(after_the_deadline, accepts):
    make_round()
    facts = round_facts(Period.parse("2026-Q3"))
    assert facts.accepts_at(DEADLINE + after_the_deadline) == accepts
