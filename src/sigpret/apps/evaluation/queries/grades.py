"""The grade of institutions at a quarter: what the closing kept, or what today's figures give."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.evaluation.queries.standing import number
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import GoalAchievement, Snapshot
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.monitoring.queries.extensions import has_more_time
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import Band, Grade, GradeInput, grade
from sigpret.methodology.status import Status


@dataclass(frozen=True, slots=True)
class EvaluatedGoal:
    """A goal inside a grade. `value` raw, `capped` as it enters the mean (None: outside it),
    both 0-100; `contribution` in points of the grade; `effect` what it takes away, 0 or less."""

    goal_id: int
    code: str
    text: str
    value: Decimal | None
    capped: Decimal | None
    weight: Decimal
    contribution: Decimal
    effect: Decimal
    status: Status


@dataclass(frozen=True, slots=True)
class InstitutionGrade:
    """The grade of an institution (0-100) and the goals it is the mean of.

    None is "without data": no goal was programmed. `is_kept` says a closing kept it.
    """

    institution_id: int
    code: str
    name: str
    value: Decimal | None
    band: Band | None
    goals: tuple[EvaluatedGoal, ...]
    explanation: Mapping[str, Any]
    policy_version: str
    is_kept: bool

    @property
    def due(self) -> int:
        """How many goals were programmed to date."""
        return sum(goal.status != Status.NOT_DUE for goal in self.goals)

    @property
    def reported(self) -> int:
        return sum(goal.status not in (Status.NOT_DUE, Status.NOT_REPORTED) for goal in self.goals)


Grades = dict[int, InstitutionGrade]


def grades_at(quarter: Quarter, institution_ids: Iterable[int] | None = None) -> Grades:
    """The grades of a quarter, of these institutions or of all.

    A closed quarter answers with what was kept; one closed before grades were kept is graded
    from its snapshots of goals, which cannot change either.
    """
    if quarter.is_official and (kept := kept_grades(quarter.round.id, institution_ids)):
        return kept
    return computed_grades(quarter, institution_ids)


def kept_grades(round_id: int, institution_ids: Iterable[int] | None = None) -> Grades:
    """The grades a closing kept; one query."""
    rows = kept_snapshots().filter(round_id=round_id, kind=Snapshot.Kind.INSTITUTION)
    if institution_ids is not None:
        rows = rows.filter(subject_id__in=list(institution_ids))
    found = rows.order_by("code").values_list("subject_id", "payload")
    return {subject: grade_from_payload(subject, payload) for subject, payload in found}


def computed_grades(quarter: Quarter, institution_ids: Iterable[int] | None = None) -> Grades:
    """Grades the figures of a quarter with its methodology; two queries.

    While it is open, an extension that goes past the deadline already excuses its institution.
    """
    policy = policy_for(quarter.period)
    institutions = Institution.objects.order_by("code")
    if institution_ids is not None:
        institutions = institutions.filter(pk__in=list(institution_ids))
    moment = quarter.round.closed_at or quarter.round.closes_at
    known = list(
        institutions.annotate(is_excused=has_more_time(quarter.round.id, moment)).values_list(
            "pk", "code", "name", "is_excused"
        )
    )
    ids = [row[0] for row in known]
    goals = (
        kept_goals(quarter.round.id, ids)
        if quarter.is_official
        else current_goals(quarter.period, ids)
    )
    return {
        pk: graded(pk, code, name, goals.get(pk, ()), policy, is_excused=is_excused)
        for pk, code, name, is_excused in known
    }


GoalRow = tuple[int, str, str, Decimal | None, str]


def current_goals(period: Period, institution_ids: Iterable[int]) -> dict[int, list[GoalRow]]:
    """Institution -> its goals with their achievement to date, as they stand today."""
    rows = (
        GoalAchievement.objects.filter(
            period=period.code, goal__institution_id__in=list(institution_ids)
        )
        .order_by("goal__code")
        .values_list(
            "goal__institution_id", "goal_id", "goal__code", "goal__text", "own", "own_status"
        )
    )
    return grouped(rows)


def kept_goals(round_id: int, institution_ids: Iterable[int]) -> dict[int, list[GoalRow]]:
    """The same, as a closing kept it."""
    owners = dict(
        Goal.objects.filter(institution_id__in=list(institution_ids)).values_list(
            "pk", "institution_id"
        )
    )
    rows = (
        kept_snapshots()
        .filter(round_id=round_id, kind=Snapshot.Kind.GOAL, level=Goal.Level.INSTITUTIONAL)
        .order_by("code")
        .values_list("subject_id", "code", "payload__text", "payload__own")
    )
    return grouped(
        (owners[goal_id], goal_id, code, text, number(own["value"]), own["status"])
        for goal_id, code, text, own in rows
        if goal_id in owners
    )


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[GoalRow]]:
    found: dict[int, list[GoalRow]] = defaultdict(list)
    for owner, *goal in rows:
        found[owner].append((goal[0], goal[1], goal[2], goal[3], goal[4]))
    return found


def graded(
    institution_id: int,
    code: str,
    name: str,
    goals: Iterable[GoalRow],
    policy: Policy,
    *,
    is_excused: bool = False,
) -> InstitutionGrade:
    """The grade of one institution, with every goal it is made of.

    `is_excused`: DIGER gave it more time, so its silence follows its own rule.
    """
    rows = list(goals)
    inputs = [
        GradeInput(
            id=str(goal_id),
            label=text,
            value=value,
            status=Status(status),
            is_excused=is_excused,
        )
        for goal_id, _code, text, value, status in rows
    ]
    result = grade(inputs, policy)
    codes = {str(row[0]): row[1] for row in rows}
    return InstitutionGrade(
        institution_id=institution_id,
        code=code,
        name=name,
        value=result.value,
        band=result.band,
        goals=goals_of(result, codes),
        explanation=result.explanation.to_json(),
        policy_version=policy.version,
        is_kept=False,
    )


def goals_of(result: Grade, codes: Mapping[str, str]) -> tuple[EvaluatedGoal, ...]:
    return tuple(
        EvaluatedGoal(
            goal_id=int(part.id),
            code=codes[part.id],
            text=part.label,
            value=part.value,
            capped=part.capped,
            weight=part.weight,
            contribution=part.contribution,
            effect=part.effect,
            status=part.status,
        )
        for part in result.parts
    )


def grade_payload(given: InstitutionGrade) -> dict[str, Any]:
    """What a closing keeps of a grade: decimals as text, like every snapshot."""
    return {
        "code": given.code,
        "name": given.name,
        "grade": text_of(given.value),
        "band": given.band.value if given.band else None,
        "parts": [part_payload(goal) for goal in given.goals],
        "explanation": given.explanation,
        "policy_version": given.policy_version,
    }


def part_payload(goal: EvaluatedGoal) -> dict[str, Any]:
    return {
        "goal_id": goal.goal_id,
        "code": goal.code,
        "text": goal.text,
        "value": text_of(goal.value),
        "capped": text_of(goal.capped),
        "weight": text_of(goal.weight),
        "contribution": text_of(goal.contribution),
        "effect": text_of(goal.effect),
        "status": goal.status.value,
    }


def grade_from_payload(institution_id: int, payload: Mapping[str, Any]) -> InstitutionGrade:
    return InstitutionGrade(
        institution_id=institution_id,
        code=payload["code"],
        name=payload["name"],
        value=number(payload["grade"]),
        band=Band(payload["band"]) if payload["band"] else None,
        goals=tuple(part_from_payload(part) for part in payload.get("parts", ())),
        explanation=payload.get("explanation") or {},
        policy_version=payload.get("policy_version", ""),
        is_kept=True,
    )


def part_from_payload(part: Mapping[str, Any]) -> EvaluatedGoal:
    return EvaluatedGoal(
        goal_id=part["goal_id"],
        code=part["code"],
        text=part["text"],
        value=number(part["value"]),
        capped=number(part["capped"]),
        weight=Decimal(part["weight"]),
        contribution=Decimal(part["contribution"]),
        effect=Decimal(part["effect"]),
        status=Status(part["status"]),
    )


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
