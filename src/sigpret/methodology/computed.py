"""A measure that is computed: its formula, its variables and what was reported of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sigpret.methodology.explain import Part
from sigpret.methodology.formula import Formula, Gathering, gathered
from sigpret.methodology.periods import Period
from sigpret.methodology.values import Ratio, printed


class VariableRule(NamedTuple):
    """A variable of the sheet: its name in the formula, what it counts, in which unit, and how
    its quarters become one amount."""

    name: str
    label: str = ""
    unit: str = ""
    accumulation: Gathering = Gathering.SUM


@dataclass(frozen=True, slots=True)
class Computed:
    """`amounts` are those of the validated reports, by period and by the variable's name."""

    formula: Formula
    variables: tuple[VariableRule, ...]
    amounts: Mapping[Period, Mapping[str, Decimal]]

    def gathered(self, periods: Iterable[Period]) -> dict[str, Decimal]:
        """One amount per variable out of some periods; empty when none of them is complete."""
        within = {period: self.amounts[period] for period in periods if period in self.amounts}
        rules = {variable.name: variable.accumulation for variable in self.variables}
        return gathered(self.formula.names, within, rules)

    def is_report(self, period: Period) -> bool:
        """Was 0 of 0 reported of a period? It has no value, and is no silence either."""
        return self.formula.has_no_denominator(self.amounts.get(period, {}))

    def parts(self, periods: Iterable[Period]) -> tuple[Part, ...]:
        """What was reported of each variable, variable by variable."""
        reported = [period for period in sorted(periods) if period in self.amounts]
        return tuple(
            Part(rule.name, rule.label or rule.name, period, None, self.amounts[period][rule.name])
            for rule in self.variables
            for period in reported
            if rule.name in self.amounts[period]
        )

    def worked(self, amounts: Mapping[str, Decimal]) -> str:
        """The formula with its numbers in: `91 / 110 * 100`."""
        return self.formula.written({name: printed(value, 4) for name, value in amounts.items()})

    def ratio(self, amounts: Mapping[str, Decimal], planned: Decimal) -> Ratio | None:
        """Executed over planned in the unit of the numerator, so that children can be pooled.

        Of 91 attended among 110, with a target of 80 %: 91 over the 88 that were to be attended.
        None for a formula that is not one amount over another.
        """
        parts = self.formula.ratio()
        if parts is None:
            return None
        above, below, factor = parts
        numerator, denominator = above.evaluate(amounts), below.evaluate(amounts)
        if numerator is None or denominator is None:
            return None
        return Ratio(numerator, planned * denominator / factor, self._unit_of(above))

    def _unit_of(self, formula: Formula) -> str:
        units = [rule.unit or rule.label for rule in self.variables if rule.name in formula.names]
        return units[0] if units else ""
