"""Saving what was typed in the plan, row by row or the whole table."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest

from sigpret.apps.planning.actions.cells import CellConflict, SavedCells, save_cells
from sigpret.apps.planning.actions.writing import ClosedQuarterError, MissingRowError
from sigpret.apps.planning.cells_form import TypedRows, typed_rows
from sigpret.apps.planning.plan_closed import shut_fields
from sigpret.apps.planning.plan_page import Attempt, typed
from sigpret.apps.planning.views.place import Place


@dataclass(frozen=True)
class Outcome:
    """What a save did, and what it could not keep, by product."""

    saved: SavedCells
    rows: TypedRows
    attempts: dict[int, Attempt] = field(default_factory=dict)
    problem: str = ""

    @property
    def status(self) -> int:
        if self.saved.conflicts or self.problem:
            return 409
        return 422 if self.attempts else 200


def save_rows(request: HttpRequest, place: Place) -> Outcome:
    """Write the rows of the request. Raises PermissionDenied and PlanNotWritableError."""
    rows = typed_rows(request.POST.dict(), shut_fields(place.year, place.closed))
    try:
        saved = save_cells(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            edits=rows.edits,
            batch=str(uuid4()),
            at=request.now,
        )
    except (ClosedQuarterError, MissingRowError) as refused:
        return Outcome(SavedCells(), rows, problem=str(refused))
    return Outcome(saved, rows, attempts_of(rows, saved))


def attempts_of(rows: TypedRows, saved: SavedCells) -> dict[int, Attempt]:
    """What stays as it was typed, beside why."""
    disputed: dict[int, list[CellConflict]] = {}
    for conflict in saved.conflicts:
        disputed.setdefault(conflict.product_id, []).append(conflict)
    return {
        product_id: Attempt(
            rows.typed.get(product_id, {})
            | {one.field: typed(one.mine) for one in disputed.get(product_id, ())},
            rows.problems.get(product_id, {}),
            tuple(disputed.get(product_id, ())),
        )
        for product_id in {*rows.problems, *disputed}
    }
