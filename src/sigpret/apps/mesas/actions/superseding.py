"""Agreements are final: what was agreed wrongly is corrected by a later agreement."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.agreement_notices import number_of, tell_changed
from sigpret.apps.mesas.actions.agreements import (
    AgreementError,
    Following,
    changed,
    check_is_current,
    check_is_final,
    check_is_open,
    held,
    settled,
)
from sigpret.apps.mesas.agreement_permissions import check_can_govern
from sigpret.apps.mesas.models import Agreement, AgreementStep
from sigpret.apps.mesas.queries.standing import Standing

Kind, State = AgreementStep.Kind, Agreement.State


@transaction.atomic
def supersede(*, following: Following, by_agreement_id: int) -> Agreement:
    """Let a later agreement of the mesa take the place of one that is open.

    Once is enough. Raises PermissionDenied, AgreementError, StaleFollowUpError and
    Agreement.DoesNotExist.
    """
    agreement = held(following)
    check_can_govern(following.standing)
    later = Agreement.objects.select_related("meeting").get(
        pk=by_agreement_id, mesa=agreement.mesa_id
    )
    if later.supersedes_id == agreement.pk and agreement.state == State.WITHOUT_EFFECT:
        return agreement
    check_is_current(agreement, following)
    check_is_open(agreement)
    check_is_final(agreement)
    if not is_later(later, agreement):
        raise AgreementError(_("Lo sustituye un acuerdo posterior de la misma mesa."))
    if later.supersedes_id is not None:
        raise AgreementError(_("Ese acuerdo ya sustituye a otro."))
    later.supersedes = agreement
    later.save(update_fields=["supersedes"])
    agreement.state = State.WITHOUT_EFFECT
    return changed(agreement, following, replacement(later))


@transaction.atomic
def settle_superseded(
    *, actor: User, standing: Standing, meeting_id: int, at: datetime
) -> tuple[Agreement, ...]:
    """What the agreements of a meeting say they supersede is left without effect, when its
    minutes are distributed; those that were left. Running it twice changes nothing."""
    later = Agreement.objects.filter(meeting=meeting_id).order_by("number")
    done = []
    for one in later.select_related("meeting"):
        if one.supersedes_id is None:
            continue
        following = Following(actor, standing, one.supersedes_id, 0, at)
        old = held(following)
        if old.state in (State.PENDING, State.IN_PROGRESS):
            old.state = State.WITHOUT_EFFECT
            step = replacement(one)
            settled(old, following, step)
            tell_changed(old, step, by=actor, at=at)
            done.append(old)
    return tuple(done)


def replacement(later: Agreement) -> AgreementStep:
    text = _("Lo sustituye el acuerdo %(number)s: %(text)s")
    return AgreementStep(
        kind=Kind.SUPERSEDED, text=text % {"number": number_of(later), "text": later.text}
    )


def is_later(later: Agreement, than: Agreement) -> bool:
    order = (later.meeting.starts_at, later.meeting_id, later.number)
    return order > (than.meeting.starts_at, than.meeting_id, than.number)
