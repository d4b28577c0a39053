"""What each sectoral goal has programmed: year by year, and in the halves of this year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.queries.goals import annual_targets
from sigpret.apps.mesas.queries.products import is_multiyear, is_semestral
from sigpret.apps.results.models import Goal, IndicatorTarget
from sigpret.methodology.periods import Period

#: Years side by side.
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class ProgrammedGoal:
    """A goal with its numbers: what each year asks (absent is None, never zero), and the periods
    of this year as they are programmed."""

    code: str
    text: str
    unit: str
    has_indicator: bool
    years: tuple[tuple[int, Decimal | None], ...]
    periods: tuple[tuple[str, Decimal], ...]
    is_multiyear: bool
    is_semestral: bool


@dataclass(frozen=True, slots=True)
class Programming:
    years: tuple[int, ...]
    goals: tuple[ProgrammedGoal, ...]


def programming(mesa: Mesa, *, on: date) -> Programming:
    """The sectoral goals in order, with the years anybody programmed from last year on; two
    statements, and two more for each year."""
    goals = Goal.objects.filter(sector=mesa.sector_id, level=Goal.Level.SECTORAL)
    listed = list(
        goals.order_by("code").values_list("code", "text", "indicator__unit", "indicator__pk")
    )
    targets: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = IndicatorTarget.objects.filter(indicator__in=[pk for *_rest, pk in listed if pk])
    for indicator, period, planned in rows.values_list("indicator_id", "period", "planned"):
        targets[indicator][period] = planned
    years = sorted({int(code[:4]) for found in targets.values() for code in found})
    years = [year for year in years if year >= on.year - 1][:MOST_YEARS]
    ids = [pk for *_rest, pk in listed]
    asked = {year: annual_targets(ids, Period.parse(f"{year}-Q4")) for year in years}
    return Programming(
        tuple(years),
        tuple(
            ProgrammedGoal(
                code=code,
                text=text,
                unit=unit or "",
                has_indicator=pk is not None,
                years=tuple((year, asked[year].get(pk or 0)) for year in years),
                periods=periods_of(targets.get(pk or 0, {}), on.year),
                is_multiyear=is_multiyear(targets.get(pk or 0, {})),
                is_semestral=is_semestral(targets.get(pk or 0, {}), on),
            )
            for code, text, unit, pk in listed
        ),
    )


def periods_of(found: dict[str, Decimal], year: int) -> tuple[tuple[str, Decimal], ...]:
    """The parts of a year, in order."""
    return tuple(sorted(pair for pair in found.items() if pair[0].startswith(f"{year}-")))
