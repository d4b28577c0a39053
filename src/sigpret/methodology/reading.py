"""A measure seen from a period: what was planned and what had been executed by then."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from sigpret.methodology.explain import Part
from sigpret.methodology.formulas import Yardstick, yardstick_of
from sigpret.methodology.measure import AcrossYears, Measure, Reports, Series, accumulate, tiles
from sigpret.methodology.periods import Period

NOTHING: Mapping[str, Decimal] = {}


class Amounts(NamedTuple):
    """What a figure compares, in the measure's unit, and the periods it comes from.

    `due_by` is the month in which the last target falls due; None when nothing does.
    `parts` puts together the rows under the figure, for whoever asks why.
    `variables` are the amounts a computed measure was worked out from; empty in any other.
    """

    planned: Decimal | None
    executed: Decimal | None
    due_by: int | None
    parts: Callable[[], tuple[Part, ...]]
    variables: Mapping[str, Decimal] = NOTHING

    @property
    def is_reported(self) -> bool:
        """Was anything said? What is computed is said by its variables, even 0 of 0."""
        return self.executed is not None or bool(self.variables)


class Reading:
    """The series of a measure by year, without the reports that came after `as_of`."""

    __slots__ = (
        "as_of",
        "executed",
        "measure",
        "planned",
        "reported_until",
        "windows",
        "yardstick",
    )

    def __init__(self, measure: Measure, as_of: Period) -> None:
        self.measure, self.as_of = measure, as_of
        self.windows: dict[Period, Amounts] = {}
        self.planned: dict[int, dict[Period, Decimal]] = {}
        for period, planned in measure.targets.items():
            self.planned.setdefault(period.last // 12, {})[period] = planned
        self.executed: dict[int, dict[Period, Decimal | None]] = {}
        self.reported_until = -1
        for period, executed in measure.executed.items():
            if period.last <= as_of.last and self._is_report(period, executed):
                self.executed.setdefault(period.last // 12, {})[period] = executed
                self.reported_until = max(self.reported_until, period.last)
        self.yardstick = self.yardstick_of_year(as_of.last // 12)

    def own_period(self) -> Period:
        """The period looked at or, when nothing is programmed in it, the longer one it ends."""
        targets = self.planned.get(self.as_of.last // 12, {})
        if self.as_of in targets or tiles(targets, self.as_of):
            return self.as_of
        return max((p for p in targets if p.last == self.as_of.last), default=self.as_of)

    def stated(self, window: Period) -> Amounts:
        """A window of one year: its own number where one is written, else its parts together."""
        if window not in self.windows:
            targets, reports = self._series(window)
            self.windows[window] = self._amounts(
                targets, reports, stated_in(targets, window), stated_in(reports, window)
            )
        return self.windows[window]

    def to_date(self) -> Amounts:
        """From January to the end of the period looked at, always out of the parts."""
        months = Period(self.as_of.last, self.as_of.last // 12 * 12)
        targets, reports = self._series(months)
        return self._amounts(targets, reports, tiles(targets, months), tiles(reports, months))

    def years(self) -> dict[Period, Amounts]:
        """Every year with a target or a report, in order."""
        years = map(Period.of_year, sorted({*self.planned, *self.executed}))
        return {year: self.stated(year) for year in years}

    def yardstick_of_year(self, year: int) -> Yardstick:
        """An annual reduction starts from the year before; anything else from the baseline."""
        reference = self.measure.baseline
        if self.measure.kind is AcrossYears.ANNUAL_REDUCTION:
            before = max((known for known in self.executed if known < year), default=None)
            if before is not None:
                reports = self.executed[before]
                reference = self._together(reports, stated_in(reports, Period.of_year(before)))[0]
        return yardstick_of(self.measure, reference)

    def _is_report(self, period: Period, executed: Decimal | None) -> bool:
        computed = self.measure.computed
        return executed is not None or (computed is not None and computed.is_report(period))

    def _series(self, window: Period) -> tuple[Series, Reports]:
        year = window.last // 12
        return self.planned.get(year, {}), self.executed.get(year, {})

    def _amounts(
        self, targets: Series, reports: Reports, planned_in: list[Period], executed_in: list[Period]
    ) -> Amounts:
        executed, variables = self._together(reports, executed_in)
        return Amounts(
            accumulate(self.measure.accumulation, [targets[period] for period in planned_in]),
            executed,
            self._due_by(targets, planned_in),
            partial(parts_of, self.measure, targets, reports, planned_in, executed_in),
            variables,
        )

    def _together(
        self, reports: Reports, periods: list[Period]
    ) -> tuple[Decimal | None, Mapping[str, Decimal]]:
        """One value out of several reports: a computed one is worked out of its variables.

        Reports that came without variables (before the indicator was computed) are accumulated.
        """
        computed = self.measure.computed
        if computed is not None and (variables := computed.gathered(periods)):
            return computed.formula.evaluate(variables), variables
        values = [value for period in periods if (value := reports[period]) is not None]
        return accumulate(self.measure.accumulation, values), NOTHING

    def _due_by(self, targets: Mapping[Period, Decimal], periods: list[Period]) -> int | None:
        # A plain target of 0 asks for nothing; a level or a fall to 0 is a real commitment.
        for period in reversed(periods):
            if targets[period] or not self.yardstick.is_plain:
                return period.last
        return None


def parts_of(
    measure: Measure,
    targets: Series,
    reports: Reports,
    planned_in: list[Period],
    executed_in: list[Period],
) -> tuple[Part, ...]:
    """The rows under a figure: every period with what was planned and executed in it."""
    rows = planned_in if planned_in == executed_in else sorted({*planned_in, *executed_in})
    parts = [Part(measure.id, "", p, targets.get(p), reports.get(p)) for p in rows]
    if measure.computed is not None:
        parts += measure.computed.parts(executed_in)
    return tuple(parts)


def planned_to_date(measure: Measure, period: Period) -> Decimal | None:
    """What was programmed from January to the end of a period, in the measure's unit."""
    months = Period(period.last, period.last // 12 * 12)
    planned = [measure.targets[one] for one in tiles(measure.targets, months)]
    return accumulate(measure.accumulation, planned)


def stated_in(series: Reports, window: Period) -> list[Period]:
    """The window itself where the series has a number for it, else the periods inside it."""
    return [window] if window in series else tiles(series, window)
