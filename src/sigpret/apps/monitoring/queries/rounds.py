"""Reads of the reporting rounds: which quarter is open, until when."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, QuerySet, Subquery

from sigpret.apps.monitoring.models import Extension, ReportingRound
from sigpret.apps.reference.queries import deadline_after
from sigpret.methodology.periods import Period
from sigpret.web.dates import TEGUCIGALPA


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as screens need it. `closes_at` is aware; at that very instant it is closed.

    `edition` numbers its closings: the last one, or the one that comes next while it is open.
    `extended_until` is what the institution it was asked for was granted, if anything.
    """

    id: int
    period: Period
    opens_on: date
    closes_at: datetime
    is_closed: bool
    closed_at: datetime | None
    policy_version: str
    digest: str
    edition: int = 1
    extended_until: datetime | None = None

    @property
    def deadline(self) -> datetime:
        """The instant at which writing ends for the institution it was asked for."""
        return max(self.closes_at, self.extended_until or self.closes_at)

    def accepts_at(self, at: datetime) -> bool:
        """May values be written and sent at this instant?"""
        if self.extended_until is not None and at < self.extended_until:
            return self.opens_on <= local_day(at)
        return not self.is_closed and self.opens_on <= local_day(at) and at < self.closes_at


def round_facts(period: Period, *, institution_id: int | None = None) -> RoundFacts | None:
    """The round of a quarter, or None when nobody has opened it; one statement.

    With an institution, its extension is in it.
    """
    found = rounds_for(institution_id).filter(period=period.code).first()
    return facts_of(found) if found else None


def current_round(at: datetime, *, institution_id: int | None = None) -> RoundFacts | None:
    """The round people work on: the last one that has opened by then."""
    found = rounds_for(institution_id).filter(opens_on__lte=local_day(at))
    last = found.order_by("-period").first()
    return facts_of(last) if last else None


def rounds_for(institution_id: int | None) -> QuerySet[ReportingRound]:
    """The rounds, each with the extension of that institution beside it."""
    if institution_id is None:
        return ReportingRound.objects.all()
    granted = Extension.objects.filter(
        round=OuterRef("pk"), institution_id=institution_id, state=Extension.State.GRANTED
    )
    until = Subquery(granted.values("until")[:1])
    return ReportingRound.objects.annotate(extended_until=until)  # type: ignore[no-redef]


def deadline_for(institution_id: int, round_: RoundFacts) -> datetime:
    """Until when this institution may write and send in a round; one statement.

    The instant itself is late. `round_facts(period, institution_id=...).deadline` is the same
    without a statement of its own.
    """
    granted = Extension.objects.filter(
        round_id=round_.id, institution_id=institution_id, state=Extension.State.GRANTED
    )
    until = granted.values_list("until", flat=True).first()
    return max(round_.closes_at, until or round_.closes_at)


#: The hour at which a deadline falls when nobody says another.
CLOSING_HOUR = time(17, 0)


def usual_deadline(period: Period) -> datetime:
    """At 17:00 of the day the methodology gives, counted as it says over the holidays."""
    return datetime.combine(deadline_after(period), CLOSING_HOUR, TEGUCIGALPA)


def all_rounds() -> tuple[RoundFacts, ...]:
    """Every round, the newest first; one statement."""
    return tuple(facts_of(found) for found in ReportingRound.objects.order_by("-period"))


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
        edition=found.edition,
        extended_until=found.extended_until,
    )
