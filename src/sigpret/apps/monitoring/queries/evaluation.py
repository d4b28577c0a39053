"""The evaluation of the country at a quarter: read, measured and added up, nothing stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.monitoring.queries.subjects import indicator_measures
from sigpret.apps.results.models import Goal
from sigpret.apps.results.queries import alignment_links
from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.explain import Explanation
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import RollupRule, contribute, roll_up
from sigpret.methodology.status import Status
from sigpret.methodology.values import Ratio


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """A goal's own measured achievement to date beside what its children contribute.

    `achievement` has the four figures; None, like `indicator_id`, for a goal nobody measures.
    """

    goal_id: int
    code: str
    indicator_id: int | None
    achievement: Achievement | None
    own: Figure
    contributed: Figure
    is_inconsistent: bool


@dataclass(frozen=True, slots=True)
class CountryEvaluation:
    """Every goal at a quarter, by id, with the measures (by indicator id) they come from."""

    period: Period
    policy: Policy
    measures: Mapping[int, Measure]
    goals: Mapping[int, GoalFigures]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal and the indicator that measures it, as far as the evaluation needs them."""

    id: int
    code: str
    indicator_id: int | None


def evaluate_country(*, period: Period, policy: Policy) -> CountryEvaluation:
    """Evaluate every goal with what was validated by the end of a quarter; three statements."""
    measures = indicator_measures(until=period)
    achievements = {
        indicator_id: achieve(measure, as_of=period, policy=policy)
        for indicator_id, measure in measures.items()
    }
    rows = Goal.objects.order_by().values_list("pk", "code", "indicator__pk")
    goals = [GoalRow(*row) for row in rows]
    own = {goal.code: own_figure(achievements.get(goal.indicator_id or 0)) for goal in goals}
    contributed = roll_up(
        {code: figure.value for code, figure in own.items()},
        alignment_links(),
        policy,
        ratios_of(own),
    )
    nothing = contribute((), RollupRule.NONE, policy)
    return CountryEvaluation(
        period,
        policy,
        measures,
        {
            goal.id: figures_of(
                goal,
                achievements.get(goal.indicator_id or 0),
                own[goal.code],
                contributed.get(goal.code, nothing),
                policy,
            )
            for goal in goals
        },
    )


def evaluate_goals(
    *, period: Period, policy: Policy, goal_ids: Collection[int] | None = None
) -> dict[int, GoalFigures]:
    """The figures of some goals, or of all, computed now and not read from what is stored."""
    goals = evaluate_country(period=period, policy=policy).goals
    wanted = goals.keys() if goal_ids is None else goal_ids
    return {goal_id: goals[goal_id] for goal_id in wanted if goal_id in goals}


def figures_of(
    goal: GoalRow, achievement: Achievement | None, own: Figure, contributed: Figure, policy: Policy
) -> GoalFigures:
    return GoalFigures(
        goal_id=goal.id,
        code=goal.code,
        indicator_id=goal.indicator_id,
        achievement=achievement,
        own=own,
        contributed=contributed,
        is_inconsistent=disagree(own.value, contributed.value, policy),
    )


UNMEASURED = Figure(None, Status.NOT_DUE, Explanation("evaluation.unmeasured", "", {}))


def own_figure(achievement: Achievement | None) -> Figure:
    """What a goal measures of itself: its achievement to date."""
    return UNMEASURED if achievement is None else achievement.to_date


def ratios_of(figures: Mapping[str, Figure]) -> dict[str, Ratio]:
    """Executed over planned to date, for the parents that pool them."""
    return {
        code: Ratio(figure.executed, figure.planned)
        for code, figure in figures.items()
        if figure.value is not None and figure.executed is not None and figure.planned is not None
    }


def disagree(own: Decimal | None, contributed: Decimal | None, policy: Policy) -> bool:
    """Do the two voices about a goal differ by more than the policy lets pass?"""
    if own is None or contributed is None:
        return False
    return abs(own - contributed) > policy.chain_gap
