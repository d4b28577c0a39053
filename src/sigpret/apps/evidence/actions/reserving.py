"""What keeps an evidence from the public, and putting away one that proves nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.evidence.permissions import check_can_add_evidence
from sigpret.apps.institutions.queries import Access

LONGEST_GROUND = 500
SHORTEST_GROUND = 10


class GroundMissingError(Exception):
    """A reservation without the law it rests on."""


class UnusableEvidenceError(Exception):
    """The evidence was withdrawn, or is in use and cannot be."""


@transaction.atomic
def reserve_evidence(
    *, actor: User, access: Access, evidence_id: int, legal_ground: str, at: datetime
) -> bool:
    """Keep an evidence from the public, with its legal ground; False when it already was so.

    Raises PermissionDenied, GroundMissingError, UnusableEvidenceError, Evidence.DoesNotExist.
    """
    ground = "".join(filter(str.isprintable, " ".join(legal_ground.split())))
    held = held_evidence(access, evidence_id)
    if not SHORTEST_GROUND <= len(ground) <= LONGEST_GROUND:
        raise GroundMissingError(
            _(
                "Escriba el fundamento legal de la reserva: la ley, el artículo y por qué aplica "
                "(hasta 500 letras)."
            )
        )
    if held.is_reserved and held.legal_ground == ground:
        return False
    change(held, actor, at, "evidence.reserved", is_reserved=True, legal_ground=ground)
    return True


@transaction.atomic
def lift_reservation(*, actor: User, access: Access, evidence_id: int, at: datetime) -> bool:
    """Let the public have it again; False when it was not reserved.

    Raises PermissionDenied, UnusableEvidenceError and Evidence.DoesNotExist.
    """
    held = held_evidence(access, evidence_id)
    if not held.is_reserved:
        return False
    change(held, actor, at, "evidence.reservation_lifted", is_reserved=False, legal_ground="")
    return True


@transaction.atomic
def put_away_evidence(
    *, actor: User, access: Access, evidence_id: int, is_used: bool, at: datetime
) -> bool:
    """Withdraw an evidence nobody shows for any value; `is_used` is what its users found out
    while holding it. The bytes stay. False when it was withdrawn already.

    Raises PermissionDenied, UnusableEvidenceError and Evidence.DoesNotExist.
    """
    held = locked(evidence_id)
    check_can_add_evidence(access, held.institution_id)
    if held.withdrawn_at is not None:
        return False
    if is_used:
        raise UnusableEvidenceError(
            _("Esta evidencia se usa en un dato: quítela de los datos antes de retirarla.")
        )
    change(held, actor, at, "evidence.withdrawn", withdrawn_at=at)
    return True


def held_evidence(access: Access, evidence_id: int) -> Evidence:
    """The evidence, locked, for somebody who may change it."""
    held = locked(evidence_id)
    check_can_add_evidence(access, held.institution_id)
    if held.withdrawn_at is not None:
        raise UnusableEvidenceError(_("Esta evidencia fue retirada."))
    return held


def locked(evidence_id: int) -> Evidence:
    return Evidence.objects.select_for_update(of=("self",)).get(pk=evidence_id)


def change(held: Evidence, actor: User, at: datetime, action: str, **fields: object) -> None:
    before = {name: getattr(held, name) for name in fields}
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=[*fields])
    record(
        actor=actor,
        action=action,
        subject_type="evidence",
        subject_id=held.pk,
        payload={"old": before, "new": fields, "at": at},
    )
