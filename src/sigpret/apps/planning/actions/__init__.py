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

__all__ = [
    "ConflictError",
    "PlanSource",
    "ProductHasReportsError",
    "QuartersError",
    "RecordedPlan",
    "UnknownCodesError",
    "record_plan",
]
