"""What a workbook of the matrix says becomes the matrix, goal by goal and at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.imports.actions.lots import AppliedLot, locked_lot, save_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.permissions import check_can_open_lot
from sigpret.apps.imports.queries.lots import facts_of as lot_facts_of
from sigpret.apps.imports.queries.matrix_lot import matrix_lot
from sigpret.apps.imports.workbooks.matrix_in import MatrixLot, parents_of
from sigpret.apps.imports.workbooks.matrix_out import WEIGHTS
from sigpret.apps.imports.workbooks.preview import PreviewRow
from sigpret.apps.institutions.queries import Access
from sigpret.apps.reference.models import Periodicity
from sigpret.apps.results.actions import (
    ClosedTargetError,
    ConflictError,
    GoalFacts,
    InvalidGoalError,
    InvalidSheetError,
    SheetFacts,
    change_goal,
    change_link,
    create_goal,
    link_goals,
    save_indicator_sheet,
    save_targets,
)
from sigpret.apps.results.actions.goals import facts_of, indicator_of
from sigpret.apps.results.actions.sheets import sheet_facts
from sigpret.apps.results.models import Alignment, Goal
from sigpret.methodology.chain import LinkError

GOAL_CELLS = ("text", "is_prioritised", "chain_position", "assumption")
SHEET_CELLS = (
    "definition", "formula", "unit", "sense", "accumulation", "across_years", "source",
    "means_of_verification", "baseline", "baseline_year", "responsible_unit",
)  # fmt: skip
REFUSALS = (
    PermissionDenied,
    ClosedTargetError,
    InvalidGoalError,
    InvalidSheetError,
    LinkError,
    ConflictError,
)
Values = Mapping[str, Any]


class Writer(NamedTuple):
    """Who writes."""

    actor: User
    access: Access


@transaction.atomic
def apply_matrix_lot(*, actor: User, access: Access, lot_id: int, at: datetime) -> AppliedLot:
    """Write every row that can be written, all in one transaction; the rest stays in review.

    A row is one goal: its text, sheet, targets and weights, or all of a new one, together or not
    at all; what the matrix refuses is kept with its sentence. Applying again writes nothing.
    Raises ClosedLotError and PermissionDenied.
    """
    done = WorkbookLot.objects.get(pk=lot_id)
    check_can_open_lot(access, done.institution_id, done.uploaded_by_id)
    if done.state == WorkbookLot.State.APPLIED:
        return AppliedLot(0, 0)
    lot = locked_lot(access, lot_id, at)
    seen = matrix_lot(lot_facts_of(lot), access)
    writer = Writer(actor, access)
    written, refused = 0, {}
    for row in seen.preview().changes:
        if sentence := _refusal(writer, seen, row):
            version = _version(row)
            refused[row.identifier] = {
                "choice": "refused",
                "version": version,
                "sentence": sentence,
            }
        else:
            written += 1
            _forget_new(lot, row)
    lot.decisions = {**lot.decisions, **refused}
    pending = len(matrix_lot(lot_facts_of(lot), access).preview().pending)
    if not pending:
        lot.state = WorkbookLot.State.APPLIED
    lot.applied_rows += written
    payload = {"applied": written, "pending": pending}
    save_lot(lot, actor, "imports.workbook_applied", payload, at)
    return AppliedLot(written, pending)


def _version(row: PreviewRow) -> int:
    stored = row.change.row
    return 0 if stored is None else stored.version + stored.indicator_version


def _forget_new(lot: WorkbookLot, row: PreviewRow) -> None:
    """A proposed goal that exists now is no longer a row without identifier."""
    if row.change.row is None:
        lot.content["rows"] = [
            line for line in lot.content["rows"] if line[0] != row.number or line[1]
        ]


def _refusal(writer: Writer, seen: MatrixLot, row: PreviewRow) -> str:
    """Why the row was not written; empty when it was."""
    try:
        with transaction.atomic():
            if row.change.row is None:
                _create(writer, seen, row.change.values)
            else:
                _change(writer, row.change.row.code, row.change.values)
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def _change(writer: Writer, code: str, values: Values) -> None:
    """The parts of a goal that differ, each against the version that is stored now."""
    goal = Goal.objects.get(code=code)
    said = {name: values[name] for name in GOAL_CELLS if name in values}
    if said:
        change_goal(
            **writer._asdict(),
            goal_id=goal.pk,
            facts=replace(facts_of(goal), **said),
            expected_version=goal.version,
        )
    indicator = indicator_of(goal)
    sheet = _sheet(values)
    if sheet and indicator is not None:
        indicator = save_indicator_sheet(
            **writer._asdict(),
            goal_id=goal.pk,
            facts=replace(sheet_facts(indicator), **sheet),
            expected_version=indicator.version,
        )
    if (targets := _targets(values)) and indicator is not None:
        save_targets(
            **writer._asdict(),
            goal_id=goal.pk,
            targets=targets,
            expected_version=indicator.version,
        )
    if WEIGHTS in values:
        _weigh(writer, goal, values[WEIGHTS])


def _sheet(values: Values) -> dict[str, Any]:
    sheet = {name: values[name] for name in SHEET_CELLS if name in values}
    if "indicator" in values:
        sheet["name"] = values["indicator"]
    if "periodicity" in values:
        sheet["periodicity_id"] = Periodicity.objects.get(name=values["periodicity"]).pk
    return sheet


def _targets(values: Values) -> dict[str, Decimal]:
    """Period -> planned, of the columns of periods."""
    return {key.partition(":")[2]: number for key, number in values.items() if ":" in key}


def _weigh(writer: Writer, goal: Goal, weights: tuple[Decimal, ...]) -> None:
    """A weight per link, in the order the workbook names the goals above."""
    links = Alignment.objects.filter(child=goal).order_by("parent__code")
    for link, weight in zip(links, weights, strict=True):
        change_link(
            **writer._asdict(),
            child_id=goal.pk,
            parent_id=link.parent_id,
            weight=weight,
            rule=link.rollup_rule,
            rationale=link.rationale,
            expected_version=link.version,
        )


def _create(writer: Writer, seen: MatrixLot, values: Values) -> None:
    """A new institutional goal with its sheet, its targets and what it serves."""
    institution_id = seen.institution_of(str(values.get("institution", "")))
    parents = [Goal.objects.get(code=code) for code in parents_of(values)]
    goal = create_goal(
        **writer._asdict(),
        code=str(values["code"]),
        level=Goal.Level.INSTITUTIONAL,
        sector_id=parents[0].sector_id,
        institution_id=institution_id,
        facts=GoalFacts(
            text=values["text"],
            chain_position=values.get("chain_position", Goal.ChainPosition.RESULT),
            is_prioritised=bool(values.get("is_prioritised")),
            assumption=values.get("assumption", ""),
        ),
    )
    if values.get("indicator"):
        indicator = save_indicator_sheet(
            **writer._asdict(),
            goal_id=goal.pk,
            facts=SheetFacts(responsible_id=institution_id or 0, **_sheet(values)),
            expected_version=0,
        )
        if targets := _targets(values):
            save_targets(
                **writer._asdict(),
                goal_id=goal.pk,
                targets=targets,
                expected_version=indicator.version,
            )
    weights = values.get(WEIGHTS) or (None,) * len(parents)
    for parent, weight in zip(parents, weights, strict=True):
        link_goals(**writer._asdict(), child_id=goal.pk, parent_id=parent.pk, weight=weight)
