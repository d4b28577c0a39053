"""From the figures of a goal to its drawings on the pages of a mesa."""

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.mesas.queries.goals import MesaGoal
from sigpret.web.charts import Bullet, Spark, SparkPoint
from sigpret.web.dates import period_short
from sigpret.web.formats import format_number, format_percent, sign_of

LOWER_IS_BETTER = "descending"


@dataclass(frozen=True, slots=True)
class DrawnGoal:
    """A goal with its drawings, and its quantities as people read them; empty when absent."""

    goal: MesaGoal
    bullet: Bullet
    spark: Spark
    executed: str
    planned: str


def drawn_goal(goal: MesaGoal) -> DrawnGoal:
    return DrawnGoal(
        goal=goal,
        bullet=bullet(goal),
        spark=spark(goal),
        executed=amount(goal.executed, goal.unit),
        planned=amount(goal.planned, goal.unit),
    )


def amount(value: Decimal | None, unit: str) -> str:
    """`61 %`, `9,840`; empty for what is absent."""
    if value is None:
        return ""
    return format_percent(value) if sign_of(unit) == "%" else format_number(value)


def bullet(goal: MesaGoal) -> Bullet:
    """Achieved, planned and the year's target; to the right is better also when less is better."""
    return Bullet(
        executed=goal.executed,
        planned=goal.planned,
        target=goal.annual_target,
        status=goal.status,
        unit=sign_of(goal.unit),
        baseline=goal.baseline if goal.sense == LOWER_IS_BETTER else None,
    )


def spark(goal: MesaGoal) -> Spark:
    """The quarters before and this one, as percent of what was planned."""
    return Spark(
        tuple(
            SparkPoint(period_short(point.period), point.achievement, point.status)
            for point in goal.series
        )
    )
