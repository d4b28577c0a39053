"""What a product costs: the inputs of its activities, or what was apportioned to them.

An activity with inputs costs what they cost; one without costs what was stated for it; one with
neither has no cost, which is not zero. Amounts are lempiras, exact, rounded only when printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.values import ZERO


class Way(StrEnum):
    """Where the cost of a product comes from; said wherever it is shown."""

    INPUTS = "inputs"
    APPORTIONED = "apportioned"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class InputCost:
    """So much of something at a price. `is_per_unit`: for each unit produced, not for the year."""

    quantity: Decimal
    unit_price: Decimal
    is_per_unit: bool = False

    @property
    def amount(self) -> Decimal:
        """Lempiras: of one unit of the product, or of the year."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class ActivityCost:
    """An activity: its inputs, and what was apportioned to it (None: nothing stated)."""

    inputs: tuple[InputCost, ...] = ()
    stated: Decimal | None = None

    @property
    def way(self) -> Way:
        if self.inputs:
            return Way.INPUTS
        return Way.NONE if self.stated is None else Way.APPORTIONED


@dataclass(frozen=True, slots=True)
class CostLine:
    """What something costs as its output moves: `fixed` whatever it is, `per_unit` for each unit.

    `without_cost` is how many of its activities nobody costed. Way NONE: nothing is known.
    """

    way: Way = Way.NONE
    fixed: Decimal = ZERO
    per_unit: Decimal = ZERO
    without_cost: int = 0

    def at(self, output: Decimal | None) -> Decimal | None:
        """Lempiras for an output; None when nothing is known, or the output it takes is not."""
        if self.way is Way.NONE or (output is None and self.per_unit):
            return None
        return self.fixed + self.per_unit * (output or ZERO)


def cost_of_activity(activity: ActivityCost) -> CostLine:
    """The inputs when there are any, however they compare with what was stated."""
    if activity.inputs:
        return CostLine(
            Way.INPUTS,
            fixed=sum((one.amount for one in activity.inputs if not one.is_per_unit), ZERO),
            per_unit=sum((one.amount for one in activity.inputs if one.is_per_unit), ZERO),
        )
    if activity.stated is None:
        return CostLine(without_cost=1)
    return CostLine(Way.APPORTIONED, fixed=activity.stated)


def cost_of_product(activities: Iterable[ActivityCost]) -> CostLine:
    """The sum of its activities; those nobody costed are counted apart, never as zero."""
    return added(cost_of_activity(activity) for activity in activities)


def added(lines: Iterable[CostLine]) -> CostLine:
    every = tuple(lines)
    return CostLine(
        way_of(line.way for line in every),
        fixed=sum((line.fixed for line in every), ZERO),
        per_unit=sum((line.per_unit for line in every), ZERO),
        without_cost=sum(line.without_cost for line in every),
    )


def way_of(ways: Iterable[Way]) -> Way:
    """What to say of several: one way, both, or none known."""
    known = {way for way in ways if way is not Way.NONE}
    if len(known) > 1:
        return Way.BOTH
    return known.pop() if known else Way.NONE


@dataclass(frozen=True, slots=True)
class ProductAsk:
    """What a product asks for, in lempiras: what it costs (None: nobody costed it), and what the
    budget lines of its categories approve for it (None: none of them has lines yet)."""

    cost: Decimal | None
    approved: Decimal | None = None


def cost_of_plan(lines: Decimal | None, products: Iterable[ProductAsk]) -> Decimal | None:
    """What a plan asks for, to set against its ceiling, in lempiras.

    What its budget lines approve (None: there are none), and what the products that are not in
    those lines yet cost beyond the money of the lines that was given to no product: that money may
    be theirs, and counting both would count it twice. None when nothing of that is known.
    """
    asks = tuple(products)
    costs = [one.cost for one in asks if one.approved is None and one.cost is not None]
    if lines is None:
        return sum(costs, ZERO) if costs else None
    ungiven = lines - sum((one.approved for one in asks if one.approved is not None), ZERO)
    return lines + max(ZERO, sum(costs, ZERO) - max(ZERO, ungiven))


def ceiling_of_plan(ceilings: Mapping[int | None, Decimal]) -> Decimal | None:
    """The ceiling of all funding sources together (key None) when it was set; else what those by
    source add up to; None when nobody set one. Lempiras."""
    if None in ceilings:
        return ceilings[None]
    return sum(ceilings.values(), ZERO) if ceilings else None
