"""Reads of plans."""

from sigpret.apps.planning.queries.plans import (
    PlanOverview,
    plans_of_year,
    years_with_plans,
)
from sigpret.apps.planning.queries.sheet import PlanSheet, plan_sheet
from sigpret.apps.planning.queries.stored import NOTHING_STORED, StoredPlan, stored_plan

__all__ = [
    "NOTHING_STORED",
    "PlanOverview",
    "PlanSheet",
    "StoredPlan",
    "plan_sheet",
    "plans_of_year",
    "stored_plan",
    "years_with_plans",
]
