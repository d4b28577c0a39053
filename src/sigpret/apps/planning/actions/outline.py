"""What a plan pursues: its mission, vision, objectives, results and operational objectives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    plan_to_write,
    record_row,
)
from sigpret.apps.planning.models import AnnualPlan, Objective, OperationalObjective, Result

STATEMENT_CHANGED = "planning.statement_changed"
ROW_ADDED = "planning.row_added"
ROW_CHANGED = "planning.row_changed"
ROW_REMOVED = "planning.row_removed"

OBJECTIVE, RESULT, OPERATIONAL = "objective", "result", "operational"
Row = Objective | Result | OperationalObjective
MODELS: dict[str, type[Row]] = {
    OBJECTIVE: Objective,
    RESULT: Result,
    OPERATIONAL: OperationalObjective,
}
LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class RowText:
    """What a person writes of a row; what its kind does not have stays empty.

    `program_ref` is of an objective; `assumption` and `target_population_id` of a result.
    """

    text: str
    program_ref: str = ""
    assumption: str = ""
    target_population_id: int | None = None

    def of(self, kind: str) -> dict[str, Any]:
        """The data a row of that kind has."""
        names = {
            OBJECTIVE: ("text", "program_ref"),
            RESULT: ("text", "assumption", "target_population_id"),
            OPERATIONAL: ("text",),
        }[kind]
        return {name: getattr(self, name) for name in names}


class StaleRowError(Exception):
    """Somebody wrote the row meanwhile; `theirs` is what it says now."""

    def __init__(self, theirs: RowText) -> None:
        super().__init__(
            _(
                "Otra persona cambió este texto mientras usted escribía. Abajo están los dos: "
                "elija cuál queda."
            )
        )
        self.theirs = theirs


class RowHasProductsError(Exception):
    """Products still hang from the row."""

    def __init__(self) -> None:
        super().__init__(
            _("Aún tiene productos. Muévalos a otro objetivo o quítelos, y después bórrelo.")
        )


@transaction.atomic
def change_statement(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    mission: str,
    vision: str,
    seen: str,
    at: datetime,
) -> AnnualPlan:
    """Write the mission and the vision of the plan.

    `seen` is `seen_statement` of what the person read; when somebody wrote these texts since,
    they are shown. Raises StaleRowError (`text` and `assumption` are the mission and the vision
    in force), PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    before = (plan.mission, plan.vision)
    after = (mission.strip(), vision.strip())
    if before == after:
        return plan
    if seen_statement(*before) != seen:
        raise StaleRowError(RowText(text=plan.mission, assumption=plan.vision))
    plan.mission, plan.vision = after
    plan.save(update_fields=["mission", "vision"])
    changed = {"mission": [before[0], after[0]], "vision": [before[1], after[1]]}
    record_row(actor, plan, STATEMENT_CHANGED, {"changed": changed}, at)
    return plan


@transaction.atomic
def add_row(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    kind: str,
    objective_id: int | None = None,
    text: RowText,
    at: datetime,
) -> Row:
    """Add an objective, or a result or an operational objective to one of the plan's objectives.

    The same text twice is the same request: it answers with the row that is there. Raises
    InvalidRowError, MissingRowError, PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    data = checked_row(text).of(kind)
    under = {"plan": plan} if kind == OBJECTIVE else {"objective": objective_in(plan, objective_id)}
    rows = cast("Any", MODELS[kind])._default_manager.filter(**under)
    known = rows.filter(text=data["text"]).first()
    if known is not None:
        return cast("Row", known)
    number = int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row: Row = rows.model._default_manager.create(number=number, **under, **data)
    record_row(actor, plan, ROW_ADDED, facts_of(kind, row), at)
    return row


@transaction.atomic
def change_row(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    kind: str,
    row_id: int,
    text: RowText,
    seen: str,
    at: datetime,
) -> Row:
    """Write a row. `seen` is `seen_of` what the person read of it.

    Raises StaleRowError when it says something else by now, InvalidRowError, MissingRowError,
    PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    row = row_in(plan, kind, row_id)
    before, after = text_of(row), checked_row(text)
    if before.of(kind) == after.of(kind):
        return row
    if seen_of(kind, before) != seen:
        raise StaleRowError(before)
    for name, value in after.of(kind).items():
        setattr(row, name, value)
    row.save()
    changed = {
        name: [old, after.of(kind)[name]]
        for name, old in before.of(kind).items()
        if old != after.of(kind)[name]
    }
    record_row(actor, plan, ROW_CHANGED, {"changed": changed} | facts_of(kind, row), at)
    return row


@transaction.atomic
def remove_row(
    *, actor: User, access: Access, plan_id: int, kind: str, row_id: int, at: datetime
) -> None:
    """Take a row out of the plan; one that is not there is already out.

    Raises RowHasProductsError, PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    try:
        row = row_in(plan, kind, row_id)
    except MissingRowError:
        return
    if has_products(row):
        raise RowHasProductsError
    gone = facts_of(kind, row)
    row.delete()
    record_row(actor, plan, ROW_REMOVED, gone, at)


def has_products(row: Row) -> bool:
    if isinstance(row, Objective):
        return row.operational_objectives.filter(products__isnull=False).exists()
    return isinstance(row, OperationalObjective) and row.products.exists()


def checked_row(text: RowText) -> RowText:
    """The text without stray spaces. Raises InvalidRowError naming the datum."""
    if not text.text.strip():
        raise InvalidRowError(_("Escriba el texto."), "text")
    if len(text.program_ref.strip()) > LONGEST_REFERENCE:
        raise InvalidRowError(_("Escriba a lo sumo 40 letras."), "program_ref")
    return RowText(
        " ".join(text.text.split()),
        text.program_ref.strip(),
        text.assumption.strip(),
        text.target_population_id,
    )


def seen_of(kind: str, text: RowText) -> str:
    """A digest of every datum a row of that kind has, in hexadecimal: two rows say the same."""
    said = json.dumps(text.of(kind), sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def seen_statement(mission: str, vision: str) -> str:
    """A digest of the mission and the vision, in hexadecimal."""
    return sha256(json.dumps([mission, vision]).encode()).hexdigest()


def text_of(row: Row) -> RowText:
    return RowText(
        row.text,
        getattr(row, "program_ref", ""),
        getattr(row, "assumption", ""),
        getattr(row, "target_population_id", None),
    )


def objective_in(plan: AnnualPlan, objective_id: int | None) -> Objective:
    found = plan.objectives.filter(pk=objective_id or 0).first()
    if found is None:
        raise MissingRowError
    return found


def row_in(plan: AnnualPlan, kind: str, row_id: int) -> Row:
    """A row of a plan that is held. Raises MissingRowError."""
    under = {"plan": plan} if kind == OBJECTIVE else {"objective__plan": plan}
    found = cast("Any", MODELS[kind])._default_manager.filter(**under, pk=row_id).first()
    if found is None:
        raise MissingRowError
    return cast("Row", found)


def facts_of(kind: str, row: Row) -> dict[str, Any]:
    place = (
        str(row.number) if isinstance(row, Objective) else f"{row.objective.number}.{row.number}"
    )
    return {"kind": kind, "row": row.pk, "label": place, "text": row.text}
