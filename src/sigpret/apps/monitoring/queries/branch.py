"""The goals above some indicators, with what is stored of their children: nothing else is read."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from sigpret.apps.results.queries import links_of
from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import Link, RollupRule

# Each step up looks only at its own goal's links (OFFSET 0 keeps the planner from joining whole
# tables), and what was reached travels as an array, so that the rest follows indexes too.
# Every goal reached comes once per child; one without children comes once, with nulls.
BRANCH = """
WITH RECURSIVE above (goal_id) AS (
    SELECT goal_id FROM results_indicator WHERE id = ANY(%(indicators)s)
    UNION
    SELECT up.parent_id FROM above, LATERAL (
        SELECT parent_id FROM results_alignment WHERE child_id = above.goal_id OFFSET 0) up
)
SELECT goal.id, goal.code, stored.own, stored.own_status,
    child.code, link.weight, link.rollup_rule,
    child_stored.id IS NOT NULL, coalesce(child_stored.own, child_stored.contributed)
FROM results_goal goal
LEFT JOIN monitoring_goalachievement stored
    ON stored.goal_id = goal.id AND stored.period = %(period)s
LEFT JOIN results_alignment link ON link.parent_id = goal.id
LEFT JOIN results_goal child ON child.id = link.child_id
LEFT JOIN monitoring_goalachievement child_stored
    ON child_stored.goal_id = child.id AND child_stored.period = %(period)s
WHERE goal.id = ANY(ARRAY(SELECT goal_id FROM above))
"""


@dataclass(frozen=True, slots=True)
class StoredGoal:
    """A goal of the branch; `own` and `own_status` as stored, None when never evaluated."""

    id: int
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
    goals = {row[1]: StoredGoal(row[0], row[2], row[3]) for row in rows}
    linked = [row for row in rows if row[4] is not None]
    links = links_of((row[4], row[1], row[5], row[6]) for row in linked)
    return Branch(
        goals=goals,
        links=links,
        children={row[4]: row[8] for row in linked if row[4] not in goals},
        is_enough=all(goal.own_status for goal in goals.values())
        and all(row[7] for row in linked)
        and all(link.rule is not RollupRule.POOLED_RATIO for link in links),
    )
