"""Writing goals: their text, place and what they answer to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import event, record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import Objective
from sigpret.apps.results.above import closed_quarters, is_closed, recompute
from sigpret.apps.results.actions.begun import begun_among
from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.turns import hold_matrix
from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorTarget
from sigpret.apps.results.permissions import check_can_write_goal, keeps_matrix
from sigpret.web.search.words import stems
from sigpret.web.statements import Repeated, Statement, send, send_last

GOAL = "goal"
SLUG_LENGTH, TEXT_LENGTH, CODE_LENGTH = 150, 500, 30
#: The goal itself when nobody changed it meanwhile, and every goal that borrows its wording,
#: however many steps down.
RENAME = """
WITH RECURSIVE asked (id, version, text, stems) AS (
    VALUES (%s::bigint, %s::integer, %s, %s)
), follower (id) AS (
    SELECT goal.id FROM results_goal goal JOIN asked USING (id, version)
    UNION
    SELECT goal.id FROM results_goal goal JOIN follower ON goal.handed_down_from_id = follower.id
    WHERE NOT goal.has_own_wording
), held (id) AS (
    -- In the order of everybody who holds several; an UPDATE alone takes them as it finds them.
    SELECT id FROM results_goal WHERE id IN (SELECT id FROM follower)
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE results_goal goal SET text = asked.text, stems = asked.stems, version = goal.version + 1,
    has_own_wording = goal.has_own_wording OR goal.id = asked.id
FROM asked WHERE goal.id IN (SELECT id FROM held)
    AND (goal.id <> asked.id OR goal.version = asked.version)
    AND (goal.id = asked.id OR NOT goal.has_own_wording)
RETURNING goal.id
"""


class InvalidGoalError(Exception):
    """A goal that cannot be written so; the text says why."""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What a person writes of a goal; the last four are ids."""

    text: str
    chain_position: str
    is_prioritised: bool = False
    assumption: str = ""
    target_population_id: int | None = None
    framework_objectives: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    objectives: frozenset[int] = frozenset()

    @property
    def columns(self) -> dict[str, Any]:
        """The facts that are columns of the goal."""
        return {
            name: getattr(self, name)
            for name in (
                "text", "chain_position", "is_prioritised", "assumption", "target_population_id"
            )
        }  # fmt: skip


RELATED = ("framework_objectives", "themes", "objectives")


@transaction.atomic
def create_goal(
    *,
    actor: User,
    access: Access,
    code: str,
    level: str,
    sector_id: int,
    institution_id: int | None,
    facts: GoalFacts,
) -> Goal:
    """A new goal, without indicator yet. Only an institutional goal has `institution_id`.

    The same code with the same text again answers with the goal there is. Raises
    PermissionDenied, and InvalidGoalError for an empty text or a code that is taken.
    """
    check_can_write_goal(access, institution_id)
    code = code.strip().upper()
    check_facts(code, facts)
    hold_matrix()
    existing = Goal.objects.filter(code__iexact=code).first()
    if existing is not None:
        if (existing.text, existing.level, existing.institution_id) == (
            facts.text.strip(), level, institution_id
        ):  # fmt: skip
            return existing
        raise InvalidGoalError(_("Ya hay una meta con el código %(code)s.") % {"code": code})
    if facts.objectives:
        check_objectives(Goal(institution_id=institution_id), facts.objectives)
    if (institution_id is not None) != (level == Goal.Level.INSTITUTIONAL):
        raise InvalidGoalError(_("Sólo una meta institucional lleva institución."))
    check_sector(access, institution_id, sector_id)
    goal = Goal.objects.create(
        code=code,
        slug=slug_of(facts.text, code),
        level=level,
        sector_id=sector_id,
        institution_id=institution_id,
        stems=stems(facts.text),
        **facts.columns,
    )
    relate(goal, facts)
    record_goal(actor, "results.goal_created", goal, {"new": printable(facts)})
    return goal


@transaction.atomic
def change_goal(
    *, actor: User, access: Access, goal_id: int, facts: GoalFacts, expected_version: int
) -> Goal:
    """Replace what is written of a goal. Nothing changed: nothing is written.

    A handed-down goal whose text is changed has its own wording from then on; those handed down
    from it, without wording of their own, follow it. Raises
    PermissionDenied, InvalidGoalError, ConflictError.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    check_facts(goal.code, facts)
    before = facts_of(goal)
    if before == facts:
        return goal
    check_objectives(goal, facts.objectives - before.objectives)
    if goal.version != expected_version:
        raise ConflictError(goal.version, printable(before))
    wanted = facts.text.strip()
    renamed = write_text(goal, wanted) if before.text != wanted else 0
    for name, value in facts.columns.items():
        setattr(goal, name, value)
    goal.text, goal.stems, goal.version = wanted, stems(wanted), expected_version + 1
    goal.save()
    relate(goal, facts)
    old, new = printable(before), printable(facts)
    changed = [name for name in old if old[name] != new[name]]
    payload: dict[str, Any] = {
        "old": {name: old[name] for name in changed},
        "new": {name: new[name] for name in changed},
    }
    if renamed:
        payload["goals"] = renamed
    record_goal(actor, "results.goal_changed", goal, payload)
    return goal


@transaction.atomic
def rename_goal(
    *, actor: User, access: Access, goal_id: int, text: str, expected_version: int
) -> int:
    """Give a goal another text, and with it every goal handed down from it that has no wording
    of its own; how many rows now say it. One UPDATE however many they are.

    The same text again writes nothing (0). Raises PermissionDenied, InvalidGoalError,
    ConflictError.
    """
    goal = Goal.objects.only("code", "institution_id", "text", "version", "has_own_wording").get(
        pk=goal_id
    )
    check_can_write_goal(access, goal.institution_id)
    wanted = text.strip()
    check_text(wanted)
    if goal.text == wanted:
        return 0
    found, goal.version = goal.version, expected_version
    renamed = write_text(goal, wanted)
    if not renamed:
        raise ConflictError(found, {"text": goal.text})
    payload = {"old": goal.text, "new": wanted, "goals": renamed}
    # With its COMMIT: the chain of events is held for as little as it can be.
    send_last(goal_event(actor, "results.goal_renamed", goal, payload))
    return renamed


def write_text(goal: Goal, text: str) -> int:
    """Give a text to the goal, if it is still the version held, and to those that follow it; how
    many rows say it now."""
    (rows,) = send(Repeated(RENAME, (goal.pk, goal.version, text, stems(text))))
    renamed = len(rows)
    goal.has_own_wording = goal.has_own_wording or renamed > 0
    return renamed


@transaction.atomic
def retire_goal(*, actor: User, access: Access, goal_id: int, reason: str) -> bool:
    """Take a goal out of the matrix: its links, and what it has programmed and has not closed.

    A goal of which nothing closed is deleted (True); one with closed quarters stays with its
    history (False). Raises PermissionDenied, and InvalidGoalError without a reason or while
    other goals were handed down from it.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    if not reason.strip():
        raise InvalidGoalError(_("Escriba por qué se retira la meta."))
    programmed = IndicatorTarget.objects.filter(indicator__goal=goal)
    if begun_among(access, list(programmed.values_list("period", flat=True))):
        raise InvalidGoalError(
            _("Esta meta ya se reporta: sólo DIGER la retira. Pídaselo a su analista.")
        )
    if goal.handed_down.exists():
        raise InvalidGoalError(
            _("De esta meta se entregaron otras: retire primero las que dependen de ella.")
        )
    served = Alignment.objects.filter(child=goal) | Alignment.objects.filter(parent=goal)
    links = [*served.values_list("child__code", "parent__code")]
    parents = [*goal.serves.values_list("parent_id", flat=True)]
    served.delete()
    goal.products.clear()
    targets = list(programmed)
    closed = closed_quarters()
    removed = [target.pk for target in targets if not is_closed(target.period, closed)]
    IndicatorTarget.objects.filter(pk__in=removed).delete()
    has_history = len(removed) < len(targets) or not is_deleted(goal)
    recompute([*parents, goal.pk] if has_history else parents)
    payload = {"reason": reason.strip(), "links": links, "text": goal.text, "kept": has_history}
    record(
        actor=actor,
        action="results.goal_retired",
        subject_type=GOAL,
        subject_id=goal.code,
        payload=payload,
    )
    return not has_history


def is_deleted(goal: Goal) -> bool:
    """Delete it, unless something was reported of it."""
    try:
        with transaction.atomic():
            goal.delete()
    except ProtectedError:
        return False
    return True


def held_goal(goal_id: int) -> Goal:
    """The goal, locked until the transaction ends; others may still refer to it."""
    return Goal.objects.select_for_update(no_key=True).get(pk=goal_id)


def facts_of(goal: Goal) -> GoalFacts:
    return GoalFacts(
        text=goal.text,
        chain_position=goal.chain_position,
        is_prioritised=goal.is_prioritised,
        assumption=goal.assumption,
        target_population_id=goal.target_population_id,
        framework_objectives=frozenset(goal.framework_objectives.values_list("pk", flat=True)),
        themes=frozenset(goal.themes.values_list("pk", flat=True)),
        objectives=frozenset(goal.objectives.values_list("pk", flat=True)),
    )


def relate(goal: Goal, facts: GoalFacts) -> None:
    for name in RELATED:
        getattr(goal, name).set(getattr(facts, name))


def check_sector(access: Access, institution_id: int | None, sector_id: int) -> None:
    """An institution writes goals in its own sectors; DIGER, in any."""
    if institution_id is None or keeps_matrix(access):
        return
    if not Institution.objects.filter(pk=institution_id, sectors=sector_id).exists():
        raise InvalidGoalError(_("Elija un sector de su institución."))


def check_objectives(goal: Goal, added: frozenset[int]) -> None:
    """A goal answers to the plan of its own institution."""
    own = Objective.objects.filter(pk__in=added, plan__institution_id=goal.institution_id or 0)
    if added and own.count() != len(added):
        raise InvalidGoalError(_("Ese objetivo no es del plan de la institución de la meta."))


def check_facts(code: str, facts: GoalFacts) -> None:
    if not code or len(code) > CODE_LENGTH or not set(code).isdisjoint(" /\\?#%"):
        raise InvalidGoalError(
            _("El código lleva de 1 a 30 letras, números, puntos o guiones, sin espacios.")
        )
    check_text(facts.text.strip())
    if facts.chain_position not in Goal.ChainPosition.values:
        raise InvalidGoalError(_("Elija la posición de la meta en la cadena."))


def check_text(text: str) -> None:
    if not text or len(text) > TEXT_LENGTH:
        raise InvalidGoalError(_("Escriba la meta en 1 a 500 caracteres."))


def slug_of(text: str, code: str) -> str:
    """An address that never changes: the words first, the code so that no two are the same."""
    tail = f"-{''.join(map(in_address, code.lower()))}"
    return f"{slugify(text)[: SLUG_LENGTH - len(tail)]}{tail}".lstrip("-")


def in_address(character: str) -> str:
    """What stands for a character of a code, so that MP-1.2 and MP-12 are two addresses."""
    if character.isascii() and (character.isalnum() or character == "-"):
        return character
    return "_" if character == "." else f"_{ord(character):x}_"


def printable(facts: GoalFacts) -> dict[str, Any]:
    """What the audit chain and a conflict show."""
    found = {one.name: getattr(facts, one.name) for one in fields(facts)}
    return {key: sorted(v) if isinstance(v, frozenset) else v for key, v in found.items()}


def record_goal(actor: User, action: str, goal: Goal, payload: Mapping[str, Any]) -> None:
    send(goal_event(actor, action, goal, payload))


def goal_event(actor: User, action: str, goal: Goal, payload: Mapping[str, Any]) -> Statement:
    return event(
        actor=actor,
        action=action,
        subject_type=GOAL,
        subject_id=goal.code,
        payload=dict(payload),
    )


def indicator_of(goal: Goal) -> Indicator | None:
    return Indicator.objects.select_for_update().filter(goal=goal).first()
