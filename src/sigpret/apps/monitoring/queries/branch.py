"""The goals above some indicators, with what is stored of their children: nothing else is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import starmap
from typing import NamedTuple

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
SELECT goal.id, goal.code, stored.own, stored.own_status, child.code, link.weight,
    link.rollup_rule, child_stored.own, child_stored.contributed, child_stored.own_status
FROM results_goal goal
LEFT JOIN monitoring_goalachievement stored
    ON stored.goal_id = goal.id AND stored.period = %(period)s
LEFT JOIN results_alignment link ON link.parent_id = goal.id
LEFT JOIN results_goal child ON child.id = link.child_id
LEFT JOIN monitoring_goalachievement child_stored
    ON child_stored.goal_id = child.id AND child_stored.period = %(period)s
WHERE goal.id = ANY(ARRAY(SELECT goal_id FROM above))
"""


# Only the parents that pool quantities need them.
QUANTITIES = """
SELECT goal.code, stored.executed, stored.planned
FROM results_goal goal
JOIN results_indicator indicator ON indicator.goal_id = goal.id
JOIN monitoring_indicatorachievement stored
    ON stored.indicator_id = indicator.id AND stored.period = %(period)s
WHERE goal.code = ANY(%(codes)s)
"""
WITHOUT_REASON = Explanation("evaluation.stored", "", {})


class Row(NamedTuple):
    """A goal of the branch with what is stored of it, and one of its children, if it has any."""

    goal_id: int
    code: str
    own: Decimal | None
    own_status: str | None
    child: str | None
    weight: Decimal
    rule: str
    child_own: Decimal | None
    child_contributed: Decimal | None
    child_status: str | None

    @property
    def is_enough(self) -> bool:
        """Was everything evaluated, and is what the parent pools stored?"""
        if self.own_status is None or (self.child and self.child_status is None):
            return False
        receives = self.child_own is None and self.child_contributed is not None
        return not (receives and self.rule == RollupRule.POOLED_RATIO)


@dataclass(frozen=True, slots=True)
class Branch:
    """`goals` reached from the changed ones: id by code. `links` are those below them.

    `own` has what is stored of every goal mentioned, by code, as figures without a reason: the
    measured achievement, or what is contributed to a goal that is not in the branch itself and
    measures nothing. `is_enough` False: what is stored cannot answer, evaluate the country.
    """

    goals: dict[str, int]
    links: list[Link]
    own: dict[str, Figure]
    is_enough: bool


def branch_above(*, indicator_ids: Collection[int], period: Period) -> Branch:
    """Everything that depends on some indicators, by statements that follow indexes only.

    One, and a second when some parent pools the quantities of its children.
    """
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, {"indicators": [*indicator_ids], "period": period.code})
        rows = list(starmap(Row, cursor.fetchall()))
    linked = [row for row in rows if row.child is not None]
    links = links_of((row.child or "", row.code, row.weight, row.rule) for row in linked)
    own = {
        row.child or "": stored_figure(
            row.child_contributed if row.child_own is None else row.child_own, row.child_status
        )
        for row in linked
    }
    own |= {row.code: stored_figure(row.own, row.own_status) for row in rows}
    if any(link.rule is RollupRule.POOLED_RATIO for link in links):
        own |= with_quantities(own, period)
    return Branch(
        goals={row.code: row.goal_id for row in rows},
        links=links,
        own=own,
        is_enough=all(row.is_enough for row in rows),
    )


def with_quantities(own: Mapping[str, Figure], period: Period) -> dict[str, Figure]:
    """The same figures with what was executed and planned to date, of the goals measured."""
    with connection.cursor() as cursor:
        cursor.execute(QUANTITIES, {"period": period.code, "codes": [*own]})
        return {
            code: replace(own[code], executed=executed, planned=planned)
            for code, executed, planned in cursor.fetchall()
        }


def stored_figure(value: Decimal | None, status: str | None) -> Figure:
    return Figure(value, Status(status or Status.NOT_DUE), WITHOUT_REASON)
