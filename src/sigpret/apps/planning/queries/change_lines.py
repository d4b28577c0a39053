"""The data a change of a plan asks for, beside what is in force."""

from __future__ import annotations

from decimal import Decimal

from sigpret.apps.planning.models import PlanChange, PlanChangeLine, Product
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code

ANNUAL = "annual_output"


def in_force(product: Product, fiscal_year: int) -> dict[str, Decimal | None]:
    """What the plan says of a product: `annual_output` and each quarter; None: not programmed."""
    planned = dict(product.targets.values_list("period", "planned"))
    quarters = (period_code(fiscal_year, quarter) for quarter in QUARTER_NUMBERS)
    return {ANNUAL: product.annual_output} | {code: planned.get(code) for code in quarters}


def lines_of(change: PlanChange) -> tuple[PlanChangeLine, ...]:
    """The data asked, in the order of the plan."""
    place = "product__operational_objective__objective__number"
    rows = change.lines.select_related(
        "product__operational_objective__objective", "product__unit_of_measure"
    )
    return tuple(rows.order_by(place, "product__number", "-field"))


def proposed_by(change: PlanChange) -> dict[int, dict[str, Decimal | None]]:
    """The quarters a change asks for, by product."""
    found: dict[int, dict[str, Decimal | None]] = {}
    for line in lines_of(change):
        quarters = found.setdefault(line.product_id, {})
        if line.field != ANNUAL:
            quarters[line.field] = line.new
    return found
