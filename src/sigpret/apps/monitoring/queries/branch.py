"""The goals above some indicators, with what is stored of their children: nothing else is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import starmap
from typing import NamedTuple

from django.db import connection

from sigpret.apps.results.queries import links_of
from sigpret.methodology.achievement import Figure
from sigpret.methodology.explain import Explanation
from sigpret.methodology.formulas import RATIO
from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import POOLING, Link, RollupRule
from sigpret.methodology.status import Status
from sigpret.methodology.values import Ratio

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


# Only the parents that pool quantities, or take the latest child, need these.
QUANTITIES = """
SELECT goal.code, coalesce(stored.explanation->'params'->>'of', indicator.unit),
    stored.explanation->>'rule' = %(ratio)s,
    coalesce((stored.explanation->'params'->>'numerator')::numeric, stored.executed),
    coalesce((stored.explanation->'params'->>'denominator')::numeric, stored.planned),
    (SELECT max(period) FROM monitoring_reportedvalue value
        WHERE value.indicator_id = indicator.id AND value.state = 'validated'
        AND value.value IS NOT NULL AND value.period <= %(period)s)
FROM results_goal goal
JOIN results_indicator indicator ON indicator.goal_id = goal.id
JOIN monitoring_indicatorachievement stored
    ON stored.indicator_id = indicator.id AND stored.period = %(period)s
WHERE goal.code = ANY(%(codes)s)
"""
NEEDING_QUANTITIES = (*POOLING, RollupRule.LATEST)
WITHOUT_REASON = partial(Explanation, "evaluation.stored", "", {})


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
        return not (self.receives and self.rule in NEEDING_QUANTITIES)

    @property
    def receives(self) -> bool:
        """Does the child pass on what it receives, whose parts and period are not stored?"""
        return self.child_own is None and self.child_contributed is not None


@dataclass(frozen=True, slots=True)
class Branch:
    """`goals` reached from the changed ones: id by code. `links` are those below them.

    `own` is what each of them measured when it was stored. `values` are those of every goal
    mentioned, by code: measured, or contributed to a goal outside the branch that measures
    nothing. `units`, `ratios` and `reported` only where a rule needs them. `is_enough` False:
    what is stored cannot answer, evaluate the country.
    """

    goals: dict[str, int]
    links: list[Link]
    own: dict[str, Figure]
    values: dict[str, Decimal | None]
    units: dict[str, str]
    ratios: dict[str, Ratio]
    reported: dict[str, Period]
    is_enough: bool


class Quantities(NamedTuple):
    """Of the goals measured, by code: their unit, their parts where they are executed over
    planned, and the last period they reported."""

    units: dict[str, str]
    ratios: dict[str, Ratio]
    reported: dict[str, Period]


def branch_above(*, indicator_ids: Collection[int], period: Period) -> Branch:
    """Everything that depends on some indicators, by statements that follow indexes only.

    One, and a second when some parent pools its children or takes the latest.
    """
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, {"indicators": [*indicator_ids], "period": period.code})
        rows = list(starmap(Row, cursor.fetchall()))
    links = links_of(
        (row.child, row.code, row.weight, row.rule) for row in rows if row.child is not None
    )
    own = {row.code: Figure(row.own, status_of(row.own_status), WITHOUT_REASON) for row in rows}
    values = {
        row.child: row.child_contributed if row.child_own is None else row.child_own
        for row in rows
        if row.child is not None
    } | {code: figure.value for code, figure in own.items()}
    is_needed = any(link.rule in NEEDING_QUANTITIES for link in links)
    quantities = quantities_of(values, period) if is_needed else Quantities({}, {}, {})
    is_dated = any(link.rule is RollupRule.LATEST for link in links)
    return Branch(
        goals={row.code: row.goal_id for row in rows},
        links=links,
        own=own,
        values=values,
        units=quantities.units,
        ratios=quantities.ratios,
        reported=quantities.reported,
        is_enough=all(row.is_enough and not (is_dated and row.receives) for row in rows),
    )


def status_of(stored: str | None) -> Status:
    return Status(stored or Status.NOT_DUE)


def quantities_of(values: Mapping[str, Decimal | None], period: Period) -> Quantities:
    """What pooling and taking the latest need of the goals that have a value."""
    with connection.cursor() as cursor:
        cursor.execute(QUANTITIES, {"period": period.code, "codes": [*values], "ratio": RATIO.name})
        rows = cursor.fetchall()
    return Quantities(
        units={row[0]: row[1] for row in rows},
        ratios={
            code: Ratio(executed, planned, unit)
            for code, unit, is_ratio, executed, planned, _last in rows
            if is_ratio
        },
        reported={row[0]: Period.parse(row[-1]) for row in rows if row[-1]},
    )
