"""How much of a product is planned in each quarter, and how a product is known across reports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sigpret.intake.rows import PlanDocument
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.plans.quarters import year_made

QUARTER_NUMBERS = (1, 2, 3, 4)
#: Planned in each of the four quarters; None: nothing is due that quarter.
Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
NO_QUARTERS: Quarters = (None, None, None, None)


class ProductKey(NamedTuple):
    """What makes a product the same in two reports: its three numbers, never its name."""

    objective: int
    operational_objective: int
    number: int

    @property
    def code(self) -> str:
        """How it travels in a form: objective, operational objective and product, `2.1.5`."""
        return ".".join(map(str, self))

    @property
    def label(self) -> str:
        """How a person names it: `2.5`."""
        return f"{self.objective}.{self.number}"

    @classmethod
    def parse(cls, code: str) -> ProductKey:
        """The inverse of `code`. Raises ValueError."""
        objective, operational_objective, number = code.split(".")
        return cls(int(objective), int(operational_objective), int(number))


Programming = Mapping[ProductKey, Quarters]


def annual_outputs(document: PlanDocument) -> dict[ProductKey, Decimal | None]:
    """The annual output of every product, in report order; None: not scheduled or not published."""
    return {
        ProductKey(
            placed.objective.number, placed.operational_objective.number, placed.product.number
        ): placed.product.annual_output
        for placed in document.placed_products()
    }


def total(quarters: Quarters) -> Decimal | None:
    """What the year plans; None when no quarter plans anything."""
    planned = [value for value in quarters if value is not None]
    return sum(planned, Decimal(0)) if planned else None


def year_of(quarters: Quarters, accumulation: Accumulation = Accumulation.SUM) -> Decimal | None:
    """The year the quarters make as the product accumulates; None when none plans anything."""
    return year_made(accumulation, [value for value in quarters if value is not None])


def adds_up(
    annual: Decimal | None, quarters: Quarters, accumulation: Accumulation = Accumulation.SUM
) -> bool:
    """Do the quarters make the year? A year of zero may leave its quarters empty."""
    found = year_of(quarters, accumulation)
    return found == annual or (annual == 0 and found is None)


def period_code(year: int, quarter: int) -> str:
    """`2026-Q1`."""
    return f"{year}-Q{quarter}"


def plain_code(code: str) -> str:
    """A catalogue code without zero padding: 0149 and 149 are one unit."""
    return code.lstrip("0") or "0"
