"""Correcting a draft: each value replaces the one the person was looking at, or is a conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.imports.drafts import (
    Cell,
    Correction,
    Draft,
    draft_of,
    quarters_token,
)
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.permissions import check_can_open_import
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.programming import ProductKey, Quarters


class ClosedImportError(Exception):
    """The import was confirmed or discarded meanwhile."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("La importación ya no está en revisión: fue %(state)s.")
            % {"state": PlanImport.State(state).label}
        )


@dataclass(frozen=True)
class CellChange:
    """`seen` is the token of the value the person had before writing `cell`."""

    key: ProductKey
    seen: str
    cell: Cell


@dataclass(frozen=True)
class CellConflict:
    """Somebody else wrote `theirs` since the person looked."""

    key: ProductKey
    theirs: Cell
    by: str
    at: datetime | None


@dataclass(frozen=True)
class QuartersChange:
    """`seen` is the token of the accepted quarters, empty when none had been accepted."""

    key: ProductKey
    seen: str
    quarters: Quarters


@dataclass(frozen=True)
class QuartersConflict:
    key: ProductKey
    theirs: Quarters


@transaction.atomic
def save_cells(
    *, actor: User, access: Access, import_id: int, changes: Sequence[CellChange], at: datetime
) -> tuple[CellConflict, ...]:
    """Write the annual outputs nobody else changed; answers the ones somebody did.

    A changed year drops the quarters accepted for it. Raises ClosedImportError.
    """
    row = locked_draft(access, import_id)
    draft = draft_of(row.document, row.corrections, row.distribution)
    cells = draft.cells
    conflicts, written = [], {}
    for change in changes:
        current = cells.get(change.key)
        if current is None or current.token == change.cell.token:
            continue
        if current.token != change.seen:
            conflicts.append(_conflict(draft, change.key, current))
            continue
        correction = Correction(change.cell, by=actor.full_name, at=at.isoformat())
        row.corrections[change.key.code] = correction.to_json()
        row.distribution.pop(change.key.code, None)
        written[change.key.code] = f"{current.token} → {change.cell.token}"
    if written:
        _save(row, actor, "imports.cells_corrected", written, at)
    return tuple(conflicts)


@transaction.atomic
def save_quarters(
    *, actor: User, access: Access, import_id: int, changes: Sequence[QuartersChange], at: datetime
) -> tuple[QuartersConflict, ...]:
    """Write the quarters nobody else changed, whether or not they add up yet.

    Raises ClosedImportError.
    """
    row = locked_draft(access, import_id)
    draft = draft_of(row.document, row.corrections, row.distribution)
    scheduled = draft.distribution
    conflicts, written = [], {}
    for change in changes:
        if change.key not in scheduled:
            continue
        accepted = draft.quarters.get(change.key)
        current = "" if accepted is None else quarters_token(accepted)
        wanted = quarters_token(change.quarters)
        if current == wanted:
            continue
        if accepted is not None and current != change.seen:
            conflicts.append(QuartersConflict(change.key, accepted))
            continue
        row.distribution[change.key.code] = wanted
        written[change.key.code] = wanted
    if written:
        _save(row, actor, "imports.quarters_distributed", written, at)
    return tuple(conflicts)


@transaction.atomic
def discard_import(*, actor: User, access: Access, import_id: int, at: datetime) -> None:
    """Put the draft away; the file may be uploaded again. Raises ClosedImportError."""
    row = locked_draft(access, import_id)
    row.state = PlanImport.State.DISCARDED
    _save(row, actor, "imports.discarded", {}, at)


def locked_draft(access: Access, import_id: int) -> PlanImport:
    """The import in review, locked until commit. Raises PlanImport.DoesNotExist."""
    row = PlanImport.objects.select_for_update().get(pk=import_id)
    check_can_open_import(access, row.institution_id, row.uploaded_by_id)
    if row.state != PlanImport.State.REVIEW:
        raise ClosedImportError(row.state)
    return row


def _save(row: PlanImport, actor: User, action: str, changes: dict[str, Any], at: datetime) -> None:
    row.version += 1
    row.updated_at = at
    row.save()
    record(
        actor=actor,
        action=action,
        subject_type="plan_import",
        subject_id=row.pk,
        payload={"version": row.version, "changes": changes},
    )


def _conflict(draft: Draft, key: ProductKey, current: Cell) -> CellConflict:
    correction = draft.corrections.get(key)
    by = correction.by if correction else ""
    at = datetime.fromisoformat(correction.at) if correction else None
    return CellConflict(key, current, by, at)
