"""Who holds each duty of a mesa, who answers for an institution in it, who heads it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.apps.mesas.models import Accreditation, Designation
from sigpret.apps.mesas.queries.headship import makes_head

Duty = Designation.Duty


@dataclass(frozen=True, slots=True)
class HeadAuthority:
    """Who approves for an institution; without a name nobody is registered yet."""

    institution_id: int
    institution: str
    name: str = ""
    position: str = ""
    person_ids: tuple[int, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.person_ids)


def in_force(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=on)


def people_with_duty(mesa_id: int, *duties: str, on: date) -> tuple[int, ...]:
    """The ids of who holds any of these duties in a mesa on a day; one statement."""
    found = Designation.objects.filter(in_force(on), mesa=mesa_id, duty__in=duties, since__lte=on)
    return tuple(found.order_by("person_id").values_list("person_id", flat=True).distinct())


def can_act(person: str) -> Q:
    """People who may enter; those of the demonstration whom nobody enters as act by themselves."""
    return Q(**{f"{person}__is_active": True}) | Q(**{f"{person}__is_demo": True})


def head_authorities(
    mesa_id: int, institution_ids: Collection[int], *, on: date
) -> tuple[HeadAuthority, ...]:
    """Whoever heads each institution in a mesa, by the institution's code; three statements.

    First who was accredited at the political level with an account (see `makes_head`); else who
    approves for it.
    """
    accredited = people_by_institution(
        Accreditation.objects.filter(
            in_force(on),
            makes_head(),
            can_act("person"),
            mesa=mesa_id,
            institution__in=institution_ids,
            ended_on__isnull=True,
            since__lte=on,
        )
        .order_by("seat", "pk")
        .values_list("institution_id", "person_id", "full_name", "position")
    )
    approving = people_by_institution(
        Membership.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            can_act("user"),
            institution__in=institution_ids,
            role=Role.APPROVER,
            valid_from__lte=on,
        )
        .order_by("user__full_name", "pk")
        .values_list("institution_id", "user_id", "user__full_name", "user__position")
    )
    return tuple(
        head_of(place, [*accredited.get(place.pk, ()), *approving.get(place.pk, ())])
        for place in Institution.objects.filter(pk__in=institution_ids).order_by("code")
    )


Found = tuple[int, str, str]


def people_by_institution(rows: Collection[tuple[int, int, str, str]]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = {}
    for institution, person, name, position in rows:
        found.setdefault(institution, []).append((person, name, position))
    return found


def head_of(place: Institution, people: list[Found]) -> HeadAuthority:
    name, position = people[0][1:] if people else ("", "")
    ids = tuple(dict.fromkeys(person for person, _name, _position in people))
    return HeadAuthority(place.pk, place.acronym or place.name, name, position, ids)


def people_for(
    mesa_id: int, institution_id: int, *, on: date, responsible_id: int | None = None
) -> tuple[int, ...]:
    """Who answers for something entrusted to an institution: the person it names; else who is
    accredited for it in the mesa and has an account; else its own people. Two statements."""
    if responsible_id is not None:
        return (responsible_id,)
    accredited = Accreditation.objects.filter(
        in_force(on),
        mesa=mesa_id,
        institution=institution_id,
        person__isnull=False,
        ended_on__isnull=True,
        since__lte=on,
    ).values_list("person_id", flat=True)
    found = tuple(sorted({pk for pk in accredited if pk is not None}))
    return found or active_people(institution_id, on=on)


def active_people(institution_id: int, *, on: date) -> tuple[int, ...]:
    """Whoever reports or approves for an institution on a day."""
    valid = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        institution=institution_id,
        role__in=INSTITUTION_ROLES,
        valid_from__lte=on,
    )
    people = User.objects.filter(is_active=True, pk__in=valid.values("user_id"))
    return tuple(people.order_by("pk").values_list("pk", flat=True))


def mesas_by_duty(person_id: int, *, on: date) -> dict[str, dict[int, tuple[str, str]]]:
    """The mesas where a person has each duty on a day, as (address, name) by id; one statement."""
    rows = Designation.objects.filter(in_force(on), person=person_id, since__lte=on).order_by("pk")
    found: dict[str, dict[int, tuple[str, str]]] = {}
    for duty, mesa, slug, name in rows.values_list(
        "duty", "mesa_id", "mesa__sector__slug", "mesa__sector__name"
    ):
        found.setdefault(duty, {})[mesa] = (slug, name)
    return found
