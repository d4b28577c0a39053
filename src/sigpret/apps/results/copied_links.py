"""The goals that the rows of a copied plan go on serving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.planning.copies import CopiedRows
from sigpret.apps.results.models import Goal

LINKS_COPIED = "results.links_copied"


def links_of_copy(actor: User, rows: CopiedRows, at: datetime) -> int:
    """Link the products and objectives of a copy to the goals their originals serve; how many.

    Linking twice changes nothing. One event in the chain, on the plan.
    """
    products = _linked(Goal.products.through, "product_id", rows.products)
    objectives = _linked(Goal.objectives.through, "objective_id", rows.objectives)
    if products or objectives:
        record(
            actor=actor,
            action=LINKS_COPIED,
            subject_type="annual_plan",
            subject_id=rows.plan_id,
            payload={"products": products, "objectives": objectives, "at": at},
        )
    return products + objectives


def _linked(through: Any, column: str, ids: Mapping[int, int]) -> int:
    """The rows of a relation again for the copies; two statements."""
    held = through.objects.filter(**{f"{column}__in": list(ids)})
    links = [
        through(**{"goal_id": goal_id, column: ids[old]})
        for goal_id, old in held.values_list("goal_id", column)
    ]
    through.objects.bulk_create(links, ignore_conflicts=True)
    return len(links)
