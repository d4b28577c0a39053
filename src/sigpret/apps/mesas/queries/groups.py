"""The working groups of a mesa: what each prepares, who is in it and whether it delivered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sigpret.apps.mesas.models import Mesa, WorkingGroup


@dataclass(frozen=True, slots=True)
class GroupMember:
    accreditation_id: int
    full_name: str
    place: str
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A working group. `state` is open, late, delivered or closed on the day it was asked."""

    id: int
    name: str
    scope: str
    deliverable: str
    due_on: date
    delivered_on: date | None
    delivery: str
    closed_on: date | None
    members: tuple[GroupMember, ...]
    state: str
    version: int

    @property
    def member_ids(self) -> tuple[int, ...]:
        """Those who may stay in it."""
        return tuple(one.accreditation_id for one in self.members if not one.is_gone)


@dataclass(frozen=True, slots=True)
class CallableGroup:
    """A group that may be called to a meeting."""

    id: int
    name: str
    deliverable: str
    due_on: date


def callable_groups(mesa: Mesa, *, or_id: int | None = None) -> tuple[CallableGroup, ...]:
    """The groups still at work, and the one a meeting was already of; one statement."""
    at_work = Q(closed_on=None, delivered_on=None)
    rows = WorkingGroup.objects.filter(at_work | Q(pk=or_id), mesa=mesa).order_by("name")
    return tuple(CallableGroup(row.pk, row.name, row.deliverable, row.due_on) for row in rows)


def groups_of(mesa: Mesa, *, on: date) -> tuple[Group, ...]:
    """Every group, the open ones by their day first; two statements."""
    rows = WorkingGroup.objects.filter(mesa=mesa).prefetch_related("members__institution")
    found = [group_of(row, on) for row in rows.order_by("due_on", "name")]
    return tuple(sorted(found, key=lambda group: group.closed_on is not None))


def group_by_id(mesa: Mesa, group_id: int, *, on: date) -> Group | None:
    """One group of the mesa; two statements."""
    rows = WorkingGroup.objects.filter(mesa=mesa, pk=group_id)
    row = rows.prefetch_related("members__institution").first()
    return None if row is None else group_of(row, on)


def group_of(row: WorkingGroup, on: date) -> Group:
    return Group(
        id=row.pk,
        name=row.name,
        scope=row.scope,
        deliverable=row.deliverable,
        due_on=row.due_on,
        delivered_on=row.delivered_on,
        delivery=row.delivery,
        closed_on=row.closed_on,
        members=tuple(
            GroupMember(
                one.pk,
                one.full_name,
                one.institution.acronym or one.institution.name,
                one.ended_on is not None,
            )
            for one in row.members.all()
        ),
        state=state_of(row, on),
        version=row.version,
    )


def state_of(row: WorkingGroup, on: date) -> str:
    if row.delivered_on is not None:
        return "delivered"
    if row.closed_on is not None:
        return "closed"
    return "late" if row.due_on < on else "open"
