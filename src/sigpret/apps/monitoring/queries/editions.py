"""The closings of each quarter: which edition stands, which one citizens see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from sigpret.apps.monitoring.models import Closing, ReportingRound, Snapshot
from sigpret.methodology.periods import Period

#: How long a closing can be taken back as if it had not been published.
REVERSIBLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Edition:
    """One closing of a quarter, with who answers for it and what became of it.

    `note` is what whoever closed wrote; `reason` is why it was opened again, which is public.
    """

    round_id: int
    period: Period
    number: int
    closed_at: datetime
    closed_by: str
    confirmed_by: str
    digest: str
    chain_head: str
    note: str
    published_at: datetime | None
    reopened_at: datetime | None
    reopened_by: str
    reason: str
    policy_version: str

    @property
    def is_withdrawn(self) -> bool:
        """Was it taken back while it could be, so that it does not count as published?"""
        if self.reopened_at is None:
            return False
        is_before = self.published_at is not None and self.reopened_at < self.published_at
        return is_before or self.reopened_at <= self.closed_at + REVERSIBLE

    @property
    def reversible_until(self) -> datetime:
        return self.closed_at + REVERSIBLE

    def is_published(self, at: datetime) -> bool:
        is_out = self.published_at is not None and self.published_at <= at
        return is_out and not self.is_withdrawn

    def is_reversible(self, at: datetime) -> bool:
        """May it still be taken back, with a public note?"""
        return self.reopened_at is None and at <= self.reversible_until


def editions_of(period: Period) -> tuple[Edition, ...]:
    """Every closing of a quarter, the first one first; one statement."""
    return tuple(edition_rows(Closing.objects.filter(round__period=period.code)))


def last_edition(period: Period) -> Edition | None:
    """The last closing of a quarter, whether it stands or was opened again."""
    return next(iter(editions_of(period)[::-1]), None)


def published_editions(at: datetime) -> tuple[Edition, ...]:
    """What citizens see at a moment: of each quarter the last edition published, oldest first.

    One that was taken back within its 24 hours leaves the one before it. One statement.
    """
    found = edition_rows(Closing.objects.filter(published_at__lte=at).exclude(WITHDRAWN))
    latest = {edition.period: edition for edition in found}
    return tuple(latest.values())


def withdrawn_after(at: datetime, edition: Edition | None) -> Edition | None:
    """The last closing that was taken back and has no other in its place; its note is public."""
    rows = Closing.objects.filter(WITHDRAWN, published_at__lte=at)
    found = list(edition_rows(rows))
    if not found:
        return None
    last = found[-1]
    stands = edition is not None and (edition.period, edition.number) > (last.period, last.number)
    return None if stands else last


#: Taken back within its day, or opened again before the day it would have been published.
WITHDRAWN = Q(reopened_at__lte=F("closed_at") + Value(REVERSIBLE)) | Q(
    reopened_at__lt=F("published_at")
)


def edition_rows(closings: QuerySet[Closing]) -> Iterable[Edition]:
    """Closings as screens need them, quarter by quarter and in their order."""
    rows: Any = closings.order_by("round__period", "edition").values_list(
        "round_id",
        "round__period",
        "edition",
        "closed_at",
        "closed_by__full_name",
        "confirmed_by__full_name",
        "digest",
        "chain_head",
        "note",
        "published_at",
        "reopened_at",
        "reopened_by__full_name",
        "reopening_reason",
        "round__policy_version",
    )
    return [edition_of(row) for row in rows]


def edition_of(row: tuple[Any, ...]) -> Edition:
    round_id, period, number, closed_at, closed_by, confirmed_by, *rest = row
    digest, head, note, published_at, reopened_at, reopened_by, reason, policy = rest
    return Edition(
        round_id=round_id,
        period=Period.parse(period),
        number=number,
        closed_at=closed_at,
        closed_by=closed_by or "",
        confirmed_by=confirmed_by or "",
        digest=digest,
        chain_head=head,
        note=note,
        published_at=published_at,
        reopened_at=reopened_at,
        reopened_by=reopened_by or "",
        reason=reason,
        policy_version=policy,
    )


#: The edition that stands of a round: its last closing, also while it is open again.
STANDING = F("round__edition") - Case(
    When(round__state=ReportingRound.State.OPEN, then=Value(1)), default=Value(0)
)


def kept_snapshots() -> QuerySet[Snapshot]:
    """The snapshots of the last closing of each round: what is official inside the State."""
    return Snapshot.objects.filter(edition=STANDING)
