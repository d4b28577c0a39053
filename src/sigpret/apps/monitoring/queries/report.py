"""Builds the sheet of a quarter from what is programmed and what is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import (
    EvidenceUse,
    ProgressReport,
    ReportedValue,
    ReportingRound,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.details import NO_DETAILS, Details, details_by_indicator
from sigpret.apps.monitoring.queries.progress import Progress, progress_of
from sigpret.apps.monitoring.queries.rounds import RoundFacts, round_facts
from sigpret.apps.monitoring.queries.sheet import (
    ClosedGap,
    Missing,
    ReportSheet,
    SheetGroup,
    SheetRow,
    SubjectKind,
    ValueCell,
)
from sigpret.apps.monitoring.queries.subjects import Subject, subjects_of
from sigpret.apps.monitoring.workflow import target_of
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy

BLANK = ValueCell(None, None, 0, ReportState.DRAFT, "", "", "", None, "", None, "", None)
Cells = Mapping[tuple[str, int], ValueCell]


@dataclass(frozen=True, slots=True)
class Programmed:
    """What of a sheet stays as it is when somebody writes in it: what is due, and until when."""

    institution: Institution
    period: Period
    policy: Policy
    round: RoundFacts | None
    subjects: tuple[Subject, ...]
    gaps: tuple[ClosedGap, ...]


def report_sheet(*, institution: Institution, period: Period, policy: Policy) -> ReportSheet:
    """The institution's sheet for a quarter: due products by operational objective, then goals.

    Ten statements whatever the size, two more where details are written. The figures use what
    is written now for this quarter and only what was validated for the earlier ones.
    """
    return written_sheet(programmed_for(institution, period, policy))


def programmed_for(institution: Institution, period: Period, policy: Policy) -> Programmed:
    """What the institution has to report in a quarter, to be read once by whoever writes in it."""
    subjects = subjects_of(institution, period)
    return Programmed(
        institution,
        period,
        policy,
        round_facts(period, institution_id=institution.pk),
        tuple(subjects),
        tuple(closed_gaps(subjects, period)),
    )


def written_sheet(programmed: Programmed) -> ReportSheet:
    """The sheet with what is written now; two statements, more where details are written."""
    institution, period = programmed.institution, programmed.period
    report = (
        ProgressReport.objects.select_related("submitted_by", "prepared_by", "given_back_by")
        .filter(institution=institution, round__period=period.code)
        .first()
    )
    cells = cells_of(institution, period)
    details = details_of(institution, cells)
    unproved = unproved_of(cells) if programmed.policy.evidence_required else frozenset()
    written = Written(cells, details, unproved)
    listed = [subject for subject in programmed.subjects if is_listed(subject, cells)]
    return ReportSheet(
        institution_id=institution.pk,
        institution_code=institution.code,
        institution_name=institution.name,
        period=period,
        round=programmed.round,
        **steps_of(report),
        groups=tuple(groups_of(listed, written, period, programmed.policy)),
        not_due=len(programmed.subjects) - len(listed),
        gaps=programmed.gaps,
    )


def steps_of(report: ProgressReport | None) -> dict[str, Any]:
    """How far the report got, and by whose hands."""
    report = report or ProgressReport(version=0)
    return {
        "report_id": report.pk,
        "version": report.version,
        "state": report.state,
        "submitted_at": report.submitted_at,
        "submitted_by": str(report.submitted_by or ""),
        "receipt": report.receipt if report.pk else "",
        "prepared_at": report.prepared_at,
        "prepared_by": str(report.prepared_by or ""),
        "given_back_note": report.given_back_note,
        "given_back_at": report.given_back_at,
        "given_back_by": str(report.given_back_by or ""),
    }


def cells_of(institution: Institution, period: Period) -> Cells:
    """What is written for the quarter, by kind and id of its subject."""
    rows = (
        ReportedValue.objects.filter(report__institution=institution, period=period.code)
        .order_by("pk")
        .values_list("product_id", "indicator_id", *CELL_FIELDS)
    )
    return {key_of(product, indicator): cell_of(rest) for product, indicator, *rest in rows}


CELL_FIELDS = (
    "pk",
    "value",
    "version",
    "state",
    "cause_category",
    "cause",
    "observation",
    "reported_by_id",
    "reported_by__full_name",
    "reported_at",
    "decided_by__full_name",
    "decided_at",
    "decided_version",
    "assigned_to_id",
    "assigned_to__full_name",
    "has_no_denominator",
)


def key_of(product_id: int | None, indicator_id: int | None) -> tuple[str, int]:
    if product_id is not None:
        return SubjectKind.PRODUCT, product_id
    return SubjectKind.INDICATOR, indicator_id or 0


def cell_of(fields: Sequence[Any]) -> ValueCell:
    cell = dict(zip(CELL_FIELDS, fields, strict=True))
    return ValueCell(
        id=cell["pk"],
        value=cell["value"],
        version=cell["version"],
        state=cell["state"],
        cause_category=cell["cause_category"],
        cause=cell["cause"],
        observation=cell["observation"],
        reported_by_id=cell["reported_by_id"],
        reported_by=cell["reported_by__full_name"] or "",
        reported_at=cell["reported_at"],
        decided_by=cell["decided_by__full_name"] or "",
        decided_at=cell["decided_at"],
        decided_version=cell["decided_version"],
        assigned_to_id=cell["assigned_to_id"],
        assigned_to=cell["assigned_to__full_name"] or "",
        has_no_denominator=cell["has_no_denominator"],
    )


def closed_gaps(subjects: Iterable[Subject], period: Period) -> Iterator[ClosedGap]:
    """What a plan that came in late, or a report that never did, left behind; one statement."""
    earlier = [one for one in period.year_period.quarters() if one < period]
    closed = set(
        ReportingRound.objects.filter(
            period__in=[one.code for one in earlier], state=ReportingRound.State.CLOSED
        ).values_list("period", flat=True)
    )
    for subject in subjects:
        for quarter in earlier:
            planned = subject.measure.targets.get(quarter)
            is_said = subject.measure.executed.get(quarter) is not None
            if planned and not is_said and quarter.code in closed:
                key = f"{subject.kind}-{subject.id}"
                yield ClosedGap(key, subject.code, subject.name, quarter, planned)


def is_listed(subject: Subject, cells: Cells) -> bool:
    """Programmed in the quarter, or written although it was not."""
    cell = cells.get(subject.key)
    return subject.is_programmed or (cell is not None and cell.is_written)


def details_of(institution: Institution, cells: Cells) -> dict[int, Details]:
    """What stands behind the value of each indicator that has anything behind it."""
    ids = {
        subject_id: cell.id
        for (kind, subject_id), cell in cells.items()
        if kind == SubjectKind.INDICATOR and cell.id is not None
    }
    return details_by_indicator(institution.pk, ids)


def unproved_of(cells: Cells) -> frozenset[int]:
    """The values with something to show and no file that shows it; one statement."""
    asked = {cell.id for cell in cells.values() if cell.id is not None and cell.value}
    uses = EvidenceUse.objects.filter(value_id__in=asked, evidence__withdrawn_at__isnull=True)
    return frozenset(asked - set(uses.values_list("value_id", flat=True)))


@dataclass(frozen=True, slots=True)
class Written:
    """What is stored for a quarter: the cells, and what stands behind those of indicators.

    `unproved` are the ids of the values that show no file, where the policy asks for one.
    """

    cells: Cells
    details: Mapping[int, Details]
    unproved: frozenset[int] = frozenset()

    def cell(self, subject: Subject) -> ValueCell:
        return self.cells.get(subject.key, BLANK)

    def behind(self, subject: Subject) -> Details:
        is_indicator = subject.kind == SubjectKind.INDICATOR
        return self.details.get(subject.id, NO_DETAILS) if is_indicator else NO_DETAILS

    def lacks_evidence(self, subject: Subject) -> bool:
        return self.cell(subject).id in self.unproved

    @property
    def is_reviewed(self) -> bool:
        return any(cell.decided_at for cell in self.cells.values())


def groups_of(
    subjects: list[Subject], written: Written, period: Period, policy: Policy
) -> Iterator[SheetGroup]:
    is_reviewed = written.is_reviewed
    for (number, text), members in groupby(subjects, key=lambda subject: subject.group):
        rows = tuple(
            row_of(
                subject,
                written.cell(subject),
                written.behind(subject),
                period=period,
                policy=policy,
                is_reviewed=is_reviewed,
                lacks_evidence=written.lacks_evidence(subject),
            )
            for subject in members
        )
        yield SheetGroup(number, text or _("Metas e indicadores"), rows)


def row_of(
    subject: Subject,
    cell: ValueCell,
    details: Details,
    *,
    period: Period,
    policy: Policy,
    is_reviewed: bool,
    lacks_evidence: bool,
) -> SheetRow:
    progress = progress_of(
        subject.measure, period=period, value=cell.value, policy=policy, amounts=details.amounts
    )
    needs_cause = is_to_explain(progress, policy)
    missing = missing_in(
        cell,
        details,
        is_required=progress.is_required,
        needs_cause=needs_cause,
        lacks_evidence=lacks_evidence,
    )
    return SheetRow(
        kind=subject.kind,
        subject_id=subject.id,
        code=subject.code,
        name=subject.name,
        unit=subject.unit,
        periodicity=subject.periodicity,
        annual=subject.annual if subject.annual is not None else progress.annual,
        prior=progress.prior,
        planned=subject.planned,
        planned_to_date=progress.figure.planned,
        executed_to_date=progress.figure.executed,
        cell=cell,
        figure=progress.figure,
        series=progress.series,
        needs_cause=needs_cause,
        missing=tuple(missing),
        is_editable=is_editable(cell, is_reviewed=is_reviewed),
        details=details,
    )


def is_to_explain(progress: Progress, policy: Policy) -> bool:
    """An achievement to date outside the policy's range needs its cause; compared unrounded."""
    low, high = policy.explanation_range
    value = progress.figure.value
    return value is not None and not low <= value <= high


def missing_in(
    cell: ValueCell,
    details: Details,
    *,
    is_required: bool,
    needs_cause: bool,
    lacks_evidence: bool,
) -> Iterator[Missing]:
    """Everything that keeps a row from being sent, the worst first.

    Saying why there is no evidence is a way out of having to show some.
    """
    if target_of("submit", cell.state) is None:
        return
    if not cell.is_written:
        if is_required or cell.state == ReportState.RETURNED:
            yield Missing.VALUE
        return
    if cell.state == ReportState.RETURNED and not is_answered(cell):
        yield Missing.ANSWER
    if details.problems(cell.value):
        yield Missing.PARTS
    if needs_cause and not (cell.cause and cell.cause_category):
        yield Missing.CAUSE
    if lacks_evidence and not cell.cause:
        yield Missing.EVIDENCE


def is_answered(cell: ValueCell) -> bool:
    """Was the row written again after it was returned?"""
    return cell.decided_version is None or cell.version > cell.decided_version


def is_editable(cell: ValueCell, *, is_reviewed: bool) -> bool:
    """May the cell be written, as far as its state goes? The round's deadline is another matter."""
    if cell.state == ReportState.SUBMITTED and is_reviewed:
        return False
    return target_of("write", cell.state) is not None
