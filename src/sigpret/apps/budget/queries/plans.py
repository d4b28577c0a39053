"""The plan a budget belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.workflow import WRITABLE_PLANS


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Which plan it is, at what version, and how far."""

    id: int
    version: int
    state: str
    state_label: str

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE_PLANS


def plan_facts(institution_id: int, fiscal_year: int) -> PlanFacts | None:
    """The plan of an institution and year; None while it is not loaded."""
    plan = AnnualPlan.objects.filter(institution=institution_id, fiscal_year=fiscal_year).first()
    if plan is None:
        return None
    return PlanFacts(plan.pk, plan.version, plan.state, plan.get_state_display())
