"""The goals a product of a plan could serve, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Goal


@dataclass(frozen=True, slots=True)
class PlacedProduct:
    """A product and where it is planned; `label` is how people name it, `2.6`."""

    id: int
    label: str
    name: str
    institution_id: int
    institution_code: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class OfferedGoal:
    """A goal of the institution. `neighbours`: products of the same objective that serve it."""

    id: int
    code: str
    text: str
    neighbours: int


def placed_product(product_id: int) -> PlacedProduct | None:
    """A product with its plan; None when there is none. One statement."""
    plan = "operational_objective__objective__plan"
    row = Product.objects.filter(pk=product_id).values_list(
        "pk", "operational_objective__objective__number", "number", "name",
        f"{plan}__institution_id", f"{plan}__institution__code", f"{plan}__fiscal_year",
    ).first()  # fmt: skip
    if row is None:
        return None
    pk, objective, number, name, institution_id, code, year = row
    return PlacedProduct(pk, f"{objective}.{number}", name, institution_id, code, year)


def offered_goals(product: PlacedProduct) -> tuple[OfferedGoal, ...]:
    """The goals of its institution it does not serve yet; those its neighbours serve come first.

    One statement.
    """
    beside = Product.objects.filter(
        operational_objective__objective__operational_objectives__products=product.id
    )
    goals = (
        Goal.objects.filter(level=Goal.Level.INSTITUTIONAL, institution_id=product.institution_id)
        .exclude(products=product.id)
        .annotate(near=Count("products", filter=Q(products__in=beside), distinct=True))
        .order_by("-near", "code")
    )
    return tuple(
        OfferedGoal(pk, code, text, near)
        for pk, code, text, near in goals.values_list("pk", "code", "text", "near")
    )
