"""The goals that some products serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sigpret.apps.results.models import Goal


@dataclass(frozen=True, slots=True)
class AffectedGoal:
    """A goal with those of the products asked for that serve it."""

    id: int
    code: str
    text: str
    products: frozenset[int]


def affected_goals(product_ids: Collection[int]) -> tuple[AffectedGoal, ...]:
    """Every goal that looks at any of them, by code; one statement."""
    served = Goal.products.through.objects.filter(product__in=product_ids).order_by("goal__code")
    found: dict[tuple[int, str, str], set[int]] = {}
    for pk, code, text, product in served.values_list(
        "goal_id", "goal__code", "goal__text", "product_id"
    ):
        found.setdefault((pk, code, text), set()).add(product)
    return tuple(AffectedGoal(*goal, frozenset(ids)) for goal, ids in found.items())
