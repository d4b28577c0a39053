"""Deadlines as days: calendar or working, over holidays, leap days and the end of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.calendar import (
    DayKind,
    add_days,
    days_between,
    is_working_day,
    next_working_day,
)

MORAZAN_2026 = {date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9)}
EASTER_2026 = {date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 4)}
CALENDAR, WORKING = DayKind.CALENDAR, DayKind.WORKING
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("name", "start", "days", "kind", "holidays", "expected"),
    [
        ("quince días calendario", "2026-09-30", 15, CALENDAR, (), "2026-10-15"),
        ("calendario no salta feriados", "2026-09-30", 8, CALENDAR, MORAZAN_2026, "2026-10-08"),
        ("cinco días hábiles, sin feriados", "2026-09-30", 5, WORKING, (), "2026-10-07"),
        ("Semana Morazánica", "2026-09-30", 5, WORKING, MORAZAN_2026, "2026-10-12"),
        ("Semana Santa", "2026-03-31", 2, WORKING, EASTER_2026, "2026-04-06"),
        ("un sábado no cuenta", "2026-10-16", 1, WORKING, (), "2026-10-19"),
        ("cero días es el mismo día", "2026-10-17", 0, WORKING, (), "2026-10-17"),
        ("año bisiesto", "2024-02-28", 1, CALENDAR, (), "2024-02-29"),
        ("año bisiesto, hábil", "2024-02-28", 2, WORKING, (), "2024-03-01"),
        ("año no bisiesto", "2026-02-28", 1, CALENDAR, (), "2026-03-01"),
        ("fin de año", "2026-12-31", 15, CALENDAR, (), "2027-01-15"),
        ("Año Nuevo", "2026-12-31", 1, WORKING, {date(2027, 1, 1)}, "2027-01-04"),
    ],
)
def test_a_deadline_falls_on_its_day(name, start, days, kind, holidays, expected):
    assert add_days(date.fromisoformat(start), days, kind, holidays).isoformat() == expected, name


@pytest.mark.parametrize(
    ("name", "start", "end", "kind", "holidays", "expected"),
    [
        ("hoy", "2026-10-16", "2026-10-16", CALENDAR, (), 0),
        ("tres días", "2026-10-13", "2026-10-16", CALENDAR, (), 3),
        ("sobre el 29 de febrero", "2024-02-28", "2024-03-01", CALENDAR, (), 2),
        ("el fin de semana no cuenta", "2026-10-16", "2026-10-19", WORKING, (), 1),
        ("ni los feriados", "2026-10-06", "2026-10-12", WORKING, MORAZAN_2026, 1),
        ("venció ayer", "2026-10-17", "2026-10-16", CALENDAR, (), -1),
    ],
)
def test_days_that_remain(name, start, end, kind, holidays, expected):
    found = days_between(date.fromisoformat(start), date.fromisoformat(end), kind, holidays)
    assert found == expected, name


def test_a_deadline_is_not_counted_backwards():
    with pytest.raises(ValueError, match="backwards"):
        add_days(date(2026, 10, 1), -1, CALENDAR)


def test_the_day_itself_is_the_next_working_day_when_it_is_worked():
    assert next_working_day(date(2026, 10, 12), MORAZAN_2026) == date(2026, 10, 12)
    assert next_working_day(date(2026, 10, 7), MORAZAN_2026) == date(2026, 10, 12)


@given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=20))
def test_a_working_deadline_is_worked_and_counts_back_to_its_days(start, days, holidays):
    end = add_days(start, days, WORKING, holidays)
    assert is_working_day(end, holidays)
    assert days_between(start, end, WORKING, holidays) == days
    assert end >= start + timedelta(days=days)
