"""One row of the outline of a plan, as its form shows it."""

from __future__ import annotations

from typing import Any

from sigpret.apps.planning.models import Objective, OperationalObjective, Result


def row_facts(plan_id: int, kind: str, row_id: int) -> dict[str, Any] | None:
    """What a row says, by datum; None when it is not in the plan. One statement.

    `kind` is `objective`, `result` or `operational`.
    """
    if kind == "objective":
        rows = Objective.objects.filter(plan_id=plan_id, pk=row_id)
        return _first(rows.values("text", "program_ref"))
    if kind == "result":
        results = Result.objects.filter(objective__plan_id=plan_id, pk=row_id)
        return _first(results.values("text", "assumption", "target_population_id"))
    groups = OperationalObjective.objects.filter(objective__plan_id=plan_id, pk=row_id)
    return _first(groups.values("text"))


def _first(rows: Any) -> dict[str, Any] | None:
    found = rows.first()
    return None if found is None else dict(found)
