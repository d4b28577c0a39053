"""Reads of the reporting rounds: which quarter is open, until when."""

from dataclasses import dataclass
from datetime import date, datetime

from sigpret.apps.monitoring.models import ReportingRound
from sigpret.methodology.periods import Period
from sigpret.web.dates import TEGUCIGALPA


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as screens need it. `closes_at` is aware; at that very instant it is closed."""

    id: int
    period: Period
    opens_on: date
    closes_at: datetime
    is_closed: bool
    closed_at: datetime | None
    policy_version: str
    digest: str

    def accepts_at(self, at: datetime) -> bool:
        """May values be written and sent at this instant?"""
        return not self.is_closed and self.opens_on <= local_day(at) and at < self.closes_at


def round_facts(period: Period) -> RoundFacts | None:
    """The round of a quarter, or None when nobody has opened it."""
    found = ReportingRound.objects.filter(period=period.code).first()
    return facts_of(found) if found else None


def current_round(at: datetime) -> RoundFacts | None:
    """The round people work on: the last one that has opened by then."""
    found = ReportingRound.objects.filter(opens_on__lte=local_day(at)).order_by("-period").first()
    return facts_of(found) if found else None


def local_day(at: datetime) -> date:
    """The day an instant belongs to where the deadlines are."""
    return at.astimezone(TEGUCIGALPA).date()


def facts_of(found: ReportingRound) -> RoundFacts:
    return RoundFacts(
        id=found.pk,
        period=Period.parse(found.period),
        opens_on=found.opens_on,
        closes_at=found.closes_at,
        is_closed=found.state == ReportingRound.State.CLOSED,
        closed_at=found.closed_at,
        policy_version=found.policy_version,
        digest=found.digest,
    )
