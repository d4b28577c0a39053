"""The goals above some indicators, with what is stored of their children: nothing else is read."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from sigpret.apps.monitoring.queries.evaluation import GoalRow
from sigpret.apps.results.queries import links_of
from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import Link, RollupRule

# Every goal reached, once per child; a goal without children comes once, with nulls.
BRANCH = """
WITH RECURSIVE above (goal_id) AS (
    SELECT goal_id FROM results_indicator WHERE id = ANY(%(indicators)s)
    UNION
    SELECT link.parent_id FROM above
    JOIN results_alignment link ON link.child_id = above.goal_id
)
SELECT goal.id, goal.code, indicator.id, stored.own, stored.own_status,
    child.code, link.weight, link.rollup_rule,
    child_stored.id IS NOT NULL, coalesce(child_stored.own, child_stored.contributed)
FROM above
JOIN results_goal goal ON goal.id = above.goal_id
LEFT JOIN results_indicator indicator ON indicator.goal_id = goal.id
LEFT JOIN monitoring_goalachievement stored
    ON stored.goal_id = goal.id AND stored.period = %(period)s
LEFT JOIN results_alignment link ON link.parent_id = goal.id
LEFT JOIN results_goal child ON child.id = link.child_id
LEFT JOIN monitoring_goalachievement child_stored
    ON child_stored.goal_id = child.id AND child_stored.period = %(period)s
"""


@dataclass(frozen=True, slots=True)
class StoredGoal:
    """A goal of the branch; `own` and `own_status` as stored, None when never evaluated."""

    goal: GoalRow
    own: Decimal | None
    own_status: str | None


@dataclass(frozen=True, slots=True)
class Branch:
    """`goals` reached from the changed ones, by code; `links` below them; `children` are the
    values, by code, of those below that are not in the branch themselves.

    `is_enough` False: something was never evaluated, or pools quantities that are not stored.
    """

    goals: dict[str, StoredGoal]
    links: list[Link]
    children: dict[str, Decimal | None]
    is_enough: bool


def branch_above(*, indicator_ids: Collection[int], period: Period) -> Branch:
    """Everything that depends on some indicators, in one statement that follows indexes only."""
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, {"indicators": [*indicator_ids], "period": period.code})
        rows = cursor.fetchall()
    goals = {row[1]: StoredGoal(GoalRow(*row[:3]), row[3], row[4]) for row in rows}
    linked = [row for row in rows if row[5] is not None]
    links = links_of((row[5], row[1], row[6], row[7]) for row in linked)
    return Branch(
        goals=goals,
        links=links,
        children={row[5]: row[9] for row in linked if row[5] not in goals},
        is_enough=all(goal.own_status for goal in goals.values())
        and all(row[8] for row in linked)
        and all(link.rule is not RollupRule.POOLED_RATIO for link in links),
    )
