"""What holds goals back: identified, taken in hand, solved, or raised to who can solve it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.actions.escalation_notices import tell_raised
from sigpret.apps.mesas.agreement_permissions import check_can_govern
from sigpret.apps.mesas.models import Bottleneck, Escalation, Mesa
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.product_permissions import check_can_follow_bottleneck
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.results.models import Goal
from sigpret.web.dates import day_of

State, Severity = Bottleneck.State, Bottleneck.Severity


class BottleneckError(Exception):
    """It cannot be done to the bottleneck; its text is the sentence for the person."""


class StaleBottleneckError(BottleneckError):
    """Somebody wrote in it since the person read it."""


@dataclass(frozen=True, slots=True)
class Solving:
    """Who writes about a bottleneck, which, as they read it, and when."""

    actor: User
    standing: Standing
    bottleneck_id: int
    expected_version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TypedBottleneck:
    """A bottleneck as it is typed; its goals are of the sector."""

    title: str
    cause: str
    severity: str
    owner_id: int
    goal_ids: Collection[int]


@transaction.atomic
def identify(
    *, actor: User, standing: Standing, typed: TypedBottleneck, at: datetime
) -> Bottleneck:
    """Write down a bottleneck; the same title, not solved yet, is the same one.

    Raises PermissionDenied and BottleneckError.
    """
    check_can_write(standing)
    mesa = Mesa.objects.select_for_update(of=("self",)).get(pk=standing.mesa_id)
    open_ones = Bottleneck.objects.filter(mesa=mesa).exclude(state=State.SOLVED)
    found: Bottleneck | None = open_ones.filter(title=typed.title.strip()).first()
    if found is not None:
        return found
    bottleneck = Bottleneck(mesa=mesa, found_by=actor, found_at=at)
    write(bottleneck, typed)
    note(bottleneck, at, actor, "identified")
    return bottleneck


@transaction.atomic
def change(*, solving: Solving, typed: TypedBottleneck) -> Bottleneck:
    """Write it again while it is not solved. Raises as `identify`, and StaleBottleneckError."""
    bottleneck = held(solving)
    check_can_write(solving.standing)
    check_is_current(bottleneck, solving)
    check_is_unsolved(bottleneck)
    bottleneck.version += 1
    write(bottleneck, typed)
    note(bottleneck, solving.at, solving.actor, "changed")
    return bottleneck


@transaction.atomic
def take_in_hand(*, solving: Solving, text: str) -> Bottleneck:
    """Say what is being done about it; doing it again adds what is said now.

    Raises PermissionDenied, BottleneckError and StaleBottleneckError.
    """
    bottleneck = held(solving)
    check_can_follow_bottleneck(solving.standing, bottleneck.owner_id)
    check_is_current(bottleneck, solving)
    check_is_unsolved(bottleneck)
    said = required(text, _("Escriba qué se está haciendo."))
    bottleneck.state, bottleneck.version = State.IN_ACTION, bottleneck.version + 1
    bottleneck.save()
    note(bottleneck, solving.at, solving.actor, "in_action", said)
    return bottleneck


@transaction.atomic
def solve(*, solving: Solving, solution: str, solved_on: date) -> Bottleneck:
    """Say how it was solved and when. Raises as `take_in_hand`."""
    bottleneck = held(solving)
    check_can_follow_bottleneck(solving.standing, bottleneck.owner_id)
    said = required(solution, _("Escriba cómo se resolvió."))
    if bottleneck.state == State.SOLVED and bottleneck.solution == said:
        return bottleneck
    check_is_current(bottleneck, solving)
    check_is_unsolved(bottleneck)
    if not day_of(bottleneck.found_at) <= solved_on <= day_of(solving.at):
        raise BottleneckError(_("El día va desde que se identificó hasta hoy."))
    bottleneck.state, bottleneck.version = State.SOLVED, bottleneck.version + 1
    bottleneck.solution, bottleneck.solved_on = said, solved_on
    bottleneck.save()
    note(bottleneck, solving.at, solving.actor, "solved", said)
    return bottleneck


@transaction.atomic
def reopen(*, solving: Solving, text: str) -> Bottleneck:
    """Open again one that came back. Raises as `take_in_hand`."""
    bottleneck = held(solving)
    check_can_write(solving.standing)
    check_is_current(bottleneck, solving)
    if bottleneck.state != State.SOLVED:
        raise BottleneckError(_("Sólo se reabre lo que estaba resuelto."))
    said = required(text, _("Escriba por qué se reabre."))
    bottleneck.state, bottleneck.version = State.OPEN, bottleneck.version + 1
    bottleneck.solution, bottleneck.solved_on = "", None
    bottleneck.save()
    note(bottleneck, solving.at, solving.actor, "reopened", said)
    return bottleneck


@transaction.atomic
def escalate_bottleneck(*, solving: Solving, to: str, ask: str, reason: str) -> Escalation:
    """Put it to the political level or to the Presidency.

    While it waits there, escalating it again changes nothing. Raises as `take_in_hand`.
    """
    bottleneck = held(solving)
    check_can_govern(solving.standing)
    to = Escalation.To(to)
    open_ones = Escalation.objects.filter(bottleneck=bottleneck, to=to, state="open")
    waiting: Escalation | None = open_ones.first()
    if waiting is not None:
        return waiting
    check_is_unsolved(bottleneck)
    matter = Escalation.objects.create(
        mesa=bottleneck.mesa,
        bottleneck=bottleneck,
        to=to,
        ask=required(ask, _("Escriba qué se pide decidir.")),
        reason=required(reason, _("Escriba por qué se eleva.")),
        raised_by=solving.actor,
        raised_at=solving.at,
    )
    tell_raised(matter, by=solving.actor, at=solving.at)
    note(bottleneck, solving.at, solving.actor, "escalated", matter.ask)
    return matter


def held(solving: Solving) -> Bottleneck:
    """The bottleneck with its row locked. Raises Bottleneck.DoesNotExist."""
    bottleneck: Bottleneck = (
        Bottleneck.objects.select_for_update(of=("self",))
        .select_related("mesa__sector", "owner")
        .get(pk=solving.bottleneck_id, mesa=solving.standing.mesa_id)
    )
    return bottleneck


def check_is_current(bottleneck: Bottleneck, solving: Solving) -> None:
    if bottleneck.version != solving.expected_version:
        raise StaleBottleneckError(
            _("Alguien escribió en este cuello de botella mientras usted lo leía. Léalo de nuevo.")
        )


def check_is_unsolved(bottleneck: Bottleneck) -> None:
    if bottleneck.state == State.SOLVED:
        raise BottleneckError(_("Ya está resuelto. Reábralo si volvió a ocurrir."))


def required(text: str, missing: str) -> str:
    if not text.strip():
        raise BottleneckError(missing)
    return text.strip()


def write(bottleneck: Bottleneck, typed: TypedBottleneck) -> None:
    """Put what was typed in its place. Raises BottleneckError for what is not of the sector."""
    bottleneck.title = required(typed.title, _("Escriba el cuello de botella."))
    bottleneck.cause = required(typed.cause, _("Escriba la causa."))
    bottleneck.severity = Severity(typed.severity)
    sector = bottleneck.mesa.sector_id
    goals = list(Goal.objects.filter(pk__in=typed.goal_ids, sector=sector))
    if not goals:
        raise BottleneckError(_("Elija al menos una meta que afecta."))
    owner = Institution.objects.filter(pk=typed.owner_id, sectors=sector).first()
    if owner is None:
        raise BottleneckError(_("Elija una institución de la mesa."))
    bottleneck.owner = owner
    bottleneck.save()
    bottleneck.goals.set(goals)


def note(bottleneck: Bottleneck, at: datetime, actor: User, deed: str, text: str = "") -> None:
    record(
        actor=actor,
        action=f"mesas.bottleneck_{deed}",
        subject_type="bottleneck",
        subject_id=bottleneck.pk,
        payload={
            "mesa_id": bottleneck.mesa_id,
            "title": bottleneck.title,
            "cause": bottleneck.cause,
            "severity": bottleneck.severity,
            "owner_id": bottleneck.owner_id,
            "state": bottleneck.state,
            "at": at,
            "text": text,
            "version": bottleneck.version,
        },
    )
