"""What is measured: the targets of an indicator or product, what was executed, how to read both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sigpret.methodology.computed import Computed
from sigpret.methodology.periods import Period
from sigpret.methodology.values import ZERO


class Accumulation(StrEnum):
    """How the values of a year's periods become one."""

    SUM = "sum"
    LAST = "last"
    AVERAGE = "average"
    MAXIMUM = "maximum"


class AcrossYears(StrEnum):
    """How an indicator behaves from year to year (seed vocabulary, as the ministries print it)."""

    CUMULATIVE = "acumulado"
    FLOW = "flujo"
    STOCK = "stock"
    CAPACITY = "capacidad"
    REDUCTION = "reduccion"
    ANNUAL_REDUCTION = "reduccion_anual"


class Sense(StrEnum):
    """Which way is better."""

    ASCENDING = "ascending"
    DESCENDING = "descending"
    MAINTAIN = "maintain"


Series = Mapping[Period, Decimal]
# None: reported, and its formula has no value (0 of 0).
Reports = Mapping[Period, Decimal | None]


class Thresholds(NamedTuple):
    """From which achievement (0-100 scale) a measure is on track and at risk."""

    on_track: Decimal
    at_risk: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator or product with its numbers, in its own unit.

    A period absent from `targets` was not programmed; a period absent from `executed`, or
    None there, was not reported. `tolerance` is in the indicator's unit, for "maintain".
    A computed measure carries its variables; `thresholds` are its own, in place of the policy's.
    """

    id: str
    accumulation: Accumulation
    kind: AcrossYears | None
    sense: Sense
    baseline: Decimal | None
    tolerance: Decimal | None
    targets: Series
    executed: Mapping[Period, Decimal | None]
    computed: Computed | None = None
    thresholds: Thresholds | None = None


def accumulate(rule: Accumulation, values: Sequence[Decimal]) -> Decimal | None:
    """One value out of several in time order; None out of none."""
    if not values:
        return None
    if rule is Accumulation.SUM:
        return sum(values, ZERO)
    if rule is Accumulation.LAST:
        return values[-1]
    if rule is Accumulation.MAXIMUM:
        return max(values)
    return sum(values, ZERO) / len(values)


def tiles(series: Reports, window: Period) -> list[Period]:
    """The periods of a series inside a window, in time order, none counted twice.

    Where two overlap the one that ends first stays: the quarters, not the year they make.
    """
    taken: list[Period] = []
    covered = window.first - 1
    for period in sorted(series):
        if period.first > covered and period.last <= window.last:
            taken.append(period)
            covered = period.last
    return taken
