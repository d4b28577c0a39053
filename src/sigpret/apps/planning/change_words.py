"""What a person may do with a change of a plan, and the sentence its page begins with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import PlanChangeState
from sigpret.apps.planning.queries.reprogramming import ChangeFacts
from sigpret.apps.planning.step_permissions import (
    can_approve_plan,
    can_decide_plan,
    can_submit_plan,
    is_head,
    why_not_decide,
)

#: States in which the institution may still take it back.
WITHDRAWABLE = frozenset(
    {PlanChangeState.PREPARING, PlanChangeState.SUBMITTED, PlanChangeState.RETURNED}
)


@dataclass(frozen=True, slots=True)
class ChangeRights:
    """The step a person has. `why_not` says why somebody who could may not this time."""

    writes: bool = False
    approves: bool = False
    decides: bool = False
    withdraws: bool = False
    why_not: str = ""


def rights_on_change(access: Access, change: ChangeFacts) -> ChangeRights:
    own, state = change.institution_id, change.state
    is_own = can_submit_plan(access, own)
    approves = state == PlanChangeState.SUBMITTED and can_approve_plan(
        access, own, sent_by=change.requested_by_id
    )
    is_both = state == PlanChangeState.SUBMITTED and is_head(access, own) and not approves
    signers = (change.requested_by_id, change.approved_by_id)
    is_decided = state == PlanChangeState.APPROVED
    why = why_not_decide(access, signers) if is_decided else ""
    return ChangeRights(
        writes=is_own and change.is_written,
        approves=approves,
        decides=is_decided and can_decide_plan(access, own, signed_by=signers),
        withdraws=is_own and state in WITHDRAWABLE,
        why_not=_("Usted lo envió: debe aprobarlo otra persona.") if is_both else why,
    )


def heading_of(change: ChangeFacts) -> str:
    """Where it stands, in a sentence."""
    words = {
        PlanChangeState.PREPARING: _(
            "El plan operativo %(y)s está bloqueado; hay un cambio en preparación"
        ),
        PlanChangeState.SUBMITTED: _("El cambio n.º %(n)s espera a la máxima autoridad"),
        PlanChangeState.APPROVED: _("El cambio n.º %(n)s espera la decisión de DIGER"),
        PlanChangeState.RETURNED: _(
            "El cambio n.º %(n)s se devolvió: corríjalo y envíelo de nuevo"
        ),
        PlanChangeState.ACCEPTED: _("El cambio n.º %(n)s se aceptó y es público"),
        PlanChangeState.REFUSED: _("El cambio n.º %(n)s se rechazó"),
        PlanChangeState.WITHDRAWN: _("El cambio n.º %(n)s se retiró"),
    }
    return words[PlanChangeState(change.state)] % {"n": change.number, "y": change.fiscal_year}


def next_sentence(change: ChangeFacts, version: int) -> str:
    """What happens next, for whoever reads it."""
    if change.state == PlanChangeState.ACCEPTED:
        return _("El plan ya programa lo aceptado. El cambio está en la lista pública.")
    if not change.is_open:
        return _("El plan no cambió.")
    return _(
        "La programación publicada no cambia hasta que DIGER decida. Al aceptarse se crea la "
        "versión %(version)d y el cambio se publica con su motivo."
    ) % {"version": version}
