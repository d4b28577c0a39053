"""Which quarter a screen looks at, and the one before it."""

from dataclasses import dataclass
from datetime import date

from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.queries.rounds import RoundFacts, facts_of
from sigpret.methodology.periods import Period


class UnknownQuarterError(LookupError):
    """Somebody asked for a quarter that has no reporting round."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The quarter on the screen, the round before it, and those one may choose, newest first."""

    round: RoundFacts
    previous: RoundFacts | None
    choices: tuple[Period, ...]

    @property
    def period(self) -> Period:
        return self.round.period

    @property
    def is_official(self) -> bool:
        """Closed: its figures will not change."""
        return self.round.is_closed


def last_ended_quarter(as_of: date) -> Period:
    """The last quarter that had ended on a day, the day itself included."""
    current = Period.quarter_on(as_of)
    return current if current.end <= as_of else current.previous()


def quarter_shown(*, as_of: date, asked: Period | None = None) -> Quarter | None:
    """The quarter asked for; without asking, the last one that had ended by `as_of`.

    One query. None while no round has been opened; raises UnknownQuarterError for a quarter
    nobody opened.
    """
    rounds = [facts_of(row) for row in ReportingRound.objects.order_by("period")]
    wanted = asked or last_ended_quarter(as_of)
    known = [round_ for round_ in rounds if round_.period.end <= wanted.end]
    if asked and (not known or known[-1].period != asked):
        raise UnknownQuarterError(asked.code)
    if not known:
        return None
    return Quarter(
        round=known[-1],
        previous=known[-2] if len(known) > 1 else None,
        choices=tuple(reversed([round_.period for round_ in rounds])),
    )
