"""Working groups: who prepares which topic, until when, and what they delivered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.models import Accreditation, Mesa, WorkingGroup
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries import Standing


class GroupError(Exception):
    """The group cannot be so; its text is the sentence for the person."""


class StaleGroupError(GroupError):
    """Somebody changed the group since the person read it."""


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """What a group is for; `member_ids` are accreditations of the mesa in force."""

    name: str
    scope: str
    deliverable: str
    due_on: date
    member_ids: frozenset[int]


@transaction.atomic
def create_group(
    *, actor: User, standing: Standing, terms: GroupTerms, at: datetime
) -> WorkingGroup:
    """Form a group. The same name twice is one open group when it says the same.

    Raises PermissionDenied and GroupError.
    """
    check_can_write(standing)
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    check_terms(mesa, terms, at.date())
    open_ones = WorkingGroup.objects.filter(mesa=mesa, closed_on=None)
    known = open_ones.filter(name__iexact=terms.name.strip()).first()
    if known is not None:
        return same_or_refuse(known, terms)
    group = WorkingGroup(mesa=mesa, created_by=actor)
    write(group, terms)
    note(group, actor, "group_created", {"due_on": group.due_on})
    return group


@transaction.atomic
def change_group(
    *,
    actor: User,
    standing: Standing,
    group_id: int,
    terms: GroupTerms,
    expected_version: int,
    at: datetime,
) -> WorkingGroup:
    """Change an open group. Raises PermissionDenied, GroupError and WorkingGroup.DoesNotExist."""
    group = held(standing, group_id, expected_version)
    check_terms(group.mesa, terms, min(at.date(), group.due_on))
    before = group.due_on
    group.version += 1
    try:
        with transaction.atomic():
            write(group, terms)
    except IntegrityError:
        raise GroupError(_("La mesa ya tiene un grupo con ese nombre.")) from None
    note(group, actor, "group_changed", {"due_on": group.due_on, "before": before})
    return group


@transaction.atomic
def deliver(
    *,
    actor: User,
    standing: Standing,
    group_id: int,
    delivery: str,
    on: date,
    expected_version: int,
    at: datetime,
) -> WorkingGroup:
    """Write down what the group delivered and when; delivered already, nothing happens.

    Raises PermissionDenied, GroupError and WorkingGroup.DoesNotExist.
    """
    check_can_write(standing)
    group = WorkingGroup.objects.select_for_update().get(pk=group_id, mesa_id=standing.mesa_id)
    if group.delivered_on is not None:
        return group
    group = held(standing, group_id, expected_version)
    if not delivery.strip():
        raise GroupError(_("Escriba qué entregó el grupo."))
    if on > at.date():
        raise GroupError(_("La entrega no puede ser de un día que todavía no llega."))
    group.delivered_on, group.delivery = on, delivery.strip()
    group.version += 1
    group.save()
    note(group, actor, "group_delivered", {"on": on})
    return group


@transaction.atomic
def close_group(*, actor: User, standing: Standing, group_id: int, at: datetime) -> WorkingGroup:
    """Dissolve a group today; dissolved already, nothing happens.

    Raises PermissionDenied and WorkingGroup.DoesNotExist.
    """
    check_can_write(standing)
    group = WorkingGroup.objects.select_for_update().get(pk=group_id, mesa_id=standing.mesa_id)
    if group.closed_on is not None:
        return group
    group.closed_on = at.date()
    group.version += 1
    group.save(update_fields=["closed_on", "version"])
    note(group, actor, "group_closed", {})
    return group


def held(standing: Standing, group_id: int, expected_version: int) -> WorkingGroup:
    """An open group, locked. Raises PermissionDenied, GroupError, WorkingGroup.DoesNotExist."""
    check_can_write(standing)
    group: WorkingGroup = (
        WorkingGroup.objects.select_for_update(of=("self",))
        .select_related("mesa")
        .get(pk=group_id, mesa_id=standing.mesa_id)
    )
    if group.closed_on is not None:
        raise GroupError(_("El grupo ya se disolvió."))
    if group.version != expected_version:
        raise StaleGroupError(
            _("Otra persona cambió este grupo mientras usted escribía. Vuelva a leerlo.")
        )
    return group


def check_terms(mesa: Mesa, terms: GroupTerms, today: date) -> None:
    if terms.due_on < today:
        raise GroupError(_("La fecha de entrega ya pasó."))
    if not terms.member_ids:
        raise GroupError(_("Elija al menos a una persona acreditada."))
    if members_of(mesa, terms.member_ids) != terms.member_ids:
        raise GroupError(_("Alguien ya no está acreditado en la mesa. Elija de nuevo."))


def members_of(mesa: Mesa, ids: Collection[int]) -> frozenset[int]:
    rows = Accreditation.objects.filter(mesa=mesa, ended_on=None, pk__in=ids)
    return frozenset(rows.values_list("pk", flat=True))


def same_or_refuse(known: WorkingGroup, terms: GroupTerms) -> WorkingGroup:
    """The button was pressed twice, or the name is taken."""
    if (known.scope, known.due_on) == (terms.scope.strip(), terms.due_on):
        return known
    raise GroupError(_("La mesa ya tiene un grupo con ese nombre."))


def write(group: WorkingGroup, terms: GroupTerms) -> None:
    group.name, group.scope = terms.name.strip(), terms.scope.strip()
    group.deliverable, group.due_on = terms.deliverable.strip(), terms.due_on
    group.save()
    group.members.set(terms.member_ids)


def note(group: WorkingGroup, actor: User, event: str, more: dict[str, object]) -> None:
    record(
        actor=actor,
        action=f"mesas.{event}",
        subject_type="working_group",
        subject_id=group.pk,
        payload={"mesa": group.mesa_id, "name": group.name, **more},
    )
