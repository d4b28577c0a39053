"""Closing a quarter: two people confirm, it is evaluated once more, and its edition is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.audit.queries import chain_head
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, day_words, held_round, words
from sigpret.apps.monitoring.actions.evaluation import store_evaluation
from sigpret.apps.monitoring.actions.round_notices import tell_closed
from sigpret.apps.monitoring.actions.snapshots import store_snapshots
from sigpret.apps.monitoring.models import Closing, ClosingConfirmation, ReportingRound
from sigpret.apps.monitoring.permissions import check_can_close_round
from sigpret.apps.monitoring.queries.closing import InstitutionCount, undecided_values
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    evaluate_country,
    nothing_to_collect,
)
from sigpret.apps.monitoring.queries.extensions import Excuse, excuses
from sigpret.apps.monitoring.queries.rounds import RoundFacts, facts_of
from sigpret.apps.monitoring.queries.snapshots import (
    NewSnapshot,
    digest_of_snapshots,
    goal_snapshots,
    in_order,
    product_snapshots,
)
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period

MoreSnapshots = Callable[[CountryEvaluation, Mapping[int, Excuse]], Iterable[NewSnapshot]]


class CannotCloseYetError(Exception):
    """Something must happen before the quarter can close; its text says what."""


class BeforeDeadlineError(CannotCloseYetError):
    """Institutions still have time to report."""


class EarlierRoundOpenError(CannotCloseYetError):
    """An earlier quarter is open: what is decided in it would change this one."""


class ConfirmationMissingError(CannotCloseYetError):
    """Nobody else has confirmed this closing: two people do it."""


class ChangedSinceConfirmationError(CannotCloseYetError):
    """What would close is not what the first person confirmed; their confirmation is undone."""


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


def nothing_more(
    _evaluation: CountryEvaluation, _excuses: Mapping[int, Excuse]
) -> Iterable[NewSnapshot]:
    return ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A closing that has just been stored, with how many snapshots it kept."""

    closing: Closing
    snapshots: int


@transaction.atomic
def confirm_closing(
    *,
    actor: User,
    access: Access,
    period: Period,
    at: datetime,
    more_snapshots: MoreSnapshots = nothing_more,
) -> ClosingConfirmation | None:
    """The first of the two people says yes to what would close now; nothing closes yet.

    What they confirm is its digest: if anything changes before the second person, it is undone.
    Confirming again takes what there is now. None when the quarter is already closed. Raises
    PermissionDenied, RoundNotOpenError, and CannotCloseYetError for the same reasons as closing.
    """
    check_can_close_round(access)
    held = held_round(period, Hold.CLOSING)
    if held.state == ReportingRound.State.CLOSED:
        return None
    check_can_close_now(held, at)
    seen = digest_of_snapshots(snapshots_of(held, at, more_snapshots))
    ClosingConfirmation.objects.filter(round=held, edition=held.edition).delete()
    confirmation = ClosingConfirmation.objects.create(
        round=held, edition=held.edition, confirmed_by=actor, confirmed_at=at, seen_digest=seen
    )
    record(
        actor=actor,
        action="monitoring.closing_confirmed",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={"period": period.code, "edition": held.edition, "digest": seen},
    )
    return confirmation


def close_round(
    *,
    actor: User,
    access: Access,
    period: Period,
    at: datetime,
    publish_at: datetime | None = None,
    note: str = "",
    more_snapshots: MoreSnapshots = nothing_more,
) -> RoundFacts:
    """The second person closes a quarter: evaluate it, store its edition and its digest.

    `more_snapshots` lets the apps above add theirs (the institutions' grades), so that the
    digest covers them. Citizens see it from `publish_at`, or at once. Closing twice has one
    effect. What is draft or returned counts as not reported. Raises PermissionDenied,
    RoundNotOpenError when there is no such round, and CannotCloseYetError: BeforeDeadlineError,
    EarlierRoundOpenError, UndecidedValuesError while values wait for a decision,
    ConfirmationMissingError, ChangedSinceConfirmationError.
    """
    check_can_close_round(access)
    try:
        return confirmed_close(
            actor=actor,
            period=period,
            at=at,
            publish_at=publish_at,
            note=note,
            more_snapshots=more_snapshots,
        )
    except ChangedSinceConfirmationError:
        # The closing left no trace; that the first confirmation no longer holds must.
        undo_confirmation(actor=actor, period=period)
        raise


