"""Who still has to be accredited or designated, for whoever can solve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa


@dataclass(frozen=True, slots=True)
class MissingPeople:
    """What an institution owes a mesa: `is_absent`, nobody; else only its planning director."""

    slug: str
    mesa: str
    code: str
    place: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class WaitingMesa:
    """A mesa that should be constituted since a day and is not."""

    slug: str
    mesa: str
    due_since: date


def missing_people(access: Access) -> tuple[MissingPeople, ...]:
    """What the institutions the person reports for owe the mesas of their sectors; two
    statements, none for who reports for nobody."""
    own = [pk for pk, roles in access.institutions.items() if Role.REGISTRAR in roles]
    if not own:
        return ()
    held: Mapping[tuple[int, int], tuple[int, int]] = {
        (mesa, place): (people, directors)
        for mesa, place, people, directors in Accreditation.objects.filter(
            institution__in=own, level="technical", ended_on=None
        )
        .order_by()
        .values("mesa", "institution")
        .annotate(people=Count("pk"), directors=Count("pk", filter=Q(is_planning_director=True)))
        .values_list("mesa", "institution", "people", "directors")
    }
    rows = Institution.objects.filter(pk__in=own, sectors__mesa__isnull=False)
    return tuple(
        MissingPeople(slug, name, code, acronym or label, not people)
        for mesa, slug, name, pk, code, acronym, label in rows.order_by(
            "sectors__name", "code"
        ).values_list(
            *("sectors__mesa", "sectors__slug", "sectors__name", "pk", "code"),
            *("acronym", "name"),
        )
        for people, directors in [held.get((mesa, pk), (0, 0))]
        if not directors
    )


def waiting_mesas(access: Access, *, on: date) -> tuple[WaitingMesa, ...]:
    """The mesas an analyst accompanies that should be constituted and are not; one statement."""
    if not access.has(Role.ANALYST):
        return ()
    own = Designation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        mesa=OuterRef("pk"),
        duty=Designation.Duty.ANALYST,
        person_id=access.user_id or 0,
    )
    rows = Mesa.objects.filter(Exists(own), constituted_on=None, due_since__lte=on)
    found = rows.order_by("sector__name").values_list("sector__slug", "sector__name", "due_since")
    return tuple(WaitingMesa(*row) for row in found)
