"""What is wrong with the matrix, for the person who may put it right."""

from dataclasses import dataclass

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Goal
from sigpret.apps.results.permissions import can_write_goal, readable_goals
from sigpret.apps.results.queries.chain import chain_goals
from sigpret.apps.results.queries.links import alignment_links
from sigpret.methodology.matrix import Problem, Severity, problems_of
from sigpret.web.sentences import said


@dataclass(frozen=True, slots=True)
class MatrixFinding:
    """A problem of a goal, with where the goal stands. `others` are the codes it also names.

    `can_fix`: the reader writes that goal.
    """

    rule: str
    severity: str
    goal: str
    goal_id: int
    goal_text: str
    level: str
    sector: str
    institution: str
    text: str
    suggestion: str
    others: tuple[str, ...] = ()
    can_fix: bool = False

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def country_problems() -> tuple[Problem, ...]:
    """Everything wrong in the country, whoever asks; four statements."""
    return problems_of(chain_goals(), alignment_links())


def findings(access: Access, *, sector: str = "", rule: str = "") -> tuple[MatrixFinding, ...]:
    """What is wrong with the goals the person reads, worst first; five statements.

    The rules look at the whole country; only its goals are named. `sector` is a code.
    """
    goals = {
        goal.code: goal
        for goal in Goal.objects.filter(
            pk__in=Goal.objects.filter(readable_goals(access)).order_by().values("pk")
        ).select_related("sector", "institution")
    }
    return tuple(
        finding_of(problem, goals[problem.goal], access)
        for problem in country_problems()
        if problem.goal in goals
        and (not sector or goals[problem.goal].sector.code == sector)
        and (not rule or problem.rule == rule)
    )


def finding_of(problem: Problem, goal: Goal, access: Access) -> MatrixFinding:
    return MatrixFinding(
        rule=str(problem.rule),
        severity=str(problem.severity),
        goal=goal.code,
        goal_id=goal.pk,
        goal_text=goal.text,
        level=goal.level,
        sector=goal.sector.code,
        institution=goal.institution.code if goal.institution else "",
        text=said(problem.text),
        suggestion=said(problem.suggestion),
        others=problem.others,
        can_fix=can_write_goal(access, goal.institution_id),
    )
