"""The workbooks that came back, seen only by whom they concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import Http404

from sigpret.apps.imports import originals
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.permissions import check_can_open_lot
from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.methodology.periods import Period

SHOWN_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot as its screen needs it. `period` is None for the matrix."""

    pk: int
    kind: str
    institution: Institution | None
    period: Period | None
    state: str
    state_label: str
    filename: str
    sha256: str
    uploaded_by: str
    uploaded_at: datetime
    updated_at: datetime
    expires_at: datetime
    version: int
    applied_rows: int
    content: LotContent
    corrections: Mapping[str, Mapping[str, str]]
    decisions: Mapping[str, Mapping[str, Any]]

    def is_in_review(self, at: datetime) -> bool:
        """Can it still be corrected and applied?"""
        return self.state == WorkbookLot.State.REVIEW and at < self.expires_at

    def is_expired(self, at: datetime) -> bool:
        """Was it left in review for too long?"""
        return self.state == WorkbookLot.State.REVIEW and at >= self.expires_at

    @property
    def is_refused(self) -> bool:
        return self.state == WorkbookLot.State.REFUSED

    @property
    def is_report(self) -> bool:
        return self.kind == WorkbookLot.Kind.REPORT


def lot_facts(access: Access, lot_id: int) -> LotFacts:
    """One lot. Raises Http404, and PermissionDenied with the sentence."""
    return facts_of(lot_row(access, lot_id))


def lot_file(access: Access, lot_id: int) -> tuple[Path, str]:
    """Where the uploaded file stands and its name. Raises Http404 and PermissionDenied."""
    row = lot_row(access, lot_id)
    path = originals.path_of(str(row.file))
    if not path.is_file():
        raise Http404
    return path, row.filename


def recent_lots(
    access: Access, kind: str, *, institution_id: int | None = None, period: str = ""
) -> tuple[LotFacts, ...]:
    """The last workbooks uploaded to the same place, the newest first."""
    rows = WorkbookLot.objects.select_related("institution", "uploaded_by").filter(
        kind=kind, period=period
    )
    if institution_id is None:
        rows = rows.filter(uploaded_by_id=access.user_id)
    else:
        rows = rows.filter(institution_id=institution_id)
    return tuple(facts_of(row) for row in rows.order_by("-uploaded_at", "-pk")[:SHOWN_AT_MOST])


@dataclass(frozen=True, slots=True)
class WaitingLot:
    """A workbook somebody uploaded and has not applied yet."""

    pk: int
    kind: str
    period: str
    filename: str
    expires_at: datetime


def lots_to_finish(access: Access, at: datetime) -> tuple[WaitingLot, ...]:
    """What the person uploaded and left in review, the first to expire first; one statement."""
    rows = WorkbookLot.objects.filter(
        uploaded_by_id=access.user_id, state=WorkbookLot.State.REVIEW, expires_at__gt=at
    ).order_by("expires_at")
    fields = ("pk", "kind", "period", "filename", "expires_at")
    return tuple(WaitingLot(*row) for row in rows.values_list(*fields))


def lot_row(access: Access, lot_id: int) -> WorkbookLot:
    """The stored lot, if the person may open it. Raises Http404 and PermissionDenied."""
    rows = WorkbookLot.objects.select_related("institution", "uploaded_by")
    row = rows.filter(pk=lot_id).first()
    if row is None:
        raise Http404
    check_can_open_lot(access, row.institution_id, row.uploaded_by_id)
    return row


def facts_of(row: WorkbookLot) -> LotFacts:
    """A stored lot as a value."""
    return LotFacts(
        pk=row.pk,
        kind=row.kind,
        institution=row.institution,
        period=Period.parse(row.period) if row.period else None,
        state=row.state,
        state_label=str(row.get_state_display()),
        filename=row.filename,
        sha256=row.sha256,
        uploaded_by=str(row.uploaded_by),
        uploaded_at=row.uploaded_at,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        version=row.version,
        applied_rows=row.applied_rows,
        content=LotContent.from_json(row.content),
        corrections=row.corrections,
        decisions=row.decisions,
    )
