"""Who the page that calls a meeting shows: those who would be called, and guests by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from sigpret.apps.mesas.convocation_form import typed_guest
from sigpret.apps.mesas.queries.convening import ConvenedMeeting
from sigpret.apps.mesas.queries.invitees import Invitee


@dataclass(frozen=True, slots=True)
class Group:
    """People ticked together: an institution's members, or one person."""

    key: str
    label: str
    detail: str
    people: tuple[Invitee, ...]
    is_on: bool
    is_over: bool = False


def emails(people: Iterable[Invitee]) -> frozenset[str]:
    return frozenset(person.email for person in people)


def guests_of(
    meeting: ConvenedMeeting | None, typed: QueryDict | None
) -> tuple[tuple[Invitee, ...], str]:
    """Those invited by name, with the one being typed; and what is wrong with it."""
    known = meeting.guests if meeting else ()
    if typed is None:
        return known, ""
    try:
        guest = typed_guest(typed)
    except ValidationError:
        return known, _("Escriba un correo completo, como ana.lagos@salud.gob.hn.")
    return (*known, *((guest,) if guest else ())), ""


def groups_of(
    people: Iterable[Invitee], meeting: ConvenedMeeting | None, typed: QueryDict | None, limit: int
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The institutions with their members, and everybody else one by one."""
    grouped: dict[str, list[Invitee]] = {}
    for person in people:
        grouped.setdefault(person.group, []).append(person)
    groups = [group_of(key, found, meeting, typed, limit) for key, found in grouped.items()]
    return (
        tuple(group for group in groups if group.key.startswith("i")),
        tuple(group for group in groups if not group.key.startswith("i")),
    )


def group_of(
    key: str,
    people: list[Invitee],
    meeting: ConvenedMeeting | None,
    typed: QueryDict | None,
    limit: int,
) -> Group:
    first, is_institution = people[0], key.startswith("i")
    return Group(
        key=key,
        label=first.institution_label if is_institution else first.full_name,
        detail=first.institution_name if is_institution else first.position,
        people=tuple(people),
        is_on=is_called(key, people, meeting, typed),
        is_over=is_institution and len(people) > limit,
    )


def is_called(
    key: str, people: list[Invitee], meeting: ConvenedMeeting | None, typed: QueryDict | None
) -> bool:
    """As ticked; else as it was written down; a new page calls everybody. Whoever is being
    invited right now is called."""
    if typed is not None:
        return key in typed.getlist("called") or key not in typed.getlist("shown")
    return meeting is None or any(person.email.casefold() in meeting.emails for person in people)
