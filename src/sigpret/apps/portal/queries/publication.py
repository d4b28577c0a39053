"""Which quarter citizens see: the last edition published by now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.monitoring.queries.editions import (
    Edition,
    published_editions,
    withdrawn_after,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A published edition of a quarter: when it closed, under which rules, and its digest."""

    round_id: int
    edition: int
    period: str
    closed_at: datetime
    policy_version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A closing that was taken back: of which quarter, when, and the public note."""

    period: str
    at: datetime
    note: str


def latest_publication(at: datetime, *, before: str | None = None) -> Publication | None:
    """The last quarter published by a moment (before the period `before`, when given), or None
    at the start; one statement."""
    found = [one for one in publications(at) if before is None or one.period < before]
    return found[-1] if found else None


def publications(at: datetime) -> Iterator[Publication]:
    """What each quarter published, oldest first; one statement."""
    return map(publication_of, published_editions(at))


def publications_by_round(at: datetime) -> Mapping[int, Publication]:
    """The same, by the id of the round."""
    return {one.round_id: one for one in publications(at)}


def publication_of(edition: Edition) -> Publication:
    return Publication(
        round_id=edition.round_id,
        edition=edition.number,
        period=edition.period.code,
        closed_at=edition.closed_at,
        policy_version=edition.policy_version,
        digest=edition.digest,
    )


def withdrawn_publication(at: datetime) -> Withdrawal | None:
    """A closing taken back that nothing has replaced yet; two statements."""
    published = published_editions(at)
    found = withdrawn_after(at, published[-1] if published else None)
    if found is None or found.reopened_at is None:
        return None
    return Withdrawal(found.period.code, found.reopened_at, found.reason)
