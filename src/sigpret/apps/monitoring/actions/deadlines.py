"""Who holds the round while they work, and the rule of its deadline.

Writers (save, submit) share the round with each other and with the reviewer; reviewers take
turns, because each of them updates the goals above; closing waits for everybody and then shuts
the door. So a report sent while a round is being closed has one of two fates: it was
committed before, and closing refuses because it is undecided; or it comes after, and it is
refused because the round is closed.
"""

from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.methodology.periods import Period
from sigpret.web.dates import MONTHS, ROMAN, local


class Hold(StrEnum):
    """How strongly the round's row is held until the transaction ends."""

    WRITING = "FOR KEY SHARE"
    DECIDING = "FOR NO KEY UPDATE"
    CLOSING = "FOR UPDATE"


class RoundNotOpenError(Exception):
    """The quarter takes no values at this instant; its text says since when, or from when."""


def held_round(period: Period, hold: Hold) -> ReportingRound:
    """The round of a quarter, held until the transaction ends.

    Raises RoundNotOpenError when nobody has opened it.
    """
    # Django cannot ask for KEY SHARE, the one lock that lets reviewers and writers coexist.
    query = f"SELECT * FROM monitoring_reportinground WHERE period = %s {hold}"  # noqa: S608
    found = next(iter(ReportingRound.objects.raw(query, [period.code])), None)
    if found is None:
        raise RoundNotOpenError(_("El %(quarter)s no está abierto.") % {"quarter": words(period)})
    return found


def check_accepts(held: ReportingRound, at: datetime) -> None:
    """Writing ends at the deadline itself: at that very instant the quarter is closed."""
    check_not_closed(held)
    quarter = words(Period.parse(held.period))
    if at >= held.closes_at:
        raise RoundNotOpenError(closed_text(quarter, held.closes_at))
    if local_day(at) < held.opens_on:
        raise RoundNotOpenError(
            _("El %(quarter)s abre el %(day)s.")
            % {"quarter": quarter, "day": day_words(held.opens_on)}
        )


def check_not_closed(held: ReportingRound) -> None:
    """Decisions are possible after the deadline, and never after the closing."""
    if held.state == ReportingRound.State.CLOSED:
        moment = min(held.closes_at, held.closed_at or held.closes_at)
        raise RoundNotOpenError(closed_text(words(Period.parse(held.period)), moment))


def closed_text(quarter: str, moment: datetime) -> str:
    return _("El %(quarter)s cerró el %(day)s. Puede pedir reapertura a DIGER.") % {
        "quarter": quarter,
        "day": day_words(moment),
    }


def words(period: Period) -> str:
    """`III trimestre`: the quarter inside a sentence."""
    return _("%(number)s trimestre") % {"number": ROMAN[period.number]}


def day_words(moment: date) -> str:
    here = local(moment)
    return f"{here.day} de {MONTHS[here.month - 1]}"
