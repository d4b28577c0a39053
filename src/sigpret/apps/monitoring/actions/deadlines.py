"""Who holds the round while they work, and the rule of its deadline.

Writers (save, submit) share the round with each other and with the reviewer; reviewers take
turns, because each of them updates the goals above; closing waits for everybody and then shuts
the door. So a report sent while a round is being closed has one of two fates: it was
committed before, and closing refuses because it is undecided; or it comes after, and it is
refused because the round is closed.

The rule of the deadline is one: what the server received before `closes_at` is in time, and at
that very instant it is late. The instant is the clock's when the request arrived, an aware
moment: neither the server's zone nor how long the transaction takes has a say. An institution
with a granted extension has its own instant, before or after the closing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.methodology.periods import Period
from sigpret.web.dates import MONTHS, ROMAN, local
from sigpret.web.statements import Repeated, Row, Statement, columns_of, records_in, send


class Hold(StrEnum):
    """How strongly the round's row is held until the transaction ends."""

    WRITING = "FOR KEY SHARE"
    DECIDING = "FOR NO KEY UPDATE"
    CLOSING = "FOR UPDATE"


class RoundNotOpenError(Exception):
    """The quarter takes no values at this instant; its text says since when, or from when."""


# What an institution was granted, beside the round and in the same statement.
EXTENDED = """(SELECT until FROM monitoring_extension granted WHERE granted.round_id = held.id
    AND granted.institution_id = {institution} AND granted.state = 'granted')"""


def held_round(period: Period, hold: Hold, *, institution_id: int | None = None) -> ReportingRound:
    """The round of a quarter, held until the transaction ends, with that institution's extension.

    Raises RoundNotOpenError when nobody has opened it.
    """
    (rows,) = send(holding(period, hold, institution_id=institution_id))
    return round_in(rows, period)


def holding(period: Period, hold: Hold, *, institution_id: int | None = None) -> Statement:
    """What `held_round` sends, for whoever sends it as the first of several statements."""
    # Django cannot ask for KEY SHARE, the one lock that lets reviewers and writers coexist.
    query = f"""SELECT {columns_of(ReportingRound, "held")},
        {EXTENDED.format(institution="%s")} AS extended_until
        FROM monitoring_reportinground held WHERE period = %s {hold} OF held"""  # noqa: S608
    return Repeated(query, (institution_id, period.code))


def round_in(rows: Sequence[Row], period: Period) -> ReportingRound:
    """The round among the rows of `holding`. Raises RoundNotOpenError when it is not there."""
    for found in records_in(ReportingRound, rows):
        found.extended_until = rows[0][-1]
        return found
    raise RoundNotOpenError(_("El %(quarter)s no está abierto.") % {"quarter": words(period)})


def extended_until(held: ReportingRound) -> datetime | None:
    """When the extension it was held with ends, if there is one."""
    return held.extended_until


def check_accepts(held: ReportingRound, at: datetime) -> None:
    """Writing ends at the deadline itself: at that very instant the quarter is closed.

    An extension moves the instant for its institution, even past the closing.
    """
    quarter, extended = words(Period.parse(held.period)), extended_until(held)
    if extended is None or at >= extended:
        check_open_until(held, at, extended)
    if local_day(at) < held.opens_on:
        raise RoundNotOpenError(
            _("El %(quarter)s abre el %(day)s.")
            % {"quarter": quarter, "day": day_words(held.opens_on)}
        )


def check_open_until(held: ReportingRound, at: datetime, extended: datetime | None) -> None:
    """The deadline everybody has; the sentence tells whoever had more time when it ended."""
    is_closed = held.state == ReportingRound.State.CLOSED
    if not is_closed and at < held.closes_at:
        return
    moment = min(held.closes_at, held.closed_at or held.closes_at)
    raise RoundNotOpenError(
        closed_text(words(Period.parse(held.period)), max(moment, extended or moment))
    )


def check_not_closed(held: ReportingRound) -> None:
    """Decisions are possible after the deadline and never after the closing, but for what an
    institution wrote with an extension that went past it."""
    if held.state != ReportingRound.State.CLOSED:
        return
    closed, extended = held.closed_at or held.closes_at, extended_until(held)
    if extended is None or extended <= closed:
        moment = min(held.closes_at, closed)
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
