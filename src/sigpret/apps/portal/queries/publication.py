"""Which quarter citizens see."""

from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.monitoring.models import ReportingRound


@dataclass(frozen=True, slots=True)
class Publication:
    """A closed round, as published: when, under which rules, and the digest of it all."""

    round_id: int
    period: str
    closed_at: datetime
    policy_version: str
    digest: str


def latest_publication(*, before: str | None = None) -> Publication | None:
    """The last closed quarter (before the period `before`, when given), or None at the start."""
    closed = ReportingRound.objects.filter(state=ReportingRound.State.CLOSED)
    if before is not None:
        closed = closed.filter(period__lt=before)
    found = closed.order_by("-period").first()
    return publication_of(found) if found else None


def publication_of(closing: ReportingRound) -> Publication:
    """What a closed round published. Raises ValueError for one that is still open."""
    if closing.closed_at is None:
        raise ValueError(f"{closing.period} is not closed")
    return Publication(
        closing.pk, closing.period, closing.closed_at, closing.policy_version, closing.digest
    )
