"""How figures reach the system: each mechanism is added, and ended when it is not used anymore."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import InformationMechanism, Mesa
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.results.models import Goal


class MechanismError(Exception):
    """It cannot be written; its text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class TypedMechanism:
    """A mechanism as it is typed."""

    text: str
    source: str
    frequency: str
    institution_id: int
    responsible: str = ""
    goal_id: int | None = None


@transaction.atomic
def add_mechanism(
    *, actor: User, standing: Standing, typed: TypedMechanism
) -> InformationMechanism:
    """Add a mechanism; the same information of the same institution, in use, is the same one.

    Raises PermissionDenied and MechanismError.
    """
    check_can_write(standing)
    mesa = Mesa.objects.select_for_update(of=("self",)).get(pk=standing.mesa_id)
    text, source, frequency = (said.strip() for said in (typed.text, typed.source, typed.frequency))
    if not (text and source and frequency):
        raise MechanismError(_("Escriba qué información es, de dónde sale y cada cuánto."))
    place = Institution.objects.filter(pk=typed.institution_id, sectors=mesa.sector_id).first()
    if place is None:
        raise MechanismError(_("Elija una institución de la mesa."))
    in_use = InformationMechanism.objects.filter(mesa=mesa, ended_on__isnull=True)
    found: InformationMechanism | None = in_use.filter(text=text, institution=place).first()
    if found is not None:
        return found
    goal = Goal.objects.filter(pk=typed.goal_id or 0, sector=mesa.sector_id).first()
    mechanism = InformationMechanism.objects.create(
        mesa=mesa,
        text=text,
        source=source,
        frequency=frequency,
        institution=place,
        responsible=typed.responsible.strip(),
        goal=goal,
    )
    note(mechanism, actor, "added")
    return mechanism


@transaction.atomic
def end_mechanism(
    *, actor: User, standing: Standing, mechanism_id: int, on: date
) -> InformationMechanism:
    """Say it is not used anymore; doing it again changes nothing.

    Raises PermissionDenied and InformationMechanism.DoesNotExist.
    """
    check_can_write(standing)
    mechanism: InformationMechanism = InformationMechanism.objects.select_for_update().get(
        pk=mechanism_id, mesa=standing.mesa_id
    )
    if mechanism.ended_on is not None:
        return mechanism
    mechanism.ended_on, mechanism.version = on, mechanism.version + 1
    mechanism.save()
    note(mechanism, actor, "ended")
    return mechanism


def note(mechanism: InformationMechanism, actor: User, deed: str) -> None:
    record(
        actor=actor,
        action=f"mesas.mechanism_{deed}",
        subject_type="information_mechanism",
        subject_id=mechanism.pk,
        payload={
            "mesa_id": mechanism.mesa_id,
            "text": mechanism.text,
            "source": mechanism.source,
            "institution_id": mechanism.institution_id,
            "ended_on": mechanism.ended_on,
            "version": mechanism.version,
        },
    )
