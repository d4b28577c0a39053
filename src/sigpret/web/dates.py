"""Dates and periods in Spanish, at Tegucigalpa time: `viernes 16 de octubre, 5:00 p. m.`"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sigpret.web.formats import MISSING, NBSP

TEGUCIGALPA = ZoneInfo("America/Tegucigalpa")

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI")

_PERIOD_CODE = re.compile(r"(?P<year>\d{4})(?:-(?P<kind>[SQTBM])(?P<number>\d{1,2}))?")
_PERIOD_WORDS = {
    "S": ("semestre", "sem."),
    "Q": ("trimestre", "trim."),
    "T": ("cuatrimestre", "cuatrim."),
    "B": ("bimestre", "bim."),
}


class HasCode(Protocol):
    """Anything with an SDMX period code: a methodology period, a reporting round."""

    @property
    def code(self) -> str: ...


Moment = date | datetime | None


def local(moment: date | datetime) -> date | datetime:
    """The same instant on the clocks of Tegucigalpa; dates and naive times pass unchanged."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(TEGUCIGALPA)
    return moment


def day_of(moment: date | datetime) -> date:
    """The day of an instant on the calendar of Tegucigalpa."""
    here = local(moment)
    return here.date() if isinstance(here, datetime) else here


def clock_time(moment: Moment) -> str:
    """`5:00 p. m.`, with spaces that do not break."""
    if not isinstance(moment, datetime):
        return MISSING
    here = moment.astimezone(TEGUCIGALPA) if moment.tzinfo else moment
    half = "a." if here.hour < 12 else "p."
    return f"{here.hour % 12 or 12}:{here.minute:02d}{NBSP}{half}{NBSP}m."


def date_words(moment: Moment) -> str:
    """`16 de octubre de 2026`."""
    if moment is None:
        return MISSING
    here = local(moment)
    return f"{here.day} de {MONTHS[here.month - 1]} de {here.year}"


def long_date(moment: Moment) -> str:
    """`viernes 16 de octubre de 2026`."""
    if moment is None:
        return MISSING
    return f"{WEEKDAYS[local(moment).weekday()]} {date_words(moment)}"


def deadline_words(moment: Moment) -> str:
    """`viernes 16 de octubre, 5:00 p. m.`: a near moment, so the year is left out."""
    if moment is None:
        return MISSING
    here = local(moment)
    day = f"{WEEKDAYS[here.weekday()]} {here.day} de {MONTHS[here.month - 1]}"
    return f"{day}, {clock_time(moment)}" if isinstance(moment, datetime) else day


def short_date(moment: Moment) -> str:
    """`16 oct 2026`."""
    if moment is None:
        return MISSING
    here = local(moment)
    return f"{here.day} {MONTHS[here.month - 1][:3]} {here.year}".replace(" ", NBSP)


def day_month(moment: Moment) -> str:
    """`16 oct`: beside others of the same year."""
    return short_date(moment).rpartition(NBSP)[0] or MISSING


def short_deadline(moment: Moment) -> str:
    """`vie 16 oct, 5:00 p. m.`"""
    if moment is None:
        return MISSING
    here = local(moment)
    day = f"{WEEKDAYS[here.weekday()][:3]}{NBSP}{here.day}{NBSP}{MONTHS[here.month - 1][:3]}"
    return f"{day}, {clock_time(moment)}" if isinstance(moment, datetime) else day


def days_left(moment: Moment, today: date) -> str:
    """`Quedan 3 días`, `Vence hoy`, `Venció hace 2 días`."""
    if moment is None:
        return MISSING
    days = (day_of(moment) - today).days
    if days == 0:
        return _("Vence hoy")
    if days == 1:
        return _("Queda 1 día")
    if days > 1:
        return _("Quedan %(days)d días") % {"days": days}
    if days == -1:
        return _("Venció ayer")
    return _("Venció hace %(days)d días") % {"days": -days}


def period_words(period: HasCode | str | None) -> str:
    """`III trimestre de 2026` from `2026-Q3`; `2026`, `marzo de 2026`, `I semestre de 2026`."""
    return _spell(period, position=0, joiner=" de ")


def period_short(period: HasCode | str | None) -> str:
    """`III trim. 2026`."""
    return _spell(period, position=1, joiner=NBSP)


def period_name(period: HasCode | str | None) -> str:
    """`III trimestre`: the period inside its year, for running text that already has the year."""
    return _spell(period, position=0, joiner="")


def period_roman(period: HasCode | str | None) -> str:
    """`III`: the number alone, for axes and narrow headings."""
    match = _match(period)
    if match is None or match["kind"] is None:
        return MISSING
    number = int(match["number"])
    return MONTHS[number - 1][:3] if match["kind"] == "M" else ROMAN[number]


def _spell(period: HasCode | str | None, *, position: int, joiner: str) -> str:
    match = _match(period)
    if match is None:
        return MISSING if period is None else str(period)
    year, kind = match["year"], match["kind"]
    if kind is None:
        return year
    number = int(match["number"])
    if kind == "M":
        name = MONTHS[number - 1] if position == 0 else MONTHS[number - 1][:3]
    else:
        name = f"{ROMAN[number]}{NBSP}{_PERIOD_WORDS[kind][position]}"
    return f"{name}{joiner}{year}" if joiner else name


def _match(period: HasCode | str | None) -> re.Match[str] | None:
    if period is None:
        return None
    code = period if isinstance(period, str) else period.code
    return _PERIOD_CODE.fullmatch(code)
