"""A workbook comes back: it is read apart, kept whole, corrected here, or put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.imports import originals
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.permissions import check_can_fill_plan, check_can_open_lot
from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.results.permissions import can_write_somewhere, check_can_write_goal
from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.workbooks.reading import read
from sigpret.intake.workbooks.table import (
    TableSpec,
    WorkbookIdentity,
    read_identity,
    read_table,
)
from sigpret.methodology.periods import Period
from sigpret.web.dates import period_words

KEPT_FOR = timedelta(days=7)
LAYOUT = "1"


class ClosedLotError(Exception):
    """The lot was applied, discarded, refused or left for too long."""

    def __init__(self) -> None:
        super().__init__(_("Este archivo ya no está en revisión. Súbalo otra vez."))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the person uploaded it: what kind of workbook is expected, of whom and for when."""

    kind: str
    spec: TableSpec
    institution: Institution | None = None
    period: Period | None = None

    @property
    def scope(self) -> str:
        return self.institution.code if self.institution else ""

    @property
    def period_code(self) -> str:
        return self.period.code if self.period else ""


@dataclass(frozen=True, slots=True)
class UploadedLot:
    """The lot the file became; `is_known` when the same file was already in review."""

    lot_id: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class AppliedLot:
    """How many rows were written now, and how many still need somebody."""

    applied: int
    pending: int


def upload_workbook(
    *,
    actor: User,
    access: Access,
    destination: Destination,
    data: bytes,
    filename: str,
    at: datetime,
) -> UploadedLot:
    """Read the workbook and keep it. A refused one is kept too, with its reasons.

    Reading happens before the transaction: it may take seconds and writes nothing. The same file
    in review is offered again, never doubled. Raises PermissionDenied.
    """
    check_can_upload(access, destination)
    digest = originals.sha256_of(data)
    known = _in_review(actor, destination, digest, at)
    if known is not None:
        return UploadedLot(known, is_known=True)
    content = _content(data, destination)
    lot = WorkbookLot(
        kind=destination.kind,
        institution=destination.institution,
        period=destination.period_code,
        state=WorkbookLot.State.REFUSED if content.refusals else WorkbookLot.State.REVIEW,
        file=originals.keep(data),
        filename=originals.safe_name(filename),
        sha256=digest,
        content=content.to_json(),
        uploaded_by=actor,
        uploaded_at=at,
        updated_at=at,
        expires_at=at + KEPT_FOR,
    )
    return _store(lot, actor, at)


def check_can_upload(access: Access, destination: Destination) -> None:
    """Whoever writes the report or the plan uploads it; whoever writes some goal, the matrix."""
    if destination.institution is not None and destination.kind == WorkbookLot.Kind.PLAN:
        check_can_fill_plan(access, destination.institution.pk)
    elif destination.institution is not None:
        check_can_write_report(access, destination.institution.pk)
    elif not can_write_somewhere(access):
        check_can_write_goal(access, None)


@transaction.atomic
def _store(lot: WorkbookLot, actor: User, at: datetime) -> UploadedLot:
    try:
        with transaction.atomic():
            _forget_expired(lot, at)
            lot.save()
    except IntegrityError:
        # The same person uploaded the same file a moment ago.
        known = _twin(lot)
        return UploadedLot(known.pk, is_known=True)
    record(
        actor=actor,
        action="imports.workbook_uploaded",
        subject_type="workbook_lot",
        subject_id=lot.pk,
        payload={
            "kind": lot.kind,
            "institution": lot.institution_id,
            "period": lot.period,
            "sha256": lot.sha256,
            "state": str(lot.state),
        },
    )
    return UploadedLot(lot.pk, is_known=False)


def _twin(lot: WorkbookLot) -> WorkbookLot:
    return WorkbookLot.objects.get(
        kind=lot.kind,
        uploaded_by=lot.uploaded_by,
        sha256=lot.sha256,
        state=WorkbookLot.State.REVIEW,
    )


def _forget_expired(lot: WorkbookLot, at: datetime) -> None:
    """What the person left in review for too long makes room for the same file."""
    WorkbookLot.objects.filter(
        uploaded_by=lot.uploaded_by,
        sha256=lot.sha256,
        state=WorkbookLot.State.REVIEW,
        expires_at__lte=at,
    ).update(state=WorkbookLot.State.DISCARDED, updated_at=at)


def _in_review(actor: User, destination: Destination, digest: str, at: datetime) -> int | None:
    rows = WorkbookLot.objects.filter(
        kind=destination.kind,
        institution=destination.institution,
        period=destination.period_code,
        uploaded_by=actor,
        sha256=digest,
        state=WorkbookLot.State.REVIEW,
        expires_at__gt=at,
    )
    return rows.values_list("pk", flat=True).first()


