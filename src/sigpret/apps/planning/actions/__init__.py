"""Writes of the plan."""

from sigpret.apps.planning.actions.record import (
    ConflictError,
    PlanSource,
    ProductHasReportsError,
    QuartersError,
    RecordedPlan,
    UnknownCodesError,
    record_plan,
)
from sigpret.apps.planning.actions.writing import PlanNotWritableError

__all__ = [
    "ConflictError",
    "PlanNotWritableError",
    "PlanSource",
    "ProductHasReportsError",
    "QuartersError",
    "RecordedPlan",
    "UnknownCodesError",
    "record_plan",
]
