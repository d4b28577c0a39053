"""Reads about institutions, and what a person may reach because of where they work."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, NATIONAL_READERS, Role
from sigpret.apps.institutions.models import Institution, Membership


@dataclass(frozen=True)
class Access:
    """What one person may reach on a day. Anonymous people have no roles.

    `institutions` maps the institution's id to the roles held in it.
    """

    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    institutions: dict[int, frozenset[Role]] = field(default_factory=dict)
    sector_ids: frozenset[int] = frozenset()

    def has(self, *roles: Role) -> bool:
        """Does the person hold any of these roles, anywhere?"""
        return not self.roles.isdisjoint(roles)

    def reads_institution(self, institution_id: int) -> bool:
        """May the person read what this institution has not published yet?"""
        return not self.roles.isdisjoint(NATIONAL_READERS) or institution_id in self.institutions

    def works_for(self, institution_id: int) -> bool:
        """Does the person write for this institution?"""
        held = self.institutions.get(institution_id, frozenset())
        return not held.isdisjoint(INSTITUTION_ROLES)


def access_of(user: User, *, on: date) -> Access:
    """Everything the person's memberships allow on a day (valid ones only); one query."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), user=user, valid_from__lte=on
    ).order_by("id")
    institutions: dict[int, set[Role]] = {}
    roles: set[Role] = set()
    sectors: set[int] = set()
    for row in valid:
        roles.add(Role(row.role))
        if row.institution_id is not None:
            institutions.setdefault(row.institution_id, set()).add(Role(row.role))
        if row.sector_id is not None:
            sectors.add(row.sector_id)
    return Access(
        user_id=user.pk,
        roles=frozenset(roles),
        institutions={key: frozenset(held) for key, held in institutions.items()},
        sector_ids=frozenset(sectors),
    )


def people_with(role: Role, *, on: date) -> tuple[User, ...]:
    """The active people who hold a role on a day, anywhere, by name."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), role=role, valid_from__lte=on
    )
    people = User.objects.filter(is_active=True, pk__in=valid.values("user_id"))
    return tuple(people.order_by("full_name", "pk"))


def institution_of(access: Access) -> Institution | None:
    """The institution the person writes for; the lowest code when there are several."""
    return Institution.objects.filter(pk__in=access.institutions).order_by("code").first()


def institution_by_code(code: str) -> Institution | None:
    """The institution with this code; None when there is none."""
    return Institution.objects.filter(code=code).first()


def approvers_of(institution_id: int, *, on: date, besides: int | None = None) -> tuple[User, ...]:
    """Who may approve what an institution sends on a day, by name; `besides` leaves one out."""
    return people_of(institution_id, Role.APPROVER, on=on, besides=besides)


def people_of(
    institution_id: int, *roles: Role, on: date, besides: int | None = None
) -> tuple[User, ...]:
    """The active people with any of these roles in an institution on a day, by name."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        institution_id=institution_id,
        role__in=roles,
        valid_from__lte=on,
    )
    people = User.objects.filter(is_active=True, pk__in=valid.values("user_id"))
    return tuple(people.exclude(pk=besides or 0).order_by("full_name", "pk"))
