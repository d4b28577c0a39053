"""A place in a mesa brings the role of its sector, and takes it away when none is left."""

from datetime import date, timedelta

from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.actions import hold_sector_role, last_of, leave_sector_role
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa

Duty = Designation.Duty

#: DIGER's analysts have a role of the whole country already.
ROLES = {
    Duty.TECHNICAL_COORDINATOR: Role.MESA_COORDINATOR,
    Duty.POLITICAL_COORDINATOR: Role.POLITICAL_COORDINATOR,
    Duty.SUPPORT: Role.MESA_MEMBER,
}


def enter_as(
    user: User | None, role: Role | None, mesa: Mesa, since: date, until: date | None = None
) -> None:
    """The role lasts as long as the place: reading does not outlive the accreditation."""
    if user is not None and role is not None:
        hold_sector_role(user=user, role=role, sector_id=mesa.sector_id, since=since, until=until)


def leave_if_nothing_is_left(user: User | None, role: Role | None, mesa: Mesa, on: date) -> None:
    """Take the role away, or let it last as long as the other places of the person in the mesa
    that need it."""
    if user is None or role is None:
        return
    ends = ends_of(user, role, mesa, on)
    last = last_of(*ends) if ends else on - timedelta(days=1)
    if last is not None:
        gone_on = last + timedelta(days=1)
        leave_sector_role(user=user, role=role, sector_id=mesa.sector_id, on=gone_on)


def ends_of(user: User, role: Role, mesa: Mesa, on: date) -> list[date | None]:
    """The last day of each place that needs the role on a day or later; None is without end."""
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    duties = [duty for duty, needed in ROLES.items() if needed == role]
    designated = Designation.objects.filter(in_force, mesa=mesa, person=user, duty__in=duties)
    ends = list(designated.values_list("until", flat=True))
    if role == Role.MESA_MEMBER:
        accredited = Accreditation.objects.filter(in_force, mesa=mesa, person=user, ended_on=None)
        ends += accredited.values_list("until", flat=True)
    return ends
