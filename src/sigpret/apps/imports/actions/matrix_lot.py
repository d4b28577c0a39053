"""What a workbook of the matrix says becomes the matrix, goal by goal and at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from sigpret.apps.results.actions.turns import hold_goals
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.queries import MatrixRow
from sigpret.methodology.chain import LinkError
from sigpret.web.sentences import said

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
)
#: How far from the institutions a level is.
DEPTH = {Goal.Level.SECTORAL: 1, Goal.Level.PRESIDENTIAL: 2}
Values = Mapping[str, Any]


class Writer(NamedTuple):
    """Who writes."""

    actor: User
    access: Access


@transaction.atomic
def apply_matrix_lot(*, actor: User, access: Access, lot_id: int, at: datetime) -> AppliedLot:
    """Write every row that can be written, all in one transaction; the rest stays in review.

    A row is one goal: its text, sheet, targets and weights, or all of a new one, together or not
    at all; what the matrix refuses is kept with its sentence. The goals are held before they are
    compared: what a colleague wrote until then is a conflict, what they write after waits. Applying
    again writes nothing. Raises ClosedLotError and PermissionDenied.
    """
    done = WorkbookLot.objects.get(pk=lot_id)
    check_can_open_lot(access, done.institution_id, done.uploaded_by_id)
    if done.state == WorkbookLot.State.APPLIED:
        return AppliedLot(0, 0)
    lot = locked_lot(access, lot_id, at)
    hold_goals([line[1] for line in lot.content["rows"]])
    seen = matrix_lot(lot_facts_of(lot), access)
    writer = Writer(actor, access)
    written, refused = 0, {}
    for row in followers_first(seen.preview().changes):
        try:
            _write(writer, seen, row)
        except ConflictError:
            continue  # Read again below: it says who wrote what.
        except REFUSALS as refusal:
            refused[row.identifier] = said(refusal)
            continue
        written += 1
        _forget_new(lot, row)
    pending = _keep_refused(lot, matrix_lot(lot_facts_of(lot), access), refused)
    if not pending:
        lot.state = WorkbookLot.State.APPLIED
    lot.applied_rows += written
    payload = {"applied": written, "pending": pending}
    save_lot(lot, actor, "imports.workbook_applied", payload, at)
    return AppliedLot(written, pending)


def followers_first(rows: Iterable[PreviewRow]) -> list[PreviewRow]:
    """Writing a text raises the version of those that follow it: they are written before."""
    return sorted(rows, key=lambda row: DEPTH.get(row.change.row.level, 0) if row.change.row else 0)


def _keep_refused(lot: WorkbookLot, now: MatrixLot, refused: Mapping[str, str]) -> int:
    """Keep why each row was not written, of the goal as it stands now; how many are left."""
    lot.decisions = {
        **lot.decisions,
        **{
            name: {
                "choice": "refused",
                "version": now.rows[name].written if name in now.rows else 0,
                "sentence": sentence,
            }
            for name, sentence in refused.items()
        },
    }
    preview = replace(now, decisions=lot.decisions).preview()
    return len(preview.pending) + len(preview.changes)


def _forget_new(lot: WorkbookLot, row: PreviewRow) -> None:
    """A proposed goal that exists now is no longer a row without identifier."""
    if row.change.row is None:
        lot.content["rows"] = [
            line for line in lot.content["rows"] if line[0] != row.number or line[1]
        ]


@transaction.atomic
def _write(writer: Writer, seen: MatrixLot, row: PreviewRow) -> None:
    """All of a row or nothing of it. Raises ConflictError and what the matrix refuses."""
    if row.change.row is None:
        _create(writer, seen, row.change.values)
    else:
        _change(writer, row.change.row, row.change.values)


def _change(writer: Writer, row: MatrixRow, values: Values) -> None:
    """The parts of a goal that differ, each against the version that was compared."""
    goal = Goal.objects.get(code=row.code)
    said = {name: values[name] for name in GOAL_CELLS if name in values}
    if said:
        change_goal(
            **writer._asdict(),
            goal_id=goal.pk,
            facts=replace(facts_of(goal), **said),
            expected_version=row.version,
        )
    indicator = indicator_of(goal)
    sheet, version = _sheet(values), row.indicator_version
    if sheet and indicator is not None:
        version = save_indicator_sheet(
            **writer._asdict(),
            goal_id=goal.pk,
            facts=replace(sheet_facts(indicator), **sheet),
            expected_version=version,
        ).version
    if (targets := _targets(values)) and indicator is not None:
        save_targets(
            **writer._asdict(),
            goal_id=goal.pk,
            targets=targets,
            expected_version=version,
        )
    if WEIGHTS in values:
        _weigh(writer, goal, row, values[WEIGHTS])


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


def _weigh(writer: Writer, goal: Goal, row: MatrixRow, weights: tuple[Decimal, ...]) -> None:
    """A weight per link, in the order the workbook names the goals above."""
    links = Alignment.objects.filter(child=goal).order_by("parent__code")
    for link, seen, weight in zip(links, row.serves, weights, strict=True):
        change_link(
            **writer._asdict(),
            child_id=goal.pk,
            parent_id=link.parent_id,
            weight=weight,
            rule=link.rollup_rule,
            rationale=link.rationale,
            expected_version=seen.version,
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
