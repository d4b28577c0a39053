"""The evaluation of one institution, opened down to the reported values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sigpret.apps.evaluation.queries.goal import standings_at
from sigpret.apps.evaluation.queries.grades import (
    EvaluatedGoal,
    Grades,
    InstitutionGrade,
    graded,
    grades_at,
)
from sigpret.apps.evaluation.queries.products import LinkedProduct, due_products
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.peers import BandLimits, expected_band
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.values import median

#: Fewer institutions than this are not compared: each one would be recognisable.
ENOUGH_PEERS = 5


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """What identifies an institution."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A goal in the grade, beside its figures and the points it moved since the quarter before."""

    goal: EvaluatedGoal
    standing: Standing | None
    moved: Decimal | None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another institution of the same sectors, unnamed: how many goals, what it obtained."""

    goals: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class InstitutionEvaluation:
    """Everything the evaluation page shows. `grade` is kept when the quarter is closed.

    `peers` is empty when there are too few to compare with; `peer_count` says how many. `band`
    is how far chance alone may carry a grade of their group, around its `median`.
    """

    institution: InstitutionFacts
    quarter: Quarter
    grade: InstitutionGrade
    before: InstitutionGrade | None
    rows: tuple[PartRow, ...]
    gone: Decimal
    sectors: tuple[str, ...]
    peer_count: int
    peers: tuple[Peer, ...]
    band: tuple[BandLimits, ...]
    median: Decimal | None
    products: tuple[LinkedProduct, ...]
    policy: Policy

    @property
    def change(self) -> Decimal | None:
        """Points of the grade won or lost since the quarter before."""
        if self.before is None or self.before.value is None or self.grade.value is None:
            return None
        return self.grade.value - self.before.value


def institution_facts(code: str) -> InstitutionFacts | None:
    """The institution of a code, or None."""
    row = Institution.objects.filter(code=code).values_list("pk", "code", "name").first()
    return InstitutionFacts(*row) if row else None


def institution_evaluation(
    institution: InstitutionFacts, *, period: Period, as_of: date
) -> InstitutionEvaluation | None:
    """The evaluation of an institution at a quarter; a fixed number of queries.

    None when nobody has opened a round yet. Raises UnknownQuarterError.
    """
    quarter = quarter_shown(as_of=as_of, asked=period)
    if quarter is None:
        return None
    policy = policy_for(quarter.period)
    sectors, peer_ids = peers_of(institution.id)
    grades = grades_at(quarter, [institution.id, *peer_ids])
    own = grades.get(institution.id) or graded(
        institution.id, institution.code, institution.name, (), policy
    )
    before = grade_before(quarter.previous, institution.id)
    standings, _past = standings_at(quarter, {goal.goal_id for goal in own.goals})
    others = compared(grades, institution.id)
    group = group_of(grades) if len(others) >= ENOUGH_PEERS else []
    return InstitutionEvaluation(
        institution=institution,
        quarter=quarter,
        grade=own,
        before=before,
        rows=part_rows(own, before, standings),
        gone=points_gone(own, before),
        sectors=sectors,
        peer_count=len(others),
        peers=others if len(others) >= ENOUGH_PEERS else (),
        band=expected_band([entered(grade) for grade in group], policy),
        median=median(grade.value for grade in group if grade.value is not None),
        products=due_products(institution.id, quarter.period),
        policy=policy,
    )


def peers_of(institution_id: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """(names of its sectors, the other institutions of those sectors); two queries."""
    sectors = dict(
        Institution.sectors.through.objects.filter(institution_id=institution_id)
        .order_by("sector__name")
        .values_list("sector_id", "sector__name")
    )
    others = (
        Institution.objects.filter(sectors__in=list(sectors))
        .exclude(pk=institution_id)
        .order_by("code")
        .distinct()
        .values_list("pk", flat=True)
    )
    return tuple(sectors.values()), tuple(others)


def grade_before(previous: RoundFacts | None, institution_id: int) -> InstitutionGrade | None:
    if previous is None:
        return None
    earlier = Quarter(round=previous, previous=None, choices=())
    return grades_at(earlier, [institution_id]).get(institution_id)


def part_rows(
    own: InstitutionGrade, before: InstitutionGrade | None, standings: dict[int, Standing]
) -> tuple[PartRow, ...]:
    """The goals of the grade, those that take most points away first, the not due last."""
    earlier = {goal.goal_id: goal.contribution for goal in before.goals} if before else {}
    rows = [
        PartRow(goal, standings.get(goal.goal_id), moved(goal, earlier, before is not None))
        for goal in own.goals
    ]
    return tuple(sorted(rows, key=lambda row: order_of(row.goal)))


def moved(goal: EvaluatedGoal, earlier: dict[int, Decimal], is_comparable: bool) -> Decimal | None:
    if not is_comparable:
        return None
    return goal.contribution - earlier.get(goal.goal_id, Decimal(0))


def order_of(goal: EvaluatedGoal) -> tuple[bool, Decimal, str]:
    return (goal.capped is None, goal.effect, goal.code)


def points_gone(own: InstitutionGrade, before: InstitutionGrade | None) -> Decimal:
    """What goals that no longer count had given a quarter ago."""
    counted = {goal.goal_id for goal in own.goals}
    lost = (
        goal.contribution
        for goal in (before.goals if before else ())
        if goal.goal_id not in counted
    )
    return sum(lost, Decimal(0))


def group_of(grades: Grades) -> list[InstitutionGrade]:
    """The institution and its peers, those with a grade."""
    return [grade for grade in grades.values() if grade.value is not None]


def entered(grade: InstitutionGrade) -> list[Decimal]:
    """The achievements a grade is the mean of."""
    return [goal.capped for goal in grade.goals if goal.capped is not None]


def compared(grades: Grades, institution_id: int) -> tuple[Peer, ...]:
    """The other institutions with a grade; in the order of their codes, never of their grade."""
    return tuple(peer_list(grades.values(), institution_id))


def peer_list(grades: Iterable[InstitutionGrade], institution_id: int) -> Iterable[Peer]:
    for other in grades:
        if other.institution_id != institution_id and other.value is not None:
            yield Peer(other.due, other.value)
