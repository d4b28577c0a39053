"""One month as weeks, with what falls due marked on its day."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sigpret.web.dates import MONTHS


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the calendar; `number` is 0 outside the month."""

    number: int
    is_today: bool = False
    due: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """`Octubre de 2026`, Monday first."""

    title: str
    weeks: tuple[tuple[Day, ...], ...]


def month_of(today: date, due_on: Iterable[date]) -> Month:
    """The month of `today` with the number of things due on each day."""
    counts: dict[date, int] = {}
    for day in due_on:
        counts[day] = counts.get(day, 0) + 1
    weeks = calendar.Calendar().monthdatescalendar(today.year, today.month)
    return Month(
        f"{MONTHS[today.month - 1].capitalize()} de {today.year}",
        tuple(tuple(_square(day, today, counts) for day in week) for week in weeks),
    )


def _square(day: date, today: date, counts: dict[date, int]) -> Day:
    if day.month != today.month:
        return Day(0)
    return Day(day.day, is_today=day == today, due=counts.get(day, 0))
