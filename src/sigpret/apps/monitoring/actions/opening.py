"""Opening a quarter: from that day the board says what is due and what is not."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import (
    Hold,
    check_not_closed,
    held_round,
    words,
)
from sigpret.apps.monitoring.actions.evaluation import evaluate_open
from sigpret.apps.monitoring.actions.round_notices import tell_opened
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.permissions import check_can_open_round
from sigpret.apps.monitoring.queries.rounds import RoundFacts, facts_of, local_day
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period, PeriodKind


class CannotOpenRoundError(Exception):
    """The quarter cannot be opened so; its text says why."""


@transaction.atomic
def open_round(
    *, actor: User | None, access: Access, period: Period, closes_at: datetime, at: datetime
) -> RoundFacts:
    """Open a quarter to reports until `closes_at` (aware), and evaluate it once with nothing in.

    It opens the day after the quarter ends, or today if that has passed; `actor` None is the
    system, from the server's command line. Opening it again with the same deadline has no effect.
    Raises PermissionDenied and CannotOpenRoundError: not a quarter, open with another deadline,
    already closed, or a deadline before it opens.
    """
    check_can_open_round(access)
    check_is_quarter(period)
    opens_on = max(period.end + timedelta(days=1), local_day(at))
    if closes_at <= at or local_day(closes_at) < opens_on:
        raise CannotOpenRoundError(_("El plazo debe vencer después de que el trimestre abra."))
    found, is_new = ReportingRound.objects.get_or_create(
        period=period.code, defaults={"opens_on": opens_on, "closes_at": closes_at}
    )
    if not is_new:
        return same_round(found, closes_at)
    evaluation = evaluate_open(period=period, policy=policy_for(period))
    tell_opened(found, at)
    record(
        actor=actor,
        action="monitoring.round_opened",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={
            "period": period.code,
            "opens_on": opens_on.isoformat(),
            "closes_at": closes_at.isoformat(),
            "goals": len(evaluation.goals),
            "policy_version": evaluation.policy.version,
        },
    )
    return facts_of(found)


@transaction.atomic
def change_deadline(
    *,
    actor: User,
    access: Access,
    period: Period,
    closes_at: datetime,
    reason: str,
    at: datetime,
) -> RoundFacts:
    """Give everybody another deadline, with a reason; the same one again has no effect.

    A moment that has passed is refused: nobody is made late afterwards. Raises
    PermissionDenied, RoundNotOpenError when it is closed or nobody opened it, and
    CannotOpenRoundError.
    """
    check_can_open_round(access)
    held = held_round(period, Hold.CLOSING)
    check_not_closed(held)
    if held.closes_at == closes_at:
        return facts_of(held)
    if not (reason := reason.strip()):
        raise CannotOpenRoundError(_("Escriba por qué cambia el plazo."))
    if closes_at <= at or local_day(closes_at) < held.opens_on:
        raise CannotOpenRoundError(_("El plazo nuevo debe vencer después de hoy."))
    before, held.closes_at = held.closes_at, closes_at
    held.save(update_fields=["closes_at"])
    tell_opened(held, at)
    record(
        actor=actor,
        action="monitoring.deadline_changed",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={"period": period.code, "old": before, "new": closes_at, "reason": reason},
    )
    return facts_of(held)


def check_is_quarter(period: Period) -> None:
    if period.kind is not PeriodKind.QUARTER:
        raise CannotOpenRoundError(_("Sólo se abren trimestres: escriba 2026-Q3."))


def same_round(found: ReportingRound, closes_at: datetime) -> RoundFacts:
    """What was already opened, if it was asked for just as it is."""
    quarter = {"quarter": words(Period.parse(found.period))}
    if found.state == ReportingRound.State.CLOSED:
        raise CannotOpenRoundError(_("El %(quarter)s ya se cerró.") % quarter)
    if found.closes_at != closes_at:
        raise CannotOpenRoundError(_("El %(quarter)s ya está abierto, con otro plazo.") % quarter)
    return facts_of(found)
