"""Designating who coordinates, accompanies and supports a mesa, by an act and from a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.actions.roles import NameNeededError, person_with
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.actions.roles import ROLES, enter_as, leave_if_nothing_is_left
from sigpret.apps.mesas.models import Designation, Mesa
from sigpret.apps.mesas.permissions import check_can_accompany
from sigpret.apps.mesas.queries import Standing
from sigpret.web.dates import date_words

Duty = Designation.Duty
#: One person at a time.
SOLE = frozenset({Duty.TECHNICAL_COORDINATOR, Duty.POLITICAL_COORDINATOR})
#: Whom the guidelines look for among the institutions of the mesa, and where.
OF_A_MEMBER = {
    Duty.POLITICAL_COORDINATOR: gettext_lazy(
        "La Presidencia designa la coordinación política entre las máximas autoridades de la "
        "mesa: elija de qué institución es."
    ),
    Duty.SUPPORT: gettext_lazy(
        "El equipo de apoyo lo definen las UPGRET de la mesa: elija de qué institución es."
    ),
}


class DesignationError(Exception):
    """The designation cannot be so; its text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who is designated to what, by which act, from which day. `full_name` and `position` are
    needed for somebody without an account."""

    duty: str
    email: str
    act: str
    since: date
    full_name: str = ""
    position: str = ""
    institution_id: int | None = None


@transaction.atomic
def designate(
    *, actor: User, standing: Standing, act: Act, relieves: bool = False, at: datetime
) -> Designation:
    """Designate somebody, with an account and the role that goes with the duty.

    `relieves` ends the coordination in force the day before. The same act twice is one
    designation. Raises PermissionDenied and DesignationError.
    """
    check_can_designate(standing, act.duty)
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    check_is_of_a_member(mesa, act)
    person = account_of(act)
    in_force = Designation.objects.filter(mesa=mesa, duty=act.duty).exclude(until__lt=act.since)
    known = in_force.filter(person=person).first()
    if known is not None:
        return known
    current = in_force.select_related("person").first() if act.duty in SOLE else None
    relieve(mesa, current, act.since, relieves)
    made = Designation.objects.create(
        mesa=mesa,
        duty=act.duty,
        person=person,
        institution_id=act.institution_id,
        act=act.act.strip(),
        since=act.since,
        designated_by=actor,
    )
    enter_as(person, ROLES.get(Duty(act.duty)), mesa, act.since)
    note(made, actor, "designated", at, relieved=current.pk if current else None)
    return made


@transaction.atomic
def end_designation(
    *, actor: User, standing: Standing, designation_id: int, until: date, at: datetime
) -> Designation:
    """End a designation on a day (its last one); already ended, nothing happens.

    Raises PermissionDenied, DesignationError and Designation.DoesNotExist.
    """
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    made = Designation.objects.select_related("person").get(pk=designation_id, mesa=mesa)
    check_can_designate(standing, made.duty)
    if made.until is not None:
        return made
    close(mesa, made, until)
    note(made, actor, "designation_ended", at)
    return made


def check_can_designate(standing: Standing, duty: str) -> None:
    """DIGER registers the acts; its own analysts are assigned by its administration."""
    check_can_accompany(standing)
    if duty == Duty.ANALYST and not standing.access.has(Role.ADMINISTRATOR):
        raise PermissionDenied(
            _("A las analistas de una mesa las asigna la administración de DIGER.")
        )


def check_is_of_a_member(mesa: Mesa, act: Act) -> None:
    """«dentro del conjunto de Máximas Autoridades que lo conforman la Mesa»; «definido a nivel de
    las UPGRETs de las instituciones relacionadas». Raises DesignationError."""
    sentence = OF_A_MEMBER.get(Duty(act.duty))
    if sentence is None:
        return
    members = Institution.objects.filter(sectors=mesa.sector_id)
    if act.institution_id is None or not members.filter(pk=act.institution_id).exists():
        raise DesignationError(str(sentence))


def account_of(act: Act) -> User:
    """The person of the address; an analyst must be one already. Raises DesignationError."""
    if not act.act.strip():
        raise DesignationError(_("Escriba el acto que la designa."))
    if act.duty == Duty.ANALYST:
        return analyst_of(act.email)
    try:
        person, is_new = person_with(act.email, act.full_name)
    except NameNeededError as missing:
        raise DesignationError(str(missing)) from None
    if is_new and act.position.strip():
        person.position = act.position.strip()
        person.save(update_fields=["position"])
    return person


def analyst_of(email: str) -> User:
    found = User.objects.filter(email__iexact=email.strip(), memberships__role=Role.ANALYST).first()
    if found is None:
        raise DesignationError(_("Ese correo no es de una analista de DIGER."))
    return found


def relieve(mesa: Mesa, current: Designation | None, since: date, relieves: bool) -> None:
    """Let go whoever coordinates now. Raises DesignationError when nobody said so."""
    if current is None:
        return
    if not relieves:
        raise DesignationError(
            _(
                "%(name)s ya tiene esa coordinación desde el %(day)s. Marque que la nueva "
                "designación la releva o termine antes la vigente."
            )
            % {"name": current.person.full_name, "day": date_words(current.since)}
        )
    close(mesa, current, since - timedelta(days=1))


def close(mesa: Mesa, made: Designation, until: date) -> None:
    if until < made.since:
        raise DesignationError(
            _("La designación empezó el %(day)s: no puede terminar antes.")
            % {"day": date_words(made.since)}
        )
    made.until = until
    made.save(update_fields=["until"])
    role = ROLES.get(Duty(made.duty))
    leave_if_nothing_is_left(made.person, role, mesa, until + timedelta(days=1))


def note(
    made: Designation, actor: User, event: str, at: datetime, relieved: int | None = None
) -> None:
    record(
        actor=actor,
        action=f"mesas.{event}",
        subject_type="designation",
        subject_id=made.pk,
        payload={
            "mesa": made.mesa_id,
            "duty": made.duty,
            "person": made.person.full_name,
            "act": made.act,
            "since": made.since,
            "until": made.until,
            "at": at,
            "relieved": relieved,
        },
    )
