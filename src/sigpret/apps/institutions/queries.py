"""Reads about institutions, and what a person may reach because of where they work."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, NATIONAL_READERS, Role
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.web.statements import Repeated, columns_of, records_in, send

PERSON = f"""
SELECT {columns_of(User, "person")}, coalesce((
    SELECT jsonb_agg(jsonb_build_array(held.role, held.institution_id,
        (SELECT code FROM institutions_institution WHERE id = held.institution_id),
        held.sector_id, held.valid_from, held.valid_until) ORDER BY held.id)
    FROM institutions_membership held WHERE held.user_id = person.id), '[]')
FROM accounts_user person WHERE person.id = %s
"""  # noqa: S608


@dataclass(frozen=True)
class Access:
    """What one person may reach on a day. Anonymous people have no roles.

    `institutions` maps the institution's id to the roles held in it, `codes` its code to its id.
    """

    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    institutions: dict[int, frozenset[Role]] = field(default_factory=dict)
    sector_ids: frozenset[int] = frozenset()
    codes: Mapping[str, int] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A membership as read: the days are `YYYY-MM-DD`, which sort as the days do."""

    role: str
    institution_id: int | None
    institution_code: str | None
    sector_id: int | None
    valid_from: str
    valid_until: str | None

    def holds(self, on: date) -> bool:
        day = on.isoformat()
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def person_with_memberships(user_id: int) -> User | None:
    """The person, with their memberships of any time for `access_of`; one statement."""
    (rows,) = send(Repeated(PERSON, (user_id,)))
    for person in records_in(User, rows):
        person.read_memberships = [HeldRole(*held) for held in json.loads(rows[0][-1])]
        return person
    return None


def access_of(user: User, *, on: date) -> Access:
    """Everything the person's memberships allow on a day (valid ones only).

    One statement; none when the person has just been read with them.
    """
    read: Sequence[HeldRole] | None = user.read_memberships
    if read is None:
        person = person_with_memberships(user.pk)
        read = person.read_memberships if person else ()
    valid = [held for held in read or () if held.holds(on)]
    institutions: dict[int, set[Role]] = {}
    for held in valid:
        if held.institution_id is not None:
            institutions.setdefault(held.institution_id, set()).add(Role(held.role))
    return Access(
        user_id=user.pk,
        roles=frozenset(Role(held.role) for held in valid),
        institutions={key: frozenset(roles) for key, roles in institutions.items()},
        sector_ids=frozenset(held.sector_id for held in valid if held.sector_id is not None),
        codes={
            held.institution_code: held.institution_id
            for held in valid
            if held.institution_code is not None and held.institution_id is not None
        },
    )


def people_with(role: Role, *, on: date) -> tuple[User, ...]:
    """The active people who hold a role on a day, anywhere, by name."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), role=role, valid_from__lte=on
    )
    people = User.objects.filter(is_active=True, pk__in=valid.values("user_id"))
    return tuple(people.order_by("full_name", "pk"))


@dataclass(frozen=True, slots=True)
class Place:
    """An institution as an access knows it, without asking the database."""

    pk: int
    code: str


def first_place(access: Access) -> Place | None:
    """Where the person works; the lowest code when there are several."""
    code = min(access.codes, default=None)
    return None if code is None else Place(access.codes[code], code)


def institution_of(access: Access) -> Institution | None:
    """The institution the person writes for; the lowest code when there are several."""
    return Institution.objects.filter(pk__in=access.institutions).order_by("code").first()


def institution_by_code(code: str) -> Institution | None:
    """The institution with this code; None when there is none."""
    return Institution.objects.filter(code=code).first()


def institution_reached(code: str, access: Access) -> Institution | None:
    """The institution with this code; None when there is none.

    One the person works for was read with them: what else it has is read when it is asked for.
    """
    if (own := access.codes.get(code)) is not None:
        return Institution.from_db(connection.alias, ["id", "code"], [own, code])
    return institution_by_code(code)


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
