"""What the forms of a plan offer to choose from, as (value, words) pairs."""

from __future__ import annotations

from typing import Any

from sigpret.apps.planning.models import Accumulation, ProductKind
from sigpret.apps.planning.queries.outline import PlanOutline
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure

Pairs = list[tuple[Any, Any]]
ACCUMULATIONS: Pairs = [*Accumulation.choices]
KINDS: Pairs = [*ProductKind.choices]


def units() -> Pairs:
    """Units of measure by name; one statement."""
    rows = UnitOfMeasure.objects.order_by("name").values_list("pk", "name", "code")
    return [(pk, f"{name.capitalize()} ({code})") for pk, name, code in rows]


def periodicities() -> Pairs:
    """The most frequent first; one statement."""
    return [*Periodicity.objects.order_by("-per_year").values_list("pk", "name")]


def populations() -> Pairs:
    """Target populations by name; one statement."""
    rows = TargetPopulation.objects.order_by("name").values_list("pk", "name")
    return [(pk, name.capitalize()) for pk, name in rows]


def groups_of(outline: PlanOutline) -> Pairs:
    """The operational objectives of a plan in its order, as people name them."""
    return [
        (group.id, f"{objective.number}.{group.number} {group.text}")
        for objective in outline.objectives
        for group in objective.groups
    ]
