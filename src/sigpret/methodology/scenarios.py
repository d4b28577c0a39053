"""What would be produced, at what cost and for which goals, with another ceiling or output.

A scenario changes nothing of the plan. Outputs are in each product's unit, money in lempiras,
percentages 0-100. What was apportioned does not move with the output; what each unit takes does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from sigpret.methodology.costs import CostLine, Way
from sigpret.methodology.values import HUNDRED, ZERO


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A product: the plan's output (None: the plan gives none), what it costs, and the
    scenario's own output (None: the plan's)."""

    id: int
    planned: Decimal | None
    cost: CostLine
    chosen: Decimal | None = None

    @property
    def output(self) -> Decimal | None:
        return self.planned if self.chosen is None else self.chosen

    @property
    def amount(self) -> Decimal | None:
        """What its output costs; None: nobody knows."""
        return self.cost.at(self.output)

    @property
    def planned_amount(self) -> Decimal | None:
        return self.cost.at(self.planned)

    @property
    def reach(self) -> Decimal | None:
        """Its output against the plan's; None when the plan gives none, or zero."""
        if not self.planned or self.output is None:
            return None
        return HUNDRED * self.output / self.planned


@dataclass(frozen=True, slots=True)
class Verdict:
    """The money of a scenario. `without_cost`: products whose cost nobody knows.

    `room` is what the ceiling leaves, below zero when it is passed; None without a ceiling.
    """

    cost: Decimal
    ceiling: Decimal | None
    without_cost: int

    @property
    def room(self) -> Decimal | None:
        return None if self.ceiling is None else self.ceiling - self.cost

    @property
    def over(self) -> Decimal:
        """What is missing to pay for it: 0 while it fits."""
        return ZERO if self.room is None else max(-self.room, ZERO)

    @property
    def is_within(self) -> bool:
        return self.room is None or self.room >= 0


def verdict(lines: Iterable[ScenarioLine], ceiling: Decimal | None) -> Verdict:
    """What the scenario costs, added over the products whose cost is known."""
    amounts = [line.amount for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return Verdict(sum(known, ZERO), ceiling, len(amounts) - len(known))


def fitted(lines: Sequence[ScenarioLine], ceiling: Decimal) -> dict[int, Decimal]:
    """Outputs that spend the ceiling: every product that costs by the unit moves by one factor.

    Outputs keep the decimals of the plan's and are cut down, never up, so that the ceiling is
    never passed while the fixed costs fit in it. Products whose cost does not move keep theirs.
    """
    moving = [line for line in lines if line.cost.per_unit and line.planned]
    fixed = sum((line.cost.fixed for line in lines if line.cost.way is not Way.NONE), ZERO)
    variable = sum((line.cost.per_unit * (line.planned or ZERO) for line in moving), ZERO)
    if not variable:
        return {}
    factor = max((ceiling - fixed) / variable, ZERO)
    return {line.id: _cut((line.planned or ZERO) * factor, line.planned or ZERO) for line in moving}


def _cut(value: Decimal, like: Decimal) -> Decimal:
    exponent = min(0, int(like.normalize().as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_FLOOR)


def goal_reach(lines: Mapping[int, ScenarioLine], products: Iterable[int]) -> Decimal | None:
    """How much of what a goal takes from the plan the scenario still gives it.

    The mean of the reach of its products, each up to 100: producing more of one does not make
    up for another. None when no product of the goal has an output to compare.
    """
    reaches = [
        reach
        for product in products
        if product in lines and (reach := lines[product].reach) is not None
    ]
    capped = [min(reach, HUNDRED) for reach in reaches]
    return sum(capped, ZERO) / len(capped) if capped else None
