"""After a closing: taking it back within a day, opening the quarter again, publishing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, held_round, words
from sigpret.apps.monitoring.actions.round_notices import tell_reopened
from sigpret.apps.monitoring.models import ChangeRequest, Closing, ReportingRound
from sigpret.apps.monitoring.permissions import check_can_close_round
from sigpret.apps.monitoring.queries.editions import REVERSIBLE
from sigpret.apps.monitoring.queries.rounds import RoundFacts, facts_of
from sigpret.methodology.periods import Period


class ReopeningError(Exception):
    """The quarter cannot be opened again, or published, so; its text says why."""


@transaction.atomic
def reopen_round(
    *,
    actor: User,
    access: Access,
    period: Period,
    reason: str,
    at: datetime,
    closes_at: datetime | None = None,
) -> RoundFacts:
    """Open a closed quarter again, with a reason that is public; its next closing is an edition
    more, and what was kept of this one stays.

    Within 24 hours of the closing it is taken back: citizens no longer see it. Later, what was
    published stays published until the next edition; what was to be published is not. The
    requests of change that waited are withdrawn: those data are corrected in their reports.
    With `closes_at` institutions may write again until then; without it only DIGER works.
    Opening one that is open has no effect.
    Raises PermissionDenied, RoundNotOpenError, ReopeningError.
    """
    check_can_close_round(access)
    if not (reason := reason.strip()):
        raise ReopeningError(_("Escriba la nota pública: por qué se reabre el trimestre."))
    if closes_at is not None and closes_at <= at:
        raise ReopeningError(_("El nuevo plazo debe vencer después de hoy."))
    held = held_round(period, Hold.CLOSING)
    if held.state == ReportingRound.State.OPEN:
        return facts_of(held)
    closing = held_closing(held)
    take_back(closing, actor, reason, at)
    withdrawn = withdraw_waiting(period)
    open_again(held, closes_at)
    tell_reopened(held, at)
    record(
        actor=actor,
        action="monitoring.round_reopened",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={
            "period": period.code,
            "edition": closing.edition,
            "digest": closing.digest,
            "reason": reason,
            "is_withdrawn": at <= closing.closed_at + REVERSIBLE,
            "closes_at": closes_at,
            "withdrawn_changes": withdrawn,
        },
    )
    return facts_of(held)


def held_closing(held: ReportingRound) -> Closing:
    return Closing.objects.select_for_update().get(round=held, edition=held.edition)


def take_back(closing: Closing, actor: User, reason: str, at: datetime) -> None:
    """Say who opened it and why; a publication still to come is called off."""
    closing.reopened_at, closing.reopened_by, closing.reopening_reason = at, actor, reason
    if closing.published_at is not None and closing.published_at > at:
        closing.published_at = None
    closing.save(update_fields=["reopened_at", "reopened_by", "reopening_reason", "published_at"])


def withdraw_waiting(period: Period) -> list[int]:
    """The requests of the quarter nobody had decided are withdrawn; their ids."""
    states = ChangeRequest.State
    waiting = ChangeRequest.objects.select_for_update().filter(
        value__period=period.code, state=states.REQUESTED
    )
    ids = sorted(waiting.values_list("pk", flat=True))
    ChangeRequest.objects.filter(pk__in=ids).update(
        state=states.WITHDRAWN,
        decision_note=_("El trimestre se reabrió: el dato se corrige en su reporte."),
    )
    return ids


def open_again(held: ReportingRound, closes_at: datetime | None) -> None:
    """The one change the database allows of a closed round; the deadline moves after it."""
    held.state, held.closed_at, held.closed_by_id = ReportingRound.State.OPEN, None, None
    held.digest, held.edition = "", held.edition + 1
    held.save(update_fields=["state", "closed_at", "closed_by_id", "digest", "edition"])
    if closes_at is not None:
        held.closes_at = closes_at
        held.save(update_fields=["closes_at"])


@transaction.atomic
def publish_closing(
    *, actor: User, access: Access, period: Period, publish_at: datetime, at: datetime
) -> Closing:
    """Say when citizens see the last closing: now, or a moment to come.

    What is already published stays so. Raises PermissionDenied, RoundNotOpenError,
    ReopeningError when the quarter is open or the moment has passed.
    """
    check_can_close_round(access)
    held = held_round(period, Hold.CLOSING)
    if held.state == ReportingRound.State.OPEN:
        raise ReopeningError(
            _("El %(quarter)s está abierto: no hay cierre que publicar.")
            % {"quarter": words(period)}
        )
    closing = held_closing(held)
    if closing.published_at is not None and closing.published_at <= at:
        return closing
    if publish_at < at:
        raise ReopeningError(_("La fecha de publicación ya pasó."))
    if closing.published_at == publish_at:
        return closing
    closing.published_at = publish_at
    closing.save(update_fields=["published_at"])
    record(
        actor=actor,
        action="monitoring.closing_published",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={"period": period.code, "edition": closing.edition, "published_at": publish_at},
    )
    return closing
