"""A problem of the sector and the courses of action that are compared before proposing one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.actions.proposals import (
    ProposalError,
    Proposing,
    check_is_current,
    check_is_writable,
    held,
    note,
)
from sigpret.apps.mesas.models import Bottleneck, CourseOfAction, Mesa, Strategy
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.results.models import Goal

MOST_OPTIONS = 6


@dataclass(frozen=True, slots=True)
class TypedStrategy:
    """A strategy as it is typed: what it solves, and the goals it should move."""

    title: str
    problem: str
    bottleneck_id: int | None = None
    goal_ids: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class TypedOption:
    """A course of action as it is typed."""

    text: str
    benefits: str = ""
    risks: str = ""
    cost: str = ""
    time: str = ""
    owner_id: int | None = None


@transaction.atomic
def begin_strategy(
    *, actor: User, standing: Standing, typed: TypedStrategy, at: datetime
) -> Strategy:
    """Begin a strategy; the same title, not decided yet, is the same one.

    Raises PermissionDenied and ProposalError.
    """
    check_can_write(standing)
    mesa = Mesa.objects.select_for_update(of=("self",)).get(pk=standing.mesa_id)
    title = typed.title.strip()
    undecided = Strategy.objects.filter(mesa=mesa).exclude(state=Strategy.State.APPROVED)
    found: Strategy | None = undecided.filter(title=title).first()
    if found is not None:
        return found
    strategy = Strategy(mesa=mesa, written_by=actor, written_at=at)
    write(strategy, typed)
    note(strategy, at, actor, "begun")
    return strategy


@transaction.atomic
def save_strategy(*, proposing: Proposing, typed: TypedStrategy) -> Strategy:
    """Write it again while it is not proposed. Raises PermissionDenied, ProposalError,
    StaleProposalError and Strategy.DoesNotExist."""
    strategy = writable(proposing)
    strategy.version += 1
    write(strategy, typed)
    note(strategy, proposing.at, proposing.actor, "written")
    return strategy


@transaction.atomic
def save_option(
    *, proposing: Proposing, typed: TypedOption, option_id: int | None = None
) -> CourseOfAction:
    """Add a course of action, or write one again. Raises as `save_strategy`."""
    strategy = writable(proposing)
    text = required(typed.text, _("Escriba el curso de acción."))
    options = CourseOfAction.objects.filter(strategy=strategy)
    option = options.filter(pk=option_id).first() if option_id else None
    if option_id and option is None:
        raise ProposalError(_("Ese curso de acción ya no está."))
    if option is None:
        option = CourseOfAction(strategy=strategy, number=next_number(strategy))
    option.text, option.cost, option.time = text, typed.cost.strip(), typed.time.strip()
    option.benefits, option.risks = typed.benefits.strip(), typed.risks.strip()
    option.owner = owner_of(strategy, typed.owner_id)
    option.save()
    touch(strategy)
    note(strategy, proposing.at, proposing.actor, "option", f"{option.number}. {option.text}")
    return option


@transaction.atomic
def remove_option(*, proposing: Proposing, option_id: int) -> Strategy:
    """Take a course of action out; one that is not there anymore changes nothing."""
    strategy = writable(proposing)
    option = CourseOfAction.objects.filter(strategy=strategy, pk=option_id).first()
    if option is None:
        return strategy
    text = f"{option.number}. {option.text}"
    option.delete()
    touch(strategy)
    note(strategy, proposing.at, proposing.actor, "option_removed", text)
    return strategy


@transaction.atomic
def recommend(*, proposing: Proposing, option_id: int) -> Strategy:
    """Say which course of action the technical level recommends. Raises as `save_strategy`."""
    strategy = writable(proposing)
    options = CourseOfAction.objects.filter(strategy=strategy)
    option = options.filter(pk=option_id).first()
    if option is None:
        raise ProposalError(_("Ese curso de acción ya no está."))
    if option.is_recommended:
        return strategy
    options.filter(is_recommended=True).update(is_recommended=False)
    option.is_recommended = True
    option.save(update_fields=["is_recommended"])
    touch(strategy)
    note(strategy, proposing.at, proposing.actor, "recommended", f"{option.number}. {option.text}")
    return strategy


def writable(proposing: Proposing) -> Strategy:
    """The strategy of whoever may still write it. Raises as `save_strategy`."""
    check_can_write(proposing.standing)
    strategy = held(proposing)
    check_is_current(strategy, proposing)
    check_is_writable(strategy)
    assert isinstance(strategy, Strategy)  # noqa: S101 what `proposing.model` asked for
    return strategy


def required(text: str, missing: str) -> str:
    if not text.strip():
        raise ProposalError(missing)
    return text.strip()


def touch(strategy: Strategy) -> None:
    strategy.version += 1
    strategy.save(update_fields=["version"])


def next_number(strategy: Strategy) -> int:
    """Numbers are not given twice, so that the history can name them."""
    last: int = strategy.options.aggregate(last=Max("number"))["last"] or 0
    if strategy.options.count() >= MOST_OPTIONS:
        raise ProposalError(_("Compare a lo sumo 6 cursos de acción."))
    return last + 1


def owner_of(strategy: Strategy, owner_id: int | None) -> Institution | None:
    if owner_id is None:
        return None
    found = Institution.objects.filter(pk=owner_id, sectors=strategy.mesa.sector_id).first()
    if found is None:
        raise ProposalError(_("Elija una institución de la mesa."))
    return found


def write(strategy: Strategy, typed: TypedStrategy) -> None:
    strategy.title = required(typed.title, _("Escriba cómo se llama la estrategia."))
    strategy.problem = required(typed.problem, _("Escriba qué problema atiende."))
    mesa = strategy.mesa
    strategy.bottleneck = Bottleneck.objects.filter(mesa=mesa, pk=typed.bottleneck_id or 0).first()
    strategy.save()
    strategy.goals.set(Goal.objects.filter(pk__in=typed.goal_ids, sector=mesa.sector_id))
