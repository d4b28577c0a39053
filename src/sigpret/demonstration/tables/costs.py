"""What products take, where they are delivered and what is foreseen of later years."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from random import Random

from sigpret.apps.planning.models import (
    Activity,
    Input,
    Product,
    ProductTerritory,
    ProductYear,
)
from sigpret.apps.reference.models import DisaggregationCategory, ExpenseObject, FundingSource
from sigpret.apps.results.actions.copying import copy_rows, new_ids
from sigpret.demonstration.budgets import CostRow

YEARS, LATER = (2026, 2027), 3
GROWTH = Decimal("1.04")
TERRITORIES, SPLIT_SHARE, PARTS = "territorio", 0.2, 3
COORDINATION = "Coordinación y seguimiento"
DELIVERY = "Preparación y entrega"
UNITS = ("Dirección de Servicios", "Unidad de Planificación", "Coordinación Regional")


def store_costs(costs: Mapping[int, CostRow]) -> None:
    """Two activities per product: one by its inputs, one apportioned."""
    objects = dict(ExpenseObject.objects.values_list("code", "id"))
    treasury = FundingSource.objects.get(code="11").pk
    ids = new_ids(Activity, 2 * len(costs))
    delivered = dict(zip(costs, ids[::2], strict=True))
    fields = (
        "id", "product", "number", "name", "responsible", "first_quarter", "last_quarter",
        "stated_cost", "version",
    )  # fmt: skip
    copy_rows(
        Activity,
        fields,
        (
            row
            for pk, other in zip(costs, ids[1::2], strict=True)
            for row in (
                (delivered[pk], pk, 1, DELIVERY, "", 1, 4, None, 1),
                (other, pk, 2, COORDINATION, "", 1, 4, costs[pk].stated, 1),
            )
        ),
    )
    copy_rows(
        Input,
        ("activity", "number", "name", "expense_object", "funding_source", "quantity",
         "is_per_unit", "unit_price"),
        (
            (
                delivered[pk], number, one.name, objects[one.expense_object], treasury,
                one.quantity, one.is_per_unit, one.unit_price,
            )
            for pk, cost in costs.items()
            for number, one in enumerate(cost.inputs, 1)
        ),
    )  # fmt: skip


def store_foresight(seed: int) -> None:
    """Three years after each plan's own, and departments where somebody named them."""
    plan = "operational_objective__objective__plan"
    rows = list(
        Product.objects.filter(**{f"{plan}__fiscal_year__in": YEARS}, annual_output__gt=0)
        .order_by(f"{plan}__fiscal_year", f"{plan}__institution__code", "pk")
        .values_list("pk", f"{plan}__fiscal_year", "annual_output")
    )
    rng = Random(f"{seed}/foresight")
    copy_rows(
        ProductYear,
        ("product", "fiscal_year", "planned"),
        (
            (pk, year + ahead, (annual * GROWTH**ahead).to_integral_value())
            for pk, year, annual in rows
            for ahead in range(1, LATER + 1)
        ),
    )
    places = list(
        DisaggregationCategory.objects.filter(disaggregation__code=TERRITORIES).values_list(
            "pk", flat=True
        )
    )
    split = [(pk, annual) for pk, _year, annual in rows if rng.random() < SPLIT_SHARE]
    copy_rows(
        ProductTerritory,
        ("product", "territory", "planned"),
        [
            (pk, place, part)
            for pk, annual in split
            for place, part in zip(rng.sample(places, PARTS), parts_of(annual), strict=True)
        ],
    )
    for number, name in enumerate(UNITS, 1):
        Product.objects.filter(
            responsible_unit="",
            operational_objective__objective__number=number,
            **{f"{plan}__fiscal_year__in": YEARS},
        ).update(responsible_unit=name)


def parts_of(annual: Decimal) -> tuple[Decimal, ...]:
    """A quantity in as many whole parts as places; what does not divide is the first's."""
    part = (annual / PARTS).to_integral_value(ROUND_FLOOR)
    return (annual - part * (PARTS - 1), *[part] * (PARTS - 1))
