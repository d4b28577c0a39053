"""Saving one row of the table: the goal and its sheet, together or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.goals import change_goal, facts_of, held_goal, indicator_of
from sigpret.apps.results.actions.sheets import save_indicator_sheet, sheet_facts

GOAL_CELLS = ("text", "is_prioritised", "assumption")
SHEET_CELLS = (
    "name", "definition", "unit", "source", "means_of_verification", "responsible_unit",
    "baseline", "baseline_year",
)  # fmt: skip


class RowVersions(NamedTuple):
    """The versions the person was looking at; `sheet` 0 when there was no indicator."""

    goal: int
    sheet: int


@transaction.atomic
def save_row(
    *,
    actor: User,
    access: Access,
    goal_id: int,
    cells: Mapping[str, Any],
    versions: RowVersions,
) -> None:
    """Write the cells given (names of `GOAL_CELLS` and `SHEET_CELLS`); the others stay.

    Each half that changes leaves its own event. Raises PermissionDenied, InvalidGoalError,
    InvalidSheetError, and ConflictError with what is stored of every cell.
    """
    goal = held_goal(goal_id)
    indicator = indicator_of(goal)
    said = {name: cells[name] for name in GOAL_CELLS if name in cells}
    sheet = {name: cells[name] for name in SHEET_CELLS if name in cells}
    try:
        change_goal(
            actor=actor,
            access=access,
            goal_id=goal_id,
            facts=replace(facts_of(goal), **said),
            expected_version=versions.goal,
        )
        if indicator is not None:
            save_indicator_sheet(
                actor=actor,
                access=access,
                goal_id=goal_id,
                facts=replace(sheet_facts(indicator), **sheet),
                expected_version=versions.sheet,
            )
    except ConflictError as conflict:
        stored = {name: getattr(goal, name) for name in said}
        if indicator is not None:
            stored |= {name: getattr(indicator, name) for name in sheet}
        raise ConflictError(conflict.version, stored) from conflict
