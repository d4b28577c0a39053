"""What the report page shows: the sheet in its phase, the filter, the row that is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.permissions import can_approve, can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetGroup, SheetRow, Situation
from sigpret.apps.monitoring.queries.evidence import SheetEvidence
from sigpret.apps.monitoring.views.report_filters import FILTERS, Seen, is_shown
from sigpret.apps.monitoring.views.report_row import Attempt, Phase, ShownRow
from sigpret.apps.monitoring.views.row_amounts import form_of
from sigpret.apps.monitoring.views.row_charts import quarters_of
from sigpret.web.charts import QuarterBars


@dataclass(frozen=True, slots=True)
class ShownGroup:
    group: SheetGroup
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole page; `touched` are the rows a save was about."""

    sheet: ReportSheet
    groups: tuple[ShownGroup, ...]
    selected: ShownRow | None
    may_write: bool
    may_approve: bool
    phase: Phase
    shown: str
    seen: Seen = field(default_factory=Seen)
    touched: tuple[ShownRow, ...] = field(default=())
    saved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def validated(self) -> int:
        return self.sheet.situations[Situation.VALIDATED]

    @property
    def is_empty(self) -> bool:
        return not self.sheet.total and not self.sheet.not_due

    @property
    def is_editable(self) -> bool:
        """May this person change anything on it now?"""
        has_free_row = any(row.is_editable for row in self.sheet.rows)
        return self.is_open and self.may_write and has_free_row

    @property
    def has_errors(self) -> bool:
        return any(row.attempt for group in self.groups for row in group.rows)

    @property
    def quarters(self) -> QuarterBars | None:
        return quarters_of(self.selected.row, self.sheet.period) if self.selected else None


def report_page(
    sheet: ReportSheet,
    *,
    access: Access,
    at: datetime,
    shown: str = "",
    selected: str = "",
    attempts: Mapping[str, Attempt] | None = None,
    evidence: SheetEvidence | None = None,
) -> ReportPage:
    """The page of a sheet for a person at a moment; `shown` is a key of `FILTERS` or empty."""
    seen = Seen(evidence, access.user_id)
    may_write = can_write_report(access, sheet.institution_id)
    phase = phase_of(sheet, at)
    chosen = chosen_row(sheet, selected)
    build = RowBuilder(may_write, phase, attempts or {}, selected)
    groups = tuple(
        ShownGroup(group, tuple(build(row) for row in group.rows if is_shown(row, shown, seen)))
        for group in sheet.groups
    )
    return ReportPage(
        sheet=sheet,
        groups=tuple(group for group in groups if group.rows),
        selected=build(chosen) if chosen else None,
        may_write=may_write,
        may_approve=can_approve(access, sheet.institution_id),
        phase=phase,
        shown=shown if shown in FILTERS else "",
        seen=seen,
    )


@dataclass(frozen=True, slots=True)
class RowBuilder:
    may_write: bool
    phase: Phase
    attempts: Mapping[str, Attempt]
    selected: str

    def __call__(self, row: SheetRow) -> ShownRow:
        attempt = self.attempts.get(row.key)
        return ShownRow(
            row=row,
            form=attempt.form if attempt else form_of(row),
            attempt=attempt,
            is_editable=self.may_write and self.phase == Phase.OPEN and row.is_editable,
            phase=self.phase,
            is_selected=row.key == self.selected,
        )


def phase_of(sheet: ReportSheet, at: datetime) -> Phase:
    if sheet.round is None or (not sheet.round.is_closed and at.date() < sheet.round.opens_on):
        return Phase.FUTURE
    return Phase.OPEN if sheet.round.accepts_at(at) else Phase.PAST


def chosen_row(sheet: ReportSheet, key: str) -> SheetRow | None:
    """The row asked for; else the first to resolve; else the first."""
    named = next((row for row in sheet.rows if row.key == key), None)
    return named or next(iter(sheet.unresolved), None) or next(iter(sheet.rows), None)