def _content(data: bytes, destination: Destination) -> LotContent:
    """What the file says, or every sentence that refuses it."""
    try:
        sheets = read(data)
        identity = read_identity(sheets, destination.spec)
        if refusals := why_not_here(identity, destination):
            return LotContent(refusals=refusals)
        table = read_table(sheets, destination.spec)
    except RefusalError as refusal:
        return LotContent(refusals=tuple(finding.message for finding in refusal.findings))
    return LotContent(table=table, base=identity.base)


def why_not_here(identity: WorkbookIdentity, destination: Destination) -> tuple[str, ...]:
    """The sentence for a workbook of another kind, institution, quarter or layout."""
    if identity.kind != destination.kind:
        kinds = {str(code): str(label) for code, label in WorkbookLot.Kind.choices}
        return (
            _("El libro es de otra cosa: %(kind)s. Aquí se sube: %(wanted)s.")
            % {
                "kind": kinds.get(identity.kind, identity.kind[:20]),
                "wanted": kinds[destination.kind],
            },
        )
    if identity.scope != destination.scope:
        return (
            elsewhere(destination).institution
            % {"code": identity.scope[:20] or "—", "wanted": destination.scope or "—"},
        )
    if identity.period != destination.period_code:
        return (
            elsewhere(destination).period
            % {
                "period": period_words(identity.period[:8]),
                "wanted": period_words(destination.period_code),
            },
        )
    if identity.version != LAYOUT:
        return (_("El libro es de una versión anterior de la hoja. Descargue la de ahora."),)
    return ()


class Elsewhere(NamedTuple):
    """The sentences for a workbook of another institution and of another time."""

    institution: str
    period: str


def elsewhere(destination: Destination) -> Elsewhere:
    """How the place of a destination is said."""
    if destination.kind == WorkbookLot.Kind.PLAN:
        return Elsewhere(
            _("El libro es de la institución %(code)s y aquí se llena el plan de la %(wanted)s."),
            _("El libro es del plan de %(period)s y aquí se llena el de %(wanted)s."),
        )
    return Elsewhere(
        _("El libro es de la institución %(code)s y aquí se reporta la %(wanted)s."),
        _("El libro es del %(period)s y aquí se reporta el %(wanted)s."),
    )


@transaction.atomic
def correct_lot(
    *,
    actor: User,
    access: Access,
    lot_id: int,
    corrections: Mapping[str, Mapping[str, str]],
    decisions: Mapping[str, Mapping[str, Any]],
    at: datetime,
) -> bool:
    """Keep what was typed here instead of a cell, and what was decided of a conflict.

    `corrections` by identifier and column; `decisions` by identifier: {"choice": "mine" or
    "theirs", "version": of the stored row that was seen}. Nothing is applied. False when it says
    what was known. Raises ClosedLotError.
    """
    lot = locked_lot(access, lot_id, at)
    before = (lot.corrections, lot.decisions)
    lot.corrections = {
        **lot.corrections,
        **{name: {**lot.corrections.get(name, {}), **cells} for name, cells in corrections.items()},
    }
    kept = {name: one for name, one in lot.decisions.items() if name not in corrections}
    lot.decisions = {**kept, **{name: dict(one) for name, one in decisions.items()}}
    if before == (lot.corrections, lot.decisions):
        return False
    save_lot(
        lot,
        actor,
        "imports.workbook_corrected",
        {"corrections": corrections, "decisions": decisions},
        at,
    )
    return True


@transaction.atomic
def discard_lot(*, actor: User, access: Access, lot_id: int, at: datetime) -> bool:
    """Put the workbook away; False when it was away already. Raises ClosedLotError."""
    row = WorkbookLot.objects.select_for_update().get(pk=lot_id)
    check_can_open_lot(access, row.institution_id, row.uploaded_by_id)
    if row.state == WorkbookLot.State.DISCARDED:
        return False
    if row.state != WorkbookLot.State.REVIEW:
        raise ClosedLotError
    row.state = WorkbookLot.State.DISCARDED
    save_lot(row, actor, "imports.workbook_discarded", {}, at)
    return True


def locked_lot(access: Access, lot_id: int, at: datetime) -> WorkbookLot:
    """The lot in review, held until commit. Raises ClosedLotError and PermissionDenied."""
    rows = WorkbookLot.objects.select_for_update(of=("self",)).select_related(
        "institution", "uploaded_by"
    )
    row = rows.get(pk=lot_id)
    check_can_open_lot(access, row.institution_id, row.uploaded_by_id)
    if row.state != WorkbookLot.State.REVIEW or at >= row.expires_at:
        raise ClosedLotError
    return row


def save_lot(
    lot: WorkbookLot, actor: User, action: str, payload: Mapping[str, Any], at: datetime
) -> None:
    """Store the lot with its event."""
    lot.version += 1
    lot.updated_at = at
    lot.save()
    record(
        actor=actor,
        action=action,
        subject_type="workbook_lot",
        subject_id=lot.pk,
        payload={"version": lot.version, **payload},
    )
