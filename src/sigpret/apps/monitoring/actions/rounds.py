"""Closing a quarter: evaluated once more, kept for ever."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, day_words, held_round, words
from sigpret.apps.monitoring.actions.evaluation import store_evaluation
from sigpret.apps.monitoring.actions.snapshots import store_snapshots
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.permissions import check_can_close_round
from sigpret.apps.monitoring.queries.closing import InstitutionCount, undecided_values
from sigpret.apps.monitoring.queries.evaluation import CountryEvaluation, evaluate_country
from sigpret.apps.monitoring.queries.rounds import RoundFacts, facts_of
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot, goal_snapshots, product_snapshots
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period

MoreSnapshots = Callable[[CountryEvaluation], Iterable[NewSnapshot]]


class CannotCloseYetError(Exception):
    """Something must happen before the quarter can close; its text says what."""


class BeforeDeadlineError(CannotCloseYetError):
    """Institutions still have time to report."""


class EarlierRoundOpenError(CannotCloseYetError):
    """An earlier quarter is open: what is decided in it would change this one."""


class UndecidedValuesError(CannotCloseYetError):
    """Values were sent and nobody decided them; `waiting` says how many and whose."""

    def __init__(self, waiting: tuple[InstitutionCount, ...]) -> None:
        total = sum(one.values for one in waiting)
        whose = ", ".join(f"{one.name} ({one.values})" for one in waiting)
        super().__init__(
            ngettext(
                "Falta decidir %(total)d dato enviado: %(whose)s.",
                "Falta decidir %(total)d datos enviados: %(whose)s.",
                total,
            )
            % {"total": total, "whose": whose}
        )
        self.waiting = waiting


def nothing_more(_evaluation: CountryEvaluation) -> Iterable[NewSnapshot]:
    return ()


@transaction.atomic
def close_round(
    *,
    actor: User,
    access: Access,
    period: Period,
    at: datetime,
    more_snapshots: MoreSnapshots = nothing_more,
) -> RoundFacts:
    """Close a quarter for ever: evaluate it, store its snapshots and their digest.

    `more_snapshots` lets the apps above add theirs (the institutions' grades), so that the
    digest covers them. Closing twice has one effect. What is draft or returned counts as not
    reported. Raises PermissionDenied, RoundNotOpenError when there is no such round,
    BeforeDeadlineError, EarlierRoundOpenError, and UndecidedValuesError while values wait for a
    decision.
    """
    check_can_close_round(access)
    held = held_round(period, Hold.CLOSING)
    if held.state == ReportingRound.State.CLOSED:
        return facts_of(held)
    check_can_close_now(held, at)
    count = seal_round(held=held, closed_by=actor, at=at, more_snapshots=more_snapshots)
    record(
        actor=actor,
        action="monitoring.round_closed",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={
            "period": period.code,
            "snapshots": count,
            "digest": held.digest,
            "policy_version": held.policy_version,
        },
    )
    return facts_of(held)


def check_can_close_now(held: ReportingRound, at: datetime) -> None:
    """After its deadline, after every quarter before it, with nothing waiting for a decision."""
    period = Period.parse(held.period)
    if at < held.closes_at:
        raise BeforeDeadlineError(
            _("El %(quarter)s recibe reportes hasta el %(day)s: se cierra después de ese plazo.")
            % {"quarter": words(period), "day": day_words(held.closes_at)}
        )
    open_before = ReportingRound.objects.filter(
        state=ReportingRound.State.OPEN, period__lt=held.period
    ).first()
    if open_before is not None:
        raise EarlierRoundOpenError(
            _("Cierre primero el %(earlier)s: sigue abierto.")
            % {"earlier": Period.parse(open_before.period).label}
        )
    if waiting := undecided_values(period):
        raise UndecidedValuesError(waiting)


def seal_round(
    *,
    held: ReportingRound,
    closed_by: User | None,
    at: datetime,
    more_snapshots: MoreSnapshots = nothing_more,
) -> int:
    """Evaluate a held round, store its snapshots and mark it closed; how many were stored.

    No permission and no event: `close_round` is what people do; this is also how the rounds
    of the past enter with a country's history.
    """
    period = Period.parse(held.period)
    policy = policy_for(period)
    evaluation = evaluate_country(period=period, policy=policy)
    store_evaluation(evaluation)
    count, digest = store_snapshots(
        held=held,
        snapshots=[
            *goal_snapshots(evaluation),
            *product_snapshots(evaluation),
            *more_snapshots(evaluation),
        ],
    )
    held.state, held.digest = ReportingRound.State.CLOSED, digest
    held.closed_at, held.closed_by_id = at, closed_by.pk if closed_by else None
    held.policy_version = policy.version
    held.save(update_fields=["state", "digest", "closed_at", "closed_by_id", "policy_version"])
    return count
