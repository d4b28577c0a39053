"""Who can be called to a meeting of a mesa: its members, who runs it, who leads its themes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import CrossCuttingTheme, Institution, Membership
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa, Participant
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.duties import can_act

Standing = Participant.Standing
DUTIES = {
    Designation.Duty.TECHNICAL_COORDINATOR: Standing.COORDINATOR,
    Designation.Duty.POLITICAL_COORDINATOR: Standing.COORDINATOR,
    Designation.Duty.ANALYST: Standing.ANALYST,
    Designation.Duty.SUPPORT: Standing.SUPPORT,
}
#: Who runs the technical level is not called to decide with the ministers, and the other way.
NOT_AT = {
    Level.TECHNICAL: Designation.Duty.POLITICAL_COORDINATOR,
    Level.POLITICAL: Designation.Duty.SUPPORT,
}


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person as they would be called today. `group` is what the form ticks: an institution's
    members together (`i12`), the others one by one (`d3`, `t4`)."""

    group: str
    standing: str
    full_name: str
    position: str
    email: str
    institution_id: int | None = None
    institution_name: str = ""
    institution_label: str = ""
    person_id: int | None = None
    accreditation_id: int | None = None


def invitees(
    mesa: Mesa, level: str, *, on: date, group_id: int | None = None
) -> tuple[Invitee, ...]:
    """Everybody who would be called to a level on a day, each address once; four statements.

    Members come first: somebody who is accredited and designated is called as accredited.
    To a working group, its own members are called and whoever runs the mesa.
    """
    if group_id is not None:
        return each_once((*group_members(mesa, group_id, on), *designated(mesa, level, on)))
    return each_once(
        (*members(mesa, level, on), *designated(mesa, level, on), *theme_leads(level, on))
    )


def each_once(found: Iterable[Invitee]) -> tuple[Invitee, ...]:
    seen: set[str] = set()
    unique = []
    for person in found:
        if person.email.casefold() not in seen:
            seen.add(person.email.casefold())
            unique.append(person)
    return tuple(unique)


def members(mesa: Mesa, level: str, on: date) -> tuple[Invitee, ...]:
    return called_as_members(accredited_on(mesa, on).filter(level=level))


def group_members(mesa: Mesa, group_id: int, on: date) -> tuple[Invitee, ...]:
    """Those of a working group whose accreditation is in force, of whichever level."""
    return called_as_members(accredited_on(mesa, on).filter(groups=group_id))


def accredited_on(mesa: Mesa, on: date) -> QuerySet[Accreditation]:
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    return Accreditation.objects.filter(in_force, mesa=mesa, ended_on__isnull=True, since__lte=on)


def called_as_members(rows: QuerySet[Accreditation]) -> tuple[Invitee, ...]:
    return tuple(
        Invitee(
            f"i{row.institution_id}",
            Standing.ACCREDITED,
            row.full_name,
            row.position,
            row.email,
            **place_of(row.institution),
            person_id=row.person_id,
            accreditation_id=row.pk,
        )
        for row in rows.select_related("institution").order_by("institution__code", "seat")
    )


def designated(mesa: Mesa, level: str, on: date) -> tuple[Invitee, ...]:
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    rows = Designation.objects.filter(in_force, mesa=mesa, since__lte=on).exclude(
        duty=NOT_AT[Level(level)]
    )
    return tuple(
        Invitee(
            f"d{row.pk}",
            DUTIES[Designation.Duty(row.duty)],
            row.person.full_name,
            row.person.position,
            row.person.email,
            **place_of(row.institution),
            person_id=row.person_id,
        )
        for row in rows.select_related("person", "institution").order_by("duty", "since")
    )


def theme_leads(level: str, on: date) -> tuple[Invitee, ...]:
    """The institutions that lead the permanent themes, by who reports for them."""
    role = Role.REGISTRAR if level == Level.TECHNICAL else Role.APPROVER
    themes = CrossCuttingTheme.objects.filter(is_permanent=True, lead__isnull=False)
    leads = {theme.lead_id: theme for theme in themes.select_related("lead")}
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    held = Membership.objects.filter(
        valid, can_act("user"), role=role, institution__in=leads, valid_from__lte=on
    )
    first: dict[int, User] = {}
    for row in held.select_related("user").order_by("user__full_name"):
        first.setdefault(row.institution_id or 0, row.user)
    return tuple(
        Invitee(
            f"t{theme.pk}",
            Standing.THEME_LEAD,
            first[lead].full_name,
            first[lead].position,
            first[lead].email,
            **place_of(theme.lead),
            person_id=first[lead].pk,
        )
        for lead, theme in leads.items()
        if lead in first
    )


def place_of(institution: Institution | None) -> dict[str, Any]:
    if institution is None:
        return {}
    return {
        "institution_id": institution.pk,
        "institution_name": institution.name,
        "institution_label": institution.acronym or institution.name,
    }
