"""The products of the plan that a goal relies on, with their quarter as it was reported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, FilteredRelation, Q

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.planning.models import Product
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class LinkedProduct:
    """A product and its quarter. `planned` None: not due; `state` empty: nothing written, or
    nothing validated yet for a reader who is not `is_inside`."""

    code: str
    name: str
    unit: str
    planned: Decimal | None
    executed: Decimal | None
    state: str
    is_inside: bool


def linked_products(goal_id: int, period: Period, access: Access) -> tuple[LinkedProduct, ...]:
    """The products linked to a goal, in the order of their plan; one query.

    What an institution has not had validated stays with those who read that institution.
    """
    return read_products(Q(goals=goal_id), period, access.reads_institution)


def due_products(institution_id: int, period: Period) -> tuple[LinkedProduct, ...]:
    """The products of an institution that fall due in a quarter, for its readers; one query."""
    plan = "operational_objective__objective__plan"
    owned = Q(**{f"{plan}__institution_id": institution_id})
    rows = read_products(owned, period, lambda _institution: True)
    return tuple(row for row in rows if row.planned is not None)


def read_products(
    which: Q, period: Period, is_inside: Callable[[int], bool]
) -> tuple[LinkedProduct, ...]:
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
            owner=F(f"{objective}__plan__institution_id"),
            year=F(f"{objective}__plan__fiscal_year"),
            objective=F(f"{objective}__number"),
            unit=F("unit_of_measure__name"),
            planned=F("due__planned"),
            executed=F("told__value"),
            state=F("told__state"),
        )
    )
    return tuple(linked_product(row, is_inside(row["owner"])) for row in rows)


def linked_product(row: Mapping[str, Any], is_inside: bool) -> LinkedProduct:
    is_readable = is_inside or row["state"] == ReportState.VALIDATED
    return LinkedProduct(
        code=f"{row['institution']}.{row['year']}.{row['objective']}.{row['number']}",
        name=row["name"],
        unit=row["unit"],
        planned=row["planned"],
        executed=row["executed"] if is_readable else None,
        state=(row["state"] or "") if is_readable else "",
        is_inside=is_inside,
    )
