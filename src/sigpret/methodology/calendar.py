"""Days as deadlines count them: calendar days, or working days that step over holidays."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a deadline counts: every day, or only those people work."""

    CALENDAR = "calendar"
    WORKING = "working"


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, unless it is a holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_days(start: date, days: int, kind: DayKind, holidays: Collection[date] = ()) -> date:
    """The day that is `days` days after `start`; the start itself is not counted.

    Counting calendar days the answer may be a holiday; counting working days it never is.
    Raises ValueError for a negative number: a deadline never falls before its start.
    """
    if days < 0:
        raise ValueError("a deadline is not counted backwards")
    if kind is DayKind.CALENDAR:
        return start + timedelta(days=days)
    day = start
    for _counted in range(days):
        day = next_working_day(day + ONE_DAY, holidays)
    return day


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """The day itself if it is worked, else the first one after it that is."""
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def days_between(start: date, end: date, kind: DayKind, holidays: Collection[date] = ()) -> int:
    """How many days of a kind remain from `start` to `end`; 0 on the day itself.

    Negative when the end has passed: -1 is yesterday, or the last working day before.
    """
    if kind is DayKind.CALENDAR:
        return (end - start).days
    if end < start:
        return -days_between(end, start, kind, holidays)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
