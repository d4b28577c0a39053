"""The calendar beside the pending work."""

from datetime import date, datetime

import pytest

from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.month import month_of
from sigpret.web.pending import PendingTask
from sigpret.web.views.pending import greeting, summary

NOW = datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)


def test_a_month_begins_on_monday_and_leaves_other_months_blank():
    month = month_of(date(2026, 10, 13), [date(2026, 10, 16), date(2026, 10, 16)])
    assert month.title == "Octubre de 2026"
    assert [day.number for day in month.weeks[0]] == [0, 0, 0, 1, 2, 3, 4]
    days = {day.number: day for week in month.weeks for day in week}
    assert days[13].is_today
    assert days[16].due == 2


@pytest.mark.parametrize(
    ("hour", "words"), [(9, "Buenos días"), (12, "Buenas tardes"), (20, "Buenas noches")]
)
def test_the_greeting_follows_the_clock(hour, words):
    assert greeting("Luis Benítez", NOW.replace(hour=hour)) == f"{words}, Luis."


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA), "vence en 3 días"),
        (datetime(2026, 10, 14, 8, 0, tzinfo=TEGUCIGALPA), "vence mañana"),
        (datetime(2026, 10, 13, 17, 0, tzinfo=TEGUCIGALPA), "vence hoy"),
        (datetime(2026, 10, 13, 8, 0, tzinfo=TEGUCIGALPA), "ya venció"),
    ],
)
def test_the_first_deadline_is_said_in_the_heading(due, said):
    task = PendingTask("Completar el reporte", "/reporte", "Continuar", due_at=due)
    assert summary([task], NOW) == f"Tiene 1 pendiente; el primero {said}."


def test_nothing_to_do_is_said():
    assert summary([], NOW) == "No tiene pendientes."
