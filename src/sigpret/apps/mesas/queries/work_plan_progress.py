"""One activity of the plan in force, and all that was told of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sigpret.apps.mesas.models import Mesa, WorkPlan, WorkPlanProgress
from sigpret.apps.mesas.queries.work_plan import (
    Activity,
    activities_in,
    activity_of,
    last_told,
)


@dataclass(frozen=True, slots=True)
class Told:
    percent: int
    note: str
    by: str
    at: datetime


def activity_in_force(mesa: Mesa, key: str, *, on: date) -> tuple[int, Activity] | None:
    """(year, activity) of a key in a plan that rules; None when no plan in force has it."""
    plans = WorkPlan.objects.filter(mesa=mesa, state=WorkPlan.State.IN_FORCE)
    for plan in plans.order_by("-year"):
        row = activities_in(plan.pk).filter(key=key).first()
        if row is not None:
            return plan.year, activity_of(row, last_told(mesa.pk).get(key), on)
    return None


def told_of(mesa: Mesa, key: str) -> tuple[Told, ...]:
    """What was told of an activity, newest first; one statement."""
    rows = WorkPlanProgress.objects.filter(mesa=mesa, key=key).select_related("told_by")
    return tuple(
        Told(row.percent, row.note, str(row.told_by), row.told_at)
        for row in rows.order_by("-told_at", "-pk")
    )
