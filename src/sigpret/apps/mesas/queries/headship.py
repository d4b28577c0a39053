"""Which seats of the political level make their holder a head authority of the mesa."""

from django.db.models import Exists, F, OuterRef, Q

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.mesas.models.mesa import Level


def makes_head() -> Q:
    """A seat of an accreditation that DIGER or the institution's head authority gave.

    One its own holder made, or whoever only registered for the institution that day, makes
    nobody a head authority: they would approve in the name of who appointed nobody.
    """
    return (
        Q(level=Level.POLITICAL)
        & (Q(person__isnull=True) | ~Q(person=F("accredited_by")))
        & (~Q(held_then(Role.REGISTRAR)) | Q(held_then(Role.APPROVER)))
    )


def held_then(role: Role) -> Exists:
    """Whoever accredited had the role in the institution on the day they did."""
    day = OuterRef("accredited_at__date")
    return Exists(
        Membership.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            user=OuterRef("accredited_by"),
            institution=OuterRef("institution"),
            role=role,
            valid_from__lte=day,
        )
    )
