"""The reports that wait for a decision: which to take first, and who has not sent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ProgressReport
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.due import due_by_state
from sigpret.apps.monitoring.queries.examination import Examined, examined
from sigpret.apps.monitoring.queries.review import UNTOUCHED, ReviewFacts, facts_of_reviews
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.alerts import Alert
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy


@dataclass(frozen=True, slots=True)
class Risk:
    """How the waiting values of a report divide; `worst` is its gravest signal."""

    first: int = 0
    one: int = 0
    clean: int = 0
    worst: Alert | None = None

    @property
    def order(self) -> tuple[int, int]:
        """What to compare by: more to look at first, then more single signals."""
        return self.first, self.one


CALM = Risk()


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A report that was sent; counts are of values. `is_blocked`: the reviewer's institution.

    `is_late`: it arrived in the last hours of the term, or after it.
    """

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
    risk: Risk
    review: ReviewFacts
    is_late: bool

    @property
    def total(self) -> int:
        return self.waiting + self.validated + self.returned

    @property
    def is_finished(self) -> bool:
        """Nothing waits, and somebody said so after it was sent the last time."""
        finished = self.review.finished_at
        return not self.waiting and finished is not None and finished >= self.submitted_at


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


def review_queue(*, period: Period, access: Access, with_risk: bool = True) -> ReviewQueue:
    """The reports sent in a quarter, for a reviewer.

    A dozen statements however many reports wait; four of them without the risk.
    """
    policy = policy_for(period)
    rows = list(sent_reports(period))
    risks = risks_of(period, policy) if with_risk else {}
    reviews = facts_of_reviews([row["report_id"] for row in rows])
    entries = tuple(entry_of(row, access, risks, reviews, policy) for row in rows)
    due = {institution for institution, _state in due_by_state(period)}
    return ReviewQueue(period, entries, not_sent=len(due) - len(due & {*sent_ids(period)}))


def sent_reports(period: Period) -> Iterable[dict[str, Any]]:
    found: Any = (
        ProgressReport.objects.filter(round__period=period.code, submitted_at__isnull=False)
        .values(
            "institution_id",
            "state",
            "submitted_at",
            report_id=F("pk"),
            institution_code=F("institution__code"),
            institution_name=F("institution__name"),
            submitter=F("submitted_by__full_name"),
            closes_at=F("round__closes_at"),
        )
        .annotate(
            waiting=count_in(ReportState.SUBMITTED),
            validated=count_in(ReportState.VALIDATED),
            returned=count_in(ReportState.RETURNED),
        )
        .order_by("submitted_at", "pk")
    )
    return found  # type: ignore[no-any-return]


def entry_of(
    row: dict[str, Any],
    access: Access,
    risks: dict[int, Risk],
    reviews: dict[int, ReviewFacts],
    policy: Policy,
) -> QueueEntry:
    left = (row.pop("closes_at") - row["submitted_at"]).total_seconds() / 3600
    return QueueEntry(
        submitted_by=row.pop("submitter"),
        is_blocked=row.pop("institution_id") in access.institutions,
        risk=risks.get(row["report_id"], CALM),
        review=reviews.get(row["report_id"], UNTOUCHED),
        is_late=left < policy.last_minute_hours,
        **row,
    )


def risks_of(period: Period, policy: Policy) -> dict[int, Risk]:
    """How the waiting values of each report divide, by report."""
    reports: dict[int, list[Examined]] = defaultdict(list)
    for one in examined(period=period, policy=policy, only_waiting=True):
        reports[one.report_id].append(one)
    return {report_id: risk_of(values) for report_id, values in reports.items()}


def risk_of(values: list[Examined]) -> Risk:
    first = sum(one.is_grave for one in values)
    clean = sum(not one.signals for one in values)
    gravest = sorted((one for one in values if one.signals), key=lambda one: not one.is_grave)
    worst = gravest[0].signals[0] if gravest else None
    return Risk(first, len(values) - first - clean, clean, worst)


def count_in(state: str) -> Count:
    return Count("values", filter=Q(values__state=state))


def sent_ids(period: Period) -> Iterator[int]:
    """The institutions that have sent a report of the quarter."""
    sent = ProgressReport.objects.filter(round__period=period.code, submitted_at__isnull=False)
    return iter(sent.values_list("institution_id", flat=True))
