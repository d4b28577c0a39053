"""One report datum by datum, as whoever reviews it decides it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ProgressReport, ReportReview, ReviewOpening
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import conflict_of_interest
from sigpret.apps.monitoring.queries.examination import Examined, examined
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.monitoring.queries.sample import sample_of
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.alerts import Alert
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy

SENT = {ReportState.SUBMITTED, ReportState.VALIDATED, ReportState.RETURNED}


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Who is at a review and who finished it."""

    taken_by_id: int | None = None
    taken_by: str = ""
    taken_at: datetime | None = None
    finished_by: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A datum to decide. `blocked` says why this person may not decide it, or is empty;
    `is_opened`, that this person had its present version in front of them. What was reported
    without a value (0 of 0) cannot be examined, and is never clean: somebody reads it."""

    row: SheetRow
    examined: Examined | None
    blocked: str
    is_opened: bool

    @property
    def value_id(self) -> int:
        return self.row.cell.id or 0

    @property
    def signals(self) -> tuple[Alert, ...]:
        return self.examined.signals if self.examined else ()

    @property
    def is_grave(self) -> bool:
        return self.examined is not None and self.examined.is_grave

    @property
    def is_decidable(self) -> bool:
        return self.row.cell.state == ReportState.SUBMITTED and not self.blocked

    @property
    def is_clean(self) -> bool:
        return self.examined is not None and not self.signals


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A report under review: the sheet, and each sent row with its signals, riskiest first.

    `sample` are the ids of the values without signals that must be opened before the rest is
    validated at once.
    """

    sheet: ReportSheet
    policy: Policy
    rows: tuple[ReviewRow, ...]
    sample: frozenset[int]
    facts: ReviewFacts

    @property
    def waiting(self) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.rows if row.row.cell.state == ReportState.SUBMITTED)

    @property
    def clean(self) -> tuple[ReviewRow, ...]:
        """What this person may validate at once."""
        return tuple(row for row in self.rows if row.is_decidable and row.is_clean)

    @property
    def sampled(self) -> tuple[ReviewRow, ...]:
        """The part of it that is opened first."""
        return tuple(row for row in self.clean if row.value_id in self.sample)

    @property
    def unopened(self) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.sampled if not row.is_opened)


def review_sheet(*, report_id: int, access: Access) -> ReviewSheet | None:
    """One report as a reviewer decides it; None when there is no such report."""
    report = (
        ProgressReport.objects.select_related("institution", "round").filter(pk=report_id).first()
    )
    if report is None:
        return None
    period = Period.parse(report.round.period)
    policy = policy_for(period)
    sheet = report_sheet(institution=report.institution, period=period, policy=policy)
    known = {
        one.value_id: one for one in examined(period=period, policy=policy, report_id=report_id)
    }
    opened = openings_of(access.user_id, known)
    rows = [
        ReviewRow(
            row=row,
            examined=known.get(row.cell.id or 0),
            blocked=conflict_of_interest(
                access,
                institution_id=report.institution_id,
                reported_by_id=row.cell.reported_by_id,
            ),
            is_opened=(row.cell.id, row.cell.version) in opened,
        )
        for row in sheet.rows
        if row.cell.state in SENT
    ]
    return ReviewSheet(
        sheet,
        policy,
        tuple(sorted(rows, key=by_risk)),
        sample=sample_of(
            [row.value_id for row in rows if row.is_clean and not row.blocked],
            report_id=report_id,
            sent_at=report.submitted_at,
            share=policy.sample_share,
        ),
        facts=facts_of_reviews([report_id]).get(report_id, UNTOUCHED),
    )


UNTOUCHED = ReviewFacts()


def facts_of_reviews(report_ids: Collection[int]) -> dict[int, ReviewFacts]:
    """Who took and who finished some reports' reviews, by report; the untouched are absent."""
    rows = ReportReview.objects.filter(report_id__in=report_ids).values_list(
        "report_id",
        "taken_by_id",
        "taken_by__full_name",
        "taken_at",
        "finished_by__full_name",
        "finished_at",
    )
    return {
        report_id: ReviewFacts(
            taken_by_id, taken_by or "", taken_at, finished_by or "", finished_at
        )
        for report_id, taken_by_id, taken_by, taken_at, finished_by, finished_at in rows
    }


def by_risk(row: ReviewRow) -> tuple[bool, int]:
    """The grave first, then who gives more signals; the plan's order among equals."""
    return not row.is_grave, -len(row.signals)


def openings_of(user_id: int | None, value_ids: Collection[int]) -> set[tuple[int, int]]:
    """The values this person opened, each at its version."""
    found = ReviewOpening.objects.filter(reviewer_id=user_id, value_id__in=value_ids)
    return set(found.values_list("value_id", "version"))
