"""One objective or one result of a strategic plan, as its form begins."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.apps.planning.actions.strategic_rows import StrategicResultFacts, facts_of
from sigpret.apps.planning.models import StrategicObjective, StrategicResult


@dataclass(frozen=True, slots=True)
class WrittenObjective:
    id: int
    number: int
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class WrittenResult:
    """A result under its objective, with what is stored of it."""

    id: int
    place: str
    objective_id: int
    version: int
    facts: StrategicResultFacts


def written_objective(plan_id: int, objective_id: int) -> WrittenObjective | None:
    """None for an objective of another plan, or that is no longer there."""
    row = StrategicObjective.objects.filter(plan=plan_id, pk=objective_id).first()
    return WrittenObjective(row.pk, row.number, row.text, row.version) if row else None


def written_result(plan_id: int, result_id: int) -> WrittenResult | None:
    """None for a result of another plan, or that is no longer there."""
    rows = StrategicResult.objects.select_related("objective").prefetch_related("targets")
    row = rows.filter(objective__plan=plan_id, pk=result_id).first()
    if row is None:
        return None
    place = f"{row.objective.number}.{row.number}"
    return WrittenResult(row.pk, place, row.objective_id, row.version, facts_of(row))
