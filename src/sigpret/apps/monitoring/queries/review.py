"""What reviewers see: the reports that wait, and one report datum by datum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ProgressReport
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import conflict_of_interest
from sigpret.apps.monitoring.queries.due import due_by_state
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow
from sigpret.apps.monitoring.workflow import UNSENT
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status
from sigpret.methodology.values import printed


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A report that was sent; counts are of values. `is_blocked`: the reviewer's institution."""

    report_id: int
    institution_code: str
    institution_name: str
    state: str
    submitted_at: datetime
    submitted_by: str
    waiting: int
    validated: int
    returned: int
    is_blocked: bool

    @property
    def total(self) -> int:
        return self.waiting + self.validated + self.returned


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Reports of a quarter, the ones that wait longest first.

    `not_sent` counts the institutions with something due that have not sent anything.
    """

    period: Period
    entries: tuple[QueueEntry, ...]
    not_sent: int

    @property
    def waiting(self) -> tuple[QueueEntry, ...]:
        return tuple(entry for entry in self.entries if entry.waiting)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A datum to decide. `blocked` says why this person may not decide it, or is empty."""

    row: SheetRow
    signals: tuple[str, ...]
    blocked: str

    @property
    def is_decidable(self) -> bool:
        return self.row.cell.state == ReportState.SUBMITTED and not self.blocked

    @property
    def is_clean(self) -> bool:
        return not self.signals


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A report under review: the sheet, and each sent row with its signals, riskiest first."""

    sheet: ReportSheet
    rows: tuple[ReviewRow, ...]

    @property
    def waiting(self) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.rows if row.row.cell.state == ReportState.SUBMITTED)


def review_queue(*, period: Period, access: Access) -> ReviewQueue:
    """The reports sent in a quarter, for a reviewer."""
    rows: Any = (
        ProgressReport.objects.filter(round__period=period.code, submitted_at__isnull=False)
        .values(
            "institution_id",
            "state",
            "submitted_at",
            report_id=F("pk"),
            institution_code=F("institution__code"),
            institution_name=F("institution__name"),
            submitter=F("submitted_by__full_name"),
        )
        .annotate(
            waiting=count_in(ReportState.SUBMITTED),
            validated=count_in(ReportState.VALIDATED),
            returned=count_in(ReportState.RETURNED),
        )
        .order_by("submitted_at", "pk")
    )
    entries = tuple(
        QueueEntry(
            submitted_by=row.pop("submitter"),
            is_blocked=row.pop("institution_id") in access.institutions,
            **row,
        )
        for row in rows
    )
    due = {institution for institution, _state in due_by_state(period)}
    return ReviewQueue(period, entries, not_sent=len(due) - len(due & {*sent_ids(period)}))


def count_in(state: str) -> Count:
    return Count("values", filter=Q(values__state=state))


def sent_ids(period: Period) -> Iterator[int]:
    """The institutions that have sent a report of the quarter."""
    sent = ProgressReport.objects.filter(round__period=period.code, submitted_at__isnull=False)
    return iter(sent.values_list("institution_id", flat=True))


def review_sheet(*, report_id: int, access: Access) -> ReviewSheet | None:
    """One report as a reviewer decides it; None when there is no such report."""
    report = (
        ProgressReport.objects.select_related("institution", "round").filter(pk=report_id).first()
    )
    if report is None:
        return None
    period = Period.parse(report.round.period)
    sheet = report_sheet(institution=report.institution, period=period, policy=policy_for(period))
    rows = (
        ReviewRow(
            row=row,
            signals=tuple(signals_of(row, sheet.period)),
            blocked=conflict_of_interest(
                access,
                institution_id=report.institution_id,
                reported_by_id=row.cell.reported_by_id,
            ),
        )
        for row in sheet.rows
        if row.cell.state not in UNSENT
    )
    return ReviewSheet(sheet, tuple(sorted(rows, key=lambda row: -len(row.signals))))


def signals_of(row: SheetRow, period: Period) -> Iterator[str]:
    """What a careful reader would ask about this datum, in one sentence each."""
    value = row.cell.value
    if value is None:
        return
    if value == 0 and row.planned:
        yield _("Reporta 0 y había programado %(planned)s.") % {"planned": printed(row.planned)}
    if value > 0 and row.planned == 0:
        yield _("Ejecutó sin haberlo programado.")
    if row.figure.status == Status.EXCEEDED:
        yield _("Supera lo programado: revise la meta.")
    if row.cell.observation and row.cell.state == ReportState.SUBMITTED:
        yield _("Corregido después de una devolución.")
    earlier = [
        point.executed
        for point in row.series
        if point.period < period and point.executed is not None
    ]
    if not earlier:
        yield _("Primer reporte del año.")
    elif value > 2 * max(earlier) > 0:
        yield _("Más del doble de lo que ha reportado este año.")
