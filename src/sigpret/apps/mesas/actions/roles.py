"""A place in a mesa brings the role of its sector, and takes it away when none is left."""

from datetime import date

from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.actions import hold_sector_role, leave_sector_role
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa

Duty = Designation.Duty

#: DIGER's analysts have a role of the whole country already.
ROLES = {
    Duty.TECHNICAL_COORDINATOR: Role.MESA_COORDINATOR,
    Duty.POLITICAL_COORDINATOR: Role.POLITICAL_COORDINATOR,
    Duty.SUPPORT: Role.MESA_MEMBER,
}


def enter_as(user: User | None, role: Role | None, mesa: Mesa, since: date) -> None:
    if user is not None and role is not None:
        hold_sector_role(user=user, role=role, sector_id=mesa.sector_id, since=since)


def leave_if_nothing_is_left(user: User | None, role: Role | None, mesa: Mesa, on: date) -> None:
    """Take the role away unless another place of the person in the mesa still needs it."""
    if user is None or role is None or role in roles_needed(user, mesa, on):
        return
    leave_sector_role(user=user, role=role, sector_id=mesa.sector_id, on=on)


def roles_needed(user: User, mesa: Mesa, on: date) -> set[Role]:
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    duties = Designation.objects.filter(in_force, mesa=mesa, person=user)
    needed = {ROLES[Duty(duty)] for duty in duties.values_list("duty", flat=True) if duty in ROLES}
    accredited = Accreditation.objects.filter(in_force, mesa=mesa, person=user, ended_on=None)
    return needed | ({Role.MESA_MEMBER} if accredited.exists() else set())
