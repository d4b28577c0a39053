"""The evaluation of the country at a quarter: read, measured and added up, nothing stored."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.results.models import Goal
from sigpret.apps.results.queries import alignment_links
from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.alerts import chain_inconsistent
from sigpret.methodology.explain import Explanation
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import RollupRule, contribute, ratio_of, roll_up
from sigpret.methodology.status import Status
from sigpret.methodology.values import Ratio


class GoalFigures(NamedTuple):
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


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Let thousands of objects that will all be kept be made without looking for garbage.

    Python would look through all of them again and again: a quarter of the evaluation's time.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


@nothing_to_collect()
def evaluate_country(*, period: Period, policy: Policy) -> CountryEvaluation:
    """Evaluate every goal with what was validated by the end of a quarter; three statements."""
    measures = indicator_measures(until=period)
    achievements = {
        indicator_id: achieve(measure, as_of=period, policy=policy)
        for indicator_id, measure in measures.items()
    }
    rows = Goal.objects.order_by().values_list("pk", "code", "indicator__pk", "indicator__unit")
    measured = {code: achievements.get(indicator_id) for _goal, code, indicator_id, _unit in rows}
    own = {code: own_figure(achievement) for code, achievement in measured.items()}
    received = roll_up(
        {code: figure.value for code, figure in own.items()},
        alignment_links(),
        policy,
        ratios_of(own, {code: unit or "" for _goal, code, _indicator, unit in rows}),
        last_reported(measures.values()),
    )
    nothing = nothing_received(policy)
    contributed = {code: received.get(code, nothing) for code in own}
    goals = {
        goal_id: GoalFigures(
            goal_id,
            code,
            indicator_id,
            measured[code],
            own[code],
            contributed[code],
            disagree(code, period, own[code], contributed[code], policy),
        )
        for goal_id, code, indicator_id, _unit in rows
    }
    return CountryEvaluation(period, policy, measures, goals)


def evaluate_goals(
    *, period: Period, policy: Policy, goal_ids: Collection[int] | None = None
) -> dict[int, GoalFigures]:
    """The figures of some goals, or of all, computed now and not read from what is stored."""
    goals = evaluate_country(period=period, policy=policy).goals
    wanted = goals.keys() if goal_ids is None else goal_ids
    return {goal_id: goals[goal_id] for goal_id in wanted if goal_id in goals}


UNMEASURED = Figure(None, Status.NOT_DUE, partial(Explanation, "evaluation.unmeasured", "", {}))


def nothing_received(policy: Policy) -> Figure:
    """What is contributed to a goal that nobody serves."""
    return contribute((), RollupRule.NONE, policy)


def own_figure(achievement: Achievement | None) -> Figure:
    """What a goal measures of itself: its achievement to date."""
    return UNMEASURED if achievement is None else achievement.to_date


def ratios_of(figures: Mapping[str, Figure], units: Mapping[str, str]) -> dict[str, Ratio]:
    """Executed over planned to date, for the parents that pool their children."""
    return {
        code: ratio
        for code, figure in figures.items()
        if (ratio := ratio_of(figure, units.get(code, "")))
    }


def last_reported(measures: Iterable[Measure]) -> dict[str, Period]:
    """When each goal was last measured, for a parent that takes the latest of its children."""
    reported = {
        measure.id: [period for period, value in measure.executed.items() if value is not None]
        for measure in measures
    }
    return {code: max(periods) for code, periods in reported.items() if periods}


def disagree(code: str, period: Period, own: Figure, contributed: Figure, policy: Policy) -> bool:
    """Does what a goal measures differ too much from what its children contribute?"""
    return chain_inconsistent(code, period, own, contributed, policy) is not None
