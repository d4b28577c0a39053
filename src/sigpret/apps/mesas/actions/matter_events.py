"""The trace of a matter that was raised, and its end when nothing is left to decide."""

from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.models import Agreement, Escalation

State = Escalation.State


def withdraw_what_waited(agreement: Agreement, *, actor: User, why: str) -> None:
    """Nobody has to decide about an agreement that is fulfilled or without effect: what still
    waited for a decision is withdrawn with that reason. Inside the transaction that settles it."""
    waiting = agreement.escalations.select_for_update().filter(state=State.OPEN)
    for matter in waiting.order_by("pk"):
        words = {"state": agreement.get_state_display(), "why": why}
        matter.state, matter.version = State.WITHDRAWN, matter.version + 1
        matter.outcome = _("El acuerdo quedó %(state)s. %(why)s") % words
        matter.save()
        note(matter, actor, "withdrawn", matter.outcome)


def note(matter: Escalation, actor: User, deed: str, text: str) -> None:
    record(
        actor=actor,
        action=f"mesas.matter_{deed}",
        subject_type="escalation",
        subject_id=matter.pk,
        payload={
            "mesa_id": matter.mesa_id,
            "agreement_id": matter.agreement_id,
            "to": matter.to,
            "owner_id": matter.owner_id,
            "due_on": matter.due_on,
            "text": text,
            "version": matter.version,
        },
    )
