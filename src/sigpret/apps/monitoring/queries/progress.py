"""A subject's quantities through the year, beside the achievement they make."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sigpret.apps.monitoring.queries.sheet import SheetPoint
from sigpret.methodology.achievement import Figure, achieve, due_in
from sigpret.methodology.computed import Computed
from sigpret.methodology.measure import Measure, accumulate, tiles
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy


@dataclass(frozen=True, slots=True)
class Progress:
    """How a subject goes at a quarter. Quantities in its own unit; `figure` is to date, 0-100.

    `is_required`: the quarter has programming that asks for a value, and there is none.
    """

    figure: Figure
    is_required: bool
    annual: Decimal | None
    prior: Decimal | None
    series: tuple[SheetPoint, ...]


def progress_of(
    measure: Measure,
    *,
    period: Period,
    value: Decimal | None,
    policy: Policy,
    amounts: Mapping[str, Decimal] | None = None,
) -> Progress:
    """The progress of a measure when `value` is what is written for the quarter.

    `amounts` are those of its variables, for a measure that is computed.
    """
    written = replace(
        measure,
        executed={**measure.executed, period: value},
        computed=computed_with(measure.computed, period, amounts),
    )
    series = tuple(
        point_of(written, quarter, now=period) for quarter in period.year_period.quarters()
    )
    achievement = achieve(written, as_of=period, policy=policy)
    return Progress(
        figure=achievement.to_date,
        is_required=value is None and due_in(measure, period),
        annual=achievement.annual.planned,
        prior=series[period.number - 2].executed_to_date if period.number > 1 else None,
        series=series,
    )


def computed_with(
    computed: Computed | None, period: Period, amounts: Mapping[str, Decimal] | None
) -> Computed | None:
    """The computed measure with what is written of its variables in a quarter."""
    if computed is None or not amounts:
        return computed
    return replace(computed, amounts={**computed.amounts, period: amounts})


def point_of(measure: Measure, quarter: Period, *, now: Period) -> SheetPoint:
    """A quarter of the year; the ones still to come have nothing executed."""
    return SheetPoint(
        period=quarter,
        planned=measure.targets.get(quarter),
        executed=measure.executed.get(quarter),
        planned_to_date=planned_until(measure, quarter),
        executed_to_date=executed_until(measure, quarter) if quarter <= now else None,
    )


def planned_until(measure: Measure, until: Period) -> Decimal | None:
    """What the year had programmed by the end of a period, accumulated as the indicator does."""
    return accumulated(measure, measure.targets, until)


def executed_until(measure: Measure, until: Period) -> Decimal | None:
    """What the year had executed by the end of a period, or None when nothing was reported."""
    reported = {period: value for period, value in measure.executed.items() if value is not None}
    if measure.computed is not None:
        return pooled_until(measure.computed, until)
    return accumulated(measure, reported, until)


def pooled_until(computed: Computed, until: Period) -> Decimal | None:
    """The formula of the year so far: numerators with numerators, never a mean of percentages."""
    year = until.year_period
    periods = [
        one for one in computed.amounts if year.first <= one.first and one.last <= until.last
    ]
    return computed.formula.evaluate(computed.gathered(periods))


def accumulated(
    measure: Measure, series: Mapping[Period, Decimal], until: Period
) -> Decimal | None:
    window = Period(until.last, until.year * 12)
    return accumulate(measure.accumulation, [series[tile] for tile in tiles(series, window)])
