"""The role of a sector that comes and goes with a place in its mesa.

Whoever calls decided who may do it and leaves the event: here only the role changes.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership


@transaction.atomic
def hold_sector_role(
    *, user: User, role: Role, sector_id: int, since: date, until: date | None = None
) -> bool:
    """The person holds the role in the sector from a day on, to the last day or without end;
    False when they did.

    A role that ended is taken up again; one that starts later or ends earlier is held longer.
    """
    held, is_new = Membership.objects.select_for_update().get_or_create(
        user=user,
        role=role,
        institution=None,
        sector_id=sector_id,
        defaults={"valid_from": since, "valid_until": until},
    )
    term = min(held.valid_from, since), last_of(held.valid_until, until)
    if not is_new and term != (held.valid_from, held.valid_until):
        (held.valid_from, held.valid_until), is_new = term, True
        held.save(update_fields=["valid_from", "valid_until"])
    return is_new


def last_of(*days: date | None) -> date | None:
    """The latest of some last days; None is without end."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


@transaction.atomic
def leave_sector_role(*, user: User, role: Role, sector_id: int, on: date) -> bool:
    """The person no longer holds the role in the sector from a day on; False when they did not."""
    held = (
        Membership.objects.select_for_update()
        .filter(
            Q(valid_until=None) | Q(valid_until__gte=on),
            user=user,
            role=role,
            institution=None,
            sector_id=sector_id,
        )
        .first()
    )
    if held is None:
        return False
    last = on - timedelta(days=1)
    if last < held.valid_from:
        held.delete()
        return True
    held.valid_until = last
    held.save(update_fields=["valid_until"])
    return True
