"""Which periods the programming of a goal shows, and how they are grouped."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.results.above import closed_quarters, is_closed
from sigpret.apps.results.forms import TargetsForm
from sigpret.methodology.periods import Period
from sigpret.web.components import Choice

YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class TargetsPage:
    """The periods to fill for a year, and the years after it; `closed` are read only."""

    year: int
    periods: tuple[str, ...]
    closed: frozenset[str]
    years: tuple[Choice, ...]

    def groups(self, form: TargetsForm) -> list[tuple[str, list[Any]]]:
        """The fields under their headings."""
        named = (
            (_("Trimestres de %(year)d") % {"year": self.year}, "-Q"),
            (_("Semestres de %(year)d") % {"year": self.year}, "-S"),
            (_("Años"), ""),
        )
        return [
            (title, [form[code] for code in self.periods if belongs(code, mark)])
            for title, mark in named
        ]


def belongs(code: str, mark: str) -> bool:
    return mark in code if mark else "-" not in code


def targets_page(stored: Mapping[str, Decimal], year: int) -> TargetsPage:
    """Quarters and semesters of a year, every year that has a number, and the three next."""
    quarters = [Period.quarter(year, number).code for number in (1, 2, 3, 4)]
    years = {int(code) for code in stored if "-" not in code} | set(
        range(year, year + YEARS_AHEAD + 1)
    )
    periods = (*quarters, f"{year}-S1", f"{year}-S2", *(str(one) for one in sorted(years)))
    closed = closed_quarters()
    return TargetsPage(
        year,
        periods,
        frozenset(code for code in periods if is_closed(code, closed)),
        tuple(
            Choice(str(one), f"?ano={one}", is_on=one == year) for one in range(year - 1, year + 3)
        ),
    )
