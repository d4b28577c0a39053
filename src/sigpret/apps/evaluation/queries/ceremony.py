"""The facts of the ceremony: who reviewed, which changes wait, who has confirmed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q

from sigpret.apps.monitoring.models import (
    ChangeRequest,
    ClosingConfirmation,
    ProgressReport,
    ReportedValue,
)
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """How many people decided values of a quarter, of how many reports, between which moments;
    and how many of the reports arrived in time."""

    reviewers: int
    reports: int
    first: datetime | None
    last: datetime | None
    on_time: int


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """Change requests of the quarters up to one, by what became of them."""

    approved: int
    refused: int
    waiting: int

    @property
    def total(self) -> int:
        return self.approved + self.refused + self.waiting


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The first of the two people, when they said yes, and the digest they said it to."""

    user_id: int
    name: str
    position: str
    at: datetime
    digest: str


def review_work(round_: RoundFacts) -> ReviewWork:
    """Two statements."""
    decided = ReportedValue.objects.filter(
        report__round_id=round_.id, decided_at__isnull=False
    ).aggregate(
        reviewers=Count("decided_by", distinct=True),
        reports=Count("report", distinct=True),
        first=Min("decided_at"),
        last=Max("decided_at"),
    )
    on_time = ProgressReport.objects.filter(
        round_id=round_.id, submitted_at__lt=F("round__closes_at")
    ).count()
    return ReviewWork(**decided, on_time=on_time)


def change_counts(period: Period) -> ChangeCounts:
    """One statement."""
    states = ChangeRequest.State
    counted = ChangeRequest.objects.filter(value__period__lte=period.code).aggregate(
        approved=Count("pk", filter=Q(state=states.APPROVED)),
        refused=Count("pk", filter=Q(state=states.REFUSED)),
        waiting=Count("pk", filter=Q(state=states.REQUESTED)),
    )
    return ChangeCounts(**counted)


def confirmation_of(round_: RoundFacts) -> Confirmation | None:
    """Who confirmed the edition that comes next; None once it is closed. One statement."""
    if round_.is_closed:
        return None
    row = (
        ClosingConfirmation.objects.filter(round_id=round_.id, edition=round_.edition)
        .values_list(
            "confirmed_by_id",
            "confirmed_by__full_name",
            "confirmed_by__position",
            "confirmed_at",
            "seen_digest",
        )
        .first()
    )
    return Confirmation(*row) if row else None
