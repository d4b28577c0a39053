"""The one rule of the deadline: received before its instant is in time, in any zone, for ever."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.deadlines import check_accepts
from sigpret.apps.monitoring.models import ReportedValue, ReportingRound
from sigpret.web.dates import TEGUCIGALPA
from tests.apps.monitoring.scenes import DEADLINE, Ministry

MIDNIGHT = datetime(2026, 10, 17, 0, 0, tzinfo=TEGUCIGALPA)
LEAP = datetime(2028, 3, 1, 0, 0, tzinfo=TEGUCIGALPA)
KIRITIMATI = timezone(timedelta(hours=14))


def accepts(closes_at: datetime, at: datetime) -> bool:
    held = ReportingRound(period="2026-Q3", opens_on=date(2026, 10, 1), closes_at=closes_at)
    try:
        check_accepts(held, at)
    except actions.RoundNotOpenError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "closes_at", "at", "expected"),
    [
        ("un milisegundo antes", MIDNIGHT, MIDNIGHT - timedelta(milliseconds=1), True),
        ("el instante mismo", MIDNIGHT, MIDNIGHT, False),
        ("la medianoche de Greenwich es antes", MIDNIGHT, datetime(2026, 10, 17, tzinfo=UTC), True),
        ("el servidor en UTC", MIDNIGHT, datetime(2026, 10, 17, 5, 59, 59, 999000, UTC), True),
        ("y su instante", MIDNIGHT, datetime(2026, 10, 17, 6, 0, tzinfo=UTC), False),
        ("en Kiritimati ya es mañana", MIDNIGHT, datetime(2026, 10, 17, 19, 59, tzinfo=KIRITIMATI),
         True),
        ("29 de febrero", LEAP, datetime(2028, 2, 29, 23, 59, 59, 999000, TEGUCIGALPA), True),
        ("1 de marzo bisiesto", LEAP, datetime(2028, 3, 1, 6, 0, tzinfo=UTC), False),
        ("el plazo escrito en otra zona", DEADLINE.astimezone(UTC), DEADLINE, False),
        ("antes de que abra", MIDNIGHT, datetime(2026, 10, 1, 5, 59, tzinfo=UTC), False),
        ("el día que abre", MIDNIGHT, datetime(2026, 10, 1, 6, 0, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_received_before_its_instant_is_in_time(name, closes_at, at, expected):
    assert accepts(closes_at, at) is expected, name


def test_a_clock_stepped_back_decides_by_what_it_says_when_it_arrives():
    """Nobody keeps a moment of their own: what arrives after a step back is in time again."""
    late = MIDNIGHT + timedelta(seconds=5)
    assert not accepts(MIDNIGHT, late)
    assert accepts(MIDNIGHT, late - timedelta(seconds=6))


def test_honduras_once_moved_its_clocks_and_the_instant_is_still_one():
    summer = datetime(2006, 6, 1, 0, 0, tzinfo=TEGUCIGALPA)
    assert summer.utcoffset() == timedelta(hours=-5)
    assert accepts(summer, summer - timedelta(milliseconds=1)) is False  # before it opens
    assert ZoneInfo("America/Tegucigalpa").utcoffset(datetime(2026, 6, 1)) == timedelta(hours=-6)  # noqa: DTZ001


@pytest.mark.django_db
def test_the_whole_path_obeys_it():
    ministry = Ministry()
    ministry.save("2", at=DEADLINE - timedelta(milliseconds=1))
    with pytest.raises(actions.RoundNotOpenError, match="cerró el 16 de octubre"):
        ministry.save("3", version=1, at=DEADLINE)
    assert ReportedValue.objects.get().value == 2


@pytest.mark.django_db(transaction=True)
def test_what_arrived_in_time_counts_although_its_transaction_ends_later():
    """A submission that straddles the deadline is dated when it arrived, not when it committed."""
    ministry = Ministry()
    ministry.save_everything()
    in_time = DEADLINE - timedelta(milliseconds=1)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            ministry.submit(at=in_time)
            closing = other.submit(alone, ministry.confirm, at=DEADLINE)
            time.sleep(0.2)
        problem = closing.exception(10)
    assert isinstance(problem, actions.UndecidedValuesError)
    assert ministry.report.submitted_at == in_time


def alone(action, **asked):
    try:
        return action(**asked)
    finally:
        connection.close()
