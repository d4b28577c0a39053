"""An import on its way: what the report says, what the planner decided, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from sigpret.apps.planning.programming import NO_QUARTERS, ProductKey, Quarters
from sigpret.apps.planning.queries import StoredPlan
from sigpret.intake.rows import (
    Objective,
    OperationalObjective,
    PlacedProduct,
    PlanDocument,
    Product,
)

NOT_SCHEDULED = "NP"


@dataclass(frozen=True)
class Cell:
    """The annual output of a product as it stands in the draft.

    `annual_output` None with `is_scheduled` is a blank nobody resolved yet.
    """

    annual_output: Decimal | None
    is_scheduled: bool = True

    @property
    def is_missing(self) -> bool:
        return self.is_scheduled and self.annual_output is None

    @property
    def token(self) -> str:
        """What a form sends back to say which value the person was looking at."""
        if not self.is_scheduled:
            return NOT_SCHEDULED
        return plain(self.annual_output)


BLANK = Cell(None)
UNSCHEDULED = Cell(None, is_scheduled=False)


@dataclass(frozen=True)
class Correction:
    """What somebody wrote over the report, when, and whether it came from the plan in force."""

    cell: Cell
    by: str
    at: str
    is_from_plan: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.cell.token,
            "by": self.by,
            "at": self.at,
            "from_plan": self.is_from_plan,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Correction:
        return cls(cell_of(stored["value"]), stored["by"], stored["at"], stored["from_plan"])


@dataclass(frozen=True)
class Draft:
    """The draft of a plan. `quarters` has the products whose distribution somebody accepted."""

    document: PlanDocument
    corrections: Mapping[ProductKey, Correction]
    quarters: Mapping[ProductKey, Quarters]

    @cached_property
    def products(self) -> dict[ProductKey, PlacedProduct]:
        """Every product in report order."""
        return {key_of(placed): placed for placed in self.document.placed_products()}

    def cell(self, key: ProductKey, product: Product) -> Cell:
        """What stands for the product now: the correction, or else what the report says."""
        correction = self.corrections.get(key)
        return correction.cell if correction else Cell(product.annual_output)

    @cached_property
    def cells(self) -> dict[ProductKey, Cell]:
        return {key: self.cell(key, placed.product) for key, placed in self.products.items()}

    @property
    def missing(self) -> tuple[ProductKey, ...]:
        """The products whose blank production nobody resolved."""
        return tuple(key for key, cell in self.cells.items() if cell.is_missing)

    def undistributed(self, stored: StoredPlan) -> tuple[ProductKey, ...]:
        """The products whose accepted quarters are absent or do not make the year, as each
        accumulates in the plan in force."""
        return tuple(
            key
            for key, cell in self.cells.items()
            if (annual := cell.annual_output) is not None
            and (key not in self.quarters or not stored.makes_year(key, annual, self.quarters[key]))
        )

    @cached_property
    def distribution(self) -> dict[ProductKey, Quarters]:
        """Quarters of every scheduled product."""
        return {
            key: self.quarters.get(key, NO_QUARTERS)
            for key, cell in self.cells.items()
            if cell.annual_output is not None
        }

    @cached_property
    def corrected(self) -> PlanDocument:
        """The document with what the planner decided in place of what the report prints."""
        return replace(
            self.document,
            objectives=tuple(self._corrected_objective(row) for row in self.document.objectives),
        )

    def _corrected_objective(self, objective: Objective) -> Objective:
        groups = tuple(
            replace(group, products=tuple(self._corrected_products(objective.number, group)))
            for group in objective.operational_objectives
        )
        return replace(objective, operational_objectives=groups)

    def _corrected_products(self, objective: int, group: OperationalObjective) -> Iterator[Product]:
        for product in group.products:
            cell = self.cells[ProductKey(objective, group.number, product.number)]
            yield replace(product, annual_output=cell.annual_output)


def key_of(placed: PlacedProduct) -> ProductKey:
    return ProductKey(
        placed.objective.number, placed.operational_objective.number, placed.product.number
    )


def cell_of(token: str) -> Cell:
    """The inverse of `Cell.token`."""
    if token == NOT_SCHEDULED:
        return UNSCHEDULED
    return Cell(Decimal(token) if token else None)


def plain(value: Decimal | None) -> str:
    """A number as a form carries it: `2`, never `2.0000`; empty when there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quarters_token(quarters: Quarters) -> str:
    """The four quarters in one text, to see whether somebody else changed them."""
    return "|".join(map(plain, quarters))


def quarters_of_token(token: str) -> Quarters:
    """The inverse of `quarters_token`. Raises ValueError for other than four parts."""
    parts = tuple(Decimal(part) if part else None for part in token.split("|"))
    if len(parts) != len(NO_QUARTERS):
        raise ValueError("a year has four quarters")
    return cast(Quarters, parts)


def draft_of(
    document: Mapping[str, Any], corrections: Mapping[str, Any], distribution: Mapping[str, str]
) -> Draft:
    """The draft kept in the three JSON columns of an import."""
    return Draft(
        document=PlanDocument.from_json(document["plan"]),
        corrections={
            ProductKey.parse(code): Correction.from_json(row) for code, row in corrections.items()
        },
        quarters={
            ProductKey.parse(code): quarters_of_token(token) for code, token in distribution.items()
        },
    )
