"""The products of the plan that a goal relies on, with their quarter as it was reported."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q

from sigpret.apps.planning.models import Product
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class LinkedProduct:
    """A product and its quarter. `planned` None: not due; `state` empty: nothing written."""

    code: str
    name: str
    unit: str
    planned: Decimal | None
    executed: Decimal | None
    state: str


def linked_products(goal_id: int, period: Period) -> tuple[LinkedProduct, ...]:
    """The products linked to a goal, in the order of their plan; one query."""
    return read_products(Q(goals=goal_id), period)


def due_products(institution_id: int, period: Period) -> tuple[LinkedProduct, ...]:
    """The products of an institution that fall due in a quarter; one query."""
    plan = "operational_objective__objective__plan"
    owned = Q(**{f"{plan}__institution_id": institution_id})
    return tuple(row for row in read_products(owned, period) if row.planned is not None)


def read_products(which: Q, period: Period) -> tuple[LinkedProduct, ...]:
    objective = "operational_objective__objective"
    rows = (
        Product.objects.filter(which, **{f"{objective}__plan__fiscal_year": period.year})
        .annotate(
            due=FilteredRelation("targets", condition=Q(targets__period=period.code)),
            told=FilteredRelation(
                "reported_values", condition=Q(reported_values__period=period.code)
            ),
        )
        .order_by(f"{objective}__plan__institution__code", f"{objective}__number", "number")
        .values(
            "name",
            "number",
            institution=F(f"{objective}__plan__institution__code"),
            year=F(f"{objective}__plan__fiscal_year"),
            objective=F(f"{objective}__number"),
            unit=F("unit_of_measure__name"),
            planned=F("due__planned"),
            executed=F("told__value"),
            state=F("told__state"),
        )
    )
    return tuple(
        LinkedProduct(
            code=f"{row['institution']}.{row['year']}.{row['objective']}.{row['number']}",
            name=row["name"],
            unit=row["unit"],
            planned=row["planned"],
            executed=row["executed"],
            state=row["state"] or "",
        )
        for row in rows
    )
