"""What a report workbook says becomes the report, row by row and at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.imports.actions.lots import AppliedLot, locked_lot, save_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.permissions import check_can_open_lot
from sigpret.apps.imports.queries.lots import facts_of
from sigpret.apps.imports.queries.report_lot import report_lot
from sigpret.apps.imports.workbooks.preview import PreviewRow
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import (
    ConflictError,
    InvalidValueError,
    LockedValueError,
    UnknownSubjectError,
    save_value,
)
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import SubjectKind
from sigpret.methodology.periods import Period

REFUSALS = (InvalidValueError, LockedValueError, UnknownSubjectError)


@transaction.atomic
def apply_report_lot(*, actor: User, access: Access, lot_id: int, at: datetime) -> AppliedLot:
    """Write every row that can be written, all in one transaction; the rest stays in review.

    Each row is written as `save_value` would from the screen, against the version that is stored
    now: what somebody changed since the download is a conflict and waits. With nothing left the
    lot is applied; applying it again writes nothing. Raises ClosedLotError, RoundNotOpenError,
    PermissionDenied.
    """
    done = _already_applied(access, lot_id)
    if done is not None:
        return AppliedLot(0, 0)
    lot = locked_lot(access, lot_id, at)
    institution, period = _place(lot)
    check_can_write_report(access, institution.pk)
    changes = report_lot(facts_of(lot)).preview().changes
    written = 0
    for row in changes:
        try:
            written += _write(
                row, actor=actor, access=access, institution=institution, period=period, at=at
            )
        except REFUSALS as refusal:
            _keep_refusal(lot, row, str(refusal))
        except ConflictError:
            continue
    pending = len(report_lot(facts_of(lot)).preview().pending)
    if not pending:
        lot.state = WorkbookLot.State.APPLIED
    lot.applied_rows += written
    save_lot(lot, actor, "imports.workbook_applied", {"applied": written, "pending": pending}, at)
    return AppliedLot(written, pending)


def _already_applied(access: Access, lot_id: int) -> WorkbookLot | None:
    row = WorkbookLot.objects.get(pk=lot_id)
    check_can_open_lot(access, row.institution_id, row.uploaded_by_id)
    return row if row.state == WorkbookLot.State.APPLIED else None


def _place(lot: WorkbookLot) -> tuple[Institution, Period]:
    if lot.institution is None:
        raise ValueError("a report lot has its institution")
    return lot.institution, Period.parse(lot.period)


def _write(
    row: PreviewRow,
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    at: datetime,
) -> int:
    """One row; 1 when it was written. Raises what `save_value` does."""
    change = row.change
    stored = change.row
    is_product = stored.kind is SubjectKind.PRODUCT
    saved = save_value(
        actor=actor,
        access=access,
        institution=institution,
        period=period,
        product_id=stored.subject_id if is_product else None,
        indicator_id=None if is_product else stored.subject_id,
        value=change.value,
        cause_category=change.cause_category,
        cause=change.cause,
        variables=change.variables or None,
        parts=change.parts or None,
        expected_version=stored.cell.version,
        at=at,
    )
    return int(saved.is_changed)


def _keep_refusal(lot: WorkbookLot, row: PreviewRow, sentence: str) -> None:
    """Why a row could not be written stays with it, until the row is another."""
    version = row.change.row.cell.version
    decision = {"choice": "refused", "version": version, "sentence": sentence}
    lot.decisions = {**lot.decisions, row.identifier: decision}
