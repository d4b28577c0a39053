"""The days a meeting may be held on, as two months of a form."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.queries.convening import Anticipation
from sigpret.methodology.calendar import SATURDAY
from sigpret.web.dates import MONTHS, WEEKDAYS

MONTHS_SHOWN = 2
#: From this many members with another mesa on, the day is marked.
MANY_BUSY = 3


@dataclass(frozen=True, slots=True)
class Square:
    """A day: `state` is past, today, soon (too early), ok or rest; `label` says it aloud."""

    day: date
    state: str
    label: str
    is_open: bool
    is_chosen: bool
    is_busy: bool


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """`Octubre de 2026`; None is a square of another month."""

    title: str
    weeks: tuple[tuple[Square | None, ...], ...]


def months_of(
    rule: Anticipation, *, chosen: date | None, busy: Mapping[date, int]
) -> tuple[CalendarMonth, ...]:
    """This month and the next; a day already chosen stays open, whatever the rule says now."""
    year, month = rule.today.year, rule.today.month
    found = []
    for step in range(MONTHS_SHOWN):
        number = month - 1 + step
        found.append(month_of(year + number // 12, number % 12 + 1, rule, chosen, busy))
    return tuple(found)


def month_of(
    year: int, month: int, rule: Anticipation, chosen: date | None, busy: Mapping[date, int]
) -> CalendarMonth:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return CalendarMonth(
        _("%(month)s de %(year)d") % {"month": MONTHS[month - 1].capitalize(), "year": year},
        tuple(
            tuple(
                square_of(day, rule, chosen, busy) if day.month == month else None for day in week
            )
            for week in weeks
        ),
    )


def square_of(
    day: date, rule: Anticipation, chosen: date | None, busy: Mapping[date, int]
) -> Square:
    state = state_of(day, rule)
    is_busy = busy.get(day, 0) >= MANY_BUSY
    return Square(
        day=day,
        state=state,
        label=label_of(day, state, rule, is_busy=is_busy),
        is_open=state in ("ok", "rest") or day == chosen,
        is_chosen=day == chosen,
        is_busy=is_busy,
    )


def state_of(day: date, rule: Anticipation) -> str:
    if day < rule.today:
        return "past"
    if day == rule.today:
        return "today"
    if day < rule.first:
        return "soon"
    return "rest" if day.weekday() >= SATURDAY or day in rule.holidays else "ok"


def label_of(day: date, state: str, rule: Anticipation, *, is_busy: bool) -> str:
    """`jueves 29 de octubre: 7 días de anticipación`."""
    notice = rule.of(day).days if state in ("ok", "rest") else 0
    ahead = ngettext("%(n)d día de anticipación", "%(n)d días de anticipación", notice)
    words = {
        "past": _("ya pasó"),
        "today": _("hoy"),
        "soon": _("menos de %(n)d días") % {"n": rule.needed},
    }.get(state, ahead % {"n": notice})
    extras = [words]
    if day in rule.holidays:
        extras.append(rule.holidays[day])
    elif state == "rest":
        extras.append(_("fin de semana"))
    if is_busy:
        extras.append(_("3 o más integrantes tienen otra mesa"))
    name = f"{WEEKDAYS[day.weekday()]} {day.day} {_('de')} {MONTHS[day.month - 1]}"
    return f"{name}: {', '.join(extras)}"
