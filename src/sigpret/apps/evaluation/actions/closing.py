"""Closing a quarter: the round's own closing, together with the grades that it makes final."""

from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.evaluation.queries.cut import grade_snapshots
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import (
    close_round,
    confirm_closing,
    record_closing,
    seal_round,
    snapshots_of,
)
from sigpret.apps.monitoring.actions.deadlines import Hold, held_round
from sigpret.apps.monitoring.models import ClosingConfirmation
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.monitoring.queries.snapshots import digest_of_snapshots
from sigpret.methodology.periods import Period


def confirm_quarter(
    *, actor: User, access: Access, period: Period, at: datetime
) -> ClosingConfirmation | None:
    """The first of the two people says yes to what would close now, grades included.

    Raises what `confirm_closing` raises: PermissionDenied, RoundNotOpenError,
    CannotCloseYetError.
    """
    return confirm_closing(
        actor=actor, access=access, period=period, at=at, more_snapshots=grade_snapshots
    )


def close_quarter(
    *,
    actor: User,
    access: Access,
    period: Period,
    at: datetime,
    publish_at: datetime | None = None,
    note: str = "",
) -> RoundFacts:
    """The second person closes: goals, products and grades together or not at all.

    One transaction and one event of the audit chain, both the round's; its digest covers the
    grades. Closing twice has one effect. Raises what `close_round` raises: PermissionDenied,
    RoundNotOpenError, CannotCloseYetError.
    """
    return close_round(
        actor=actor,
        access=access,
        period=period,
        at=at,
        publish_at=publish_at,
        note=note,
        more_snapshots=grade_snapshots,
    )


@transaction.atomic
def seal_past_quarter(
    *, closed_by: User, confirmed_by: User | None, period: Period, at: datetime
) -> None:
    """Bring in a quarter of a country's history as its people closed it, with its event.

    Whoever loads the history answers for it: nobody's permission is asked.
    Raises RoundNotOpenError when there is no such round.
    """
    held = held_round(period, Hold.CLOSING)
    sealed = seal_round(
        held=held,
        closed_by=closed_by,
        confirmed_by=confirmed_by,
        at=at,
        more_snapshots=grade_snapshots,
    )
    record_closing(sealed, held)


@transaction.atomic
def trial_digest(*, period: Period, at: datetime) -> str:
    """The digest a quarter would close with now: computed whole, and nothing is stored.

    Raises RoundNotOpenError when there is no such round.
    """
    held = held_round(period, Hold.WRITING)
    return digest_of_snapshots(snapshots_of(held, at, grade_snapshots))
