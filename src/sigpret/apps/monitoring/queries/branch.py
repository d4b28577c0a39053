"""The goals above some indicators, with what is stored of their children: nothing else is read."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from sigpret.apps.results.queries import links_of
from sigpret.methodology.achievement import Figure
from sigpret.methodology.explain import Explanation
from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import Link, RollupRule
from sigpret.methodology.status import Status

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
    coalesce(child_stored.own, child_stored.contributed), child_stored.own_status
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
class Branch:
    """`goals` reached from the changed ones: id by code. `links` are those below them.

    `own` has what is stored of every goal mentioned, by code, as figures without a reason: the
    measured achievement, or what is contributed to a goal that is not in the branch itself and
    measures nothing. `is_enough` False: something was never evaluated, or pools quantities that
    are not stored.
    """

    goals: dict[str, int]
    links: list[Link]
    own: dict[str, Figure]
    is_enough: bool


def branch_above(*, indicator_ids: Collection[int], period: Period) -> Branch:
    """Everything that depends on some indicators, in one statement that follows indexes only."""
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, {"indicators": [*indicator_ids], "period": period.code})
        rows = cursor.fetchall()
    linked = [row for row in rows if row[4] is not None]
    links = links_of((row[4], row[1], row[5], row[6]) for row in linked)
    own = {row[4]: stored_figure(row[7], row[8]) for row in linked}
    return Branch(
        goals={row[1]: row[0] for row in rows},
        links=links,
        own=own | {row[1]: stored_figure(row[2], row[3]) for row in rows},
        is_enough=all(row[3] for row in rows)
        and all(row[8] for row in linked)
        and all(link.rule is not RollupRule.POOLED_RATIO for link in links),
    )


def stored_figure(value: Decimal | None, status: str | None) -> Figure:
    return Figure(value, Status(status or Status.NOT_DUE), WITHOUT_REASON)


WITHOUT_REASON = Explanation("evaluation.stored", "", {})