@transaction.atomic
def confirmed_close(
    *,
    actor: User,
    period: Period,
    at: datetime,
    publish_at: datetime | None,
    note: str,
    more_snapshots: MoreSnapshots,
) -> RoundFacts:
    """The closing itself, whole or not at all."""
    held = held_round(period, Hold.CLOSING)
    if held.state == ReportingRound.State.CLOSED:
        return facts_of(held)
    check_can_close_now(held, at)
    first = first_confirmation(held, actor)
    sealed = seal_round(
        held=held,
        closed_by=actor,
        confirmed_by=first.confirmed_by,
        at=at,
        publish_at=publish_at,
        note=note,
        more_snapshots=more_snapshots,
    )
    if sealed.closing.digest != first.seen_digest:
        raise ChangedSinceConfirmationError(
            _("Algo cambió desde que %(name)s confirmó: revise de nuevo y confirmen los dos.")
            % {"name": first.confirmed_by}
        )
    tell_closed(held, at)
    record_closing(sealed, held)
    return facts_of(held)


def first_confirmation(held: ReportingRound, actor: User) -> ClosingConfirmation:
    """What somebody else confirmed of this edition."""
    confirmations = ClosingConfirmation.objects.select_related("confirmed_by")
    first = confirmations.filter(round=held, edition=held.edition).first()
    if first is None:
        raise ConfirmationMissingError(_("Falta que otra persona de DIGER confirme primero."))
    if first.confirmed_by_id == actor.pk:
        raise ConfirmationMissingError(
            _("Usted ya confirmó este cierre: debe cerrarlo otra persona.")
        )
    return first


@transaction.atomic
def undo_confirmation(*, actor: User, period: Period) -> None:
    """The first confirmation no longer says what would close."""
    held = held_round(period, Hold.CLOSING)
    ClosingConfirmation.objects.filter(round=held, edition=held.edition).delete()
    record(
        actor=actor,
        action="monitoring.closing_confirmation_undone",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={"period": period.code, "edition": held.edition},
    )


def record_closing(sealed: Sealed, held: ReportingRound) -> None:
    """The event of the chain that carries a closing's digest."""
    closing = sealed.closing
    record(
        actor=closing.closed_by,
        action="monitoring.round_closed",
        subject_type="reporting_round",
        subject_id=held.period,
        payload={
            "period": held.period,
            "edition": closing.edition,
            "confirmed_by": closing.confirmed_by_id,
            "published_at": closing.published_at,
            "snapshots": sealed.snapshots,
            "digest": closing.digest,
            "policy_version": held.policy_version,
        },
    )


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
    if waiting := undecided_values(period, excused=excuses(held.pk, at)):
        raise UndecidedValuesError(waiting)


def snapshots_of(
    held: ReportingRound, at: datetime, more_snapshots: MoreSnapshots = nothing_more
) -> Iterator[NewSnapshot]:
    """All that a closing at this moment would keep; nothing is stored."""
    period = Period.parse(held.period)
    evaluation = evaluate_country(period=period, policy=policy_for(period))
    return all_snapshots(evaluation, excuses(held.pk, at), more_snapshots)


def all_snapshots(
    evaluation: CountryEvaluation, excused: Mapping[int, Excuse], more_snapshots: MoreSnapshots
) -> Iterator[NewSnapshot]:
    """Everything a closing keeps, in the order of its digest."""
    more = sorted(more_snapshots(evaluation, excused), key=attrgetter("kind", "subject_id"))
    return in_order(goal_snapshots(evaluation), product_snapshots(evaluation), more)


@nothing_to_collect()
def seal_round(
    *,
    held: ReportingRound,
    closed_by: User | None,
    at: datetime,
    confirmed_by: User | None = None,
    publish_at: datetime | None = None,
    note: str = "",
    more_snapshots: MoreSnapshots = nothing_more,
) -> Sealed:
    """Evaluate a held round, store its edition and mark it closed.

    No permission and no event: `close_round` is what people do; this is also how the rounds
    of the past enter with a country's history.
    """
    period = Period.parse(held.period)
    policy = policy_for(period)
    evaluation = evaluate_country(period=period, policy=policy)
    store_evaluation(evaluation)
    kept = all_snapshots(evaluation, excuses(held.pk, at), more_snapshots)
    count, digest = store_snapshots(held=held, snapshots=kept)
    held.state, held.digest = ReportingRound.State.CLOSED, digest
    held.closed_at, held.closed_by_id = at, closed_by.pk if closed_by else None
    held.policy_version = policy.version
    held.save(update_fields=["state", "digest", "closed_at", "closed_by_id", "policy_version"])
    closing = Closing.objects.create(
        round=held,
        edition=held.edition,
        closed_at=at,
        closed_by=closed_by,
        confirmed_by=confirmed_by,
        digest=digest,
        chain_head=chain_head(),
        note=note.strip(),
        published_at=max(at, publish_at or at),
    )
    return Sealed(closing, count)
