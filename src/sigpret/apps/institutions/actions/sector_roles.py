"""The role of a sector that comes and goes with a place in its mesa.

Whoever calls decided who may do it and leaves the event: here only the role changes.
"""

from datetime import date, timedelta

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership


@transaction.atomic
def hold_sector_role(*, user: User, role: Role, sector_id: int, since: date) -> bool:
    """The person holds the role in the sector from a day on, without end; False when they did.

    A role that ended is taken up again; one that starts later starts earlier.
    """
    held, is_new = Membership.objects.select_for_update().get_or_create(
        user=user,
        role=role,
        institution=None,
        sector_id=sector_id,
        defaults={"valid_from": since},
    )
    starts = min(held.valid_from, since)
    if not is_new and (held.valid_until is not None or held.valid_from != starts):
        held.valid_from, held.valid_until, is_new = starts, None, True
        held.save(update_fields=["valid_from", "valid_until"])
    return is_new


@transaction.atomic
def leave_sector_role(*, user: User, role: Role, sector_id: int, on: date) -> bool:
    """The person no longer holds the role in the sector from a day on; False when they did not."""
    held = (
        Membership.objects.select_for_update()
        .filter(user=user, role=role, institution=None, sector_id=sector_id, valid_until=None)
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
