"""A plan as a workbook, and what an uploaded one would change in it."""

from __future__ import annotations

from datetime import datetime

from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.workbooks.plan_in import PlanLot
from sigpret.apps.imports.workbooks.plan_out import PlanLists, lists_of
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.actions.cells import last_event_of
from sigpret.apps.planning.actions.writing import PlanNotWritableError
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.programming import plain_code
from sigpret.apps.planning.queries.whole import WholePlan, whole_plan
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.apps.reference.models import Periodicity, UnitOfMeasure
from sigpret.intake.rows import Coded


def plan_lists(plan: WholePlan) -> PlanLists:
    """What the cells of the plan's workbook offer; two statements."""
    units = tuple(Coded(plain_code(row.code), row.name) for row in UnitOfMeasure.objects.all())
    often = tuple(Coded(plain_code(row.code), row.name) for row in Periodicity.objects.all())
    return lists_of(plan, units, often)


def why_closed(plan: WholePlan) -> str:
    """Why nobody may write the plan now; empty while the institution writes it."""
    if plan.state in WRITABLE_PLANS:
        return ""
    return str(PlanNotWritableError(AnnualPlan(state=plan.state, fiscal_year=plan.fiscal_year)))


def plan_lot(facts: LotFacts) -> PlanLot:
    """The lot beside the plan as it stands now. The lot is one of a plan."""
    institution, year = plan_place(facts)
    plan = whole_plan(institution, year)
    if plan is None:
        raise ValueError("a lot of a plan has its plan")
    return PlanLot(
        plan=plan,
        lists=plan_lists(plan),
        content=facts.content,
        corrections=facts.corrections,
        decisions=facts.decisions,
        writers=lambda product_id: last_writer(plan.id, product_id),
        closed=why_closed(plan),
    )


def last_writer(plan_id: int, product_id: int) -> tuple[str, datetime | None]:
    """Who wrote a product last, and when; empty when the chain does not say."""
    event = last_event_of(AnnualPlan(pk=plan_id), product_id)
    return (event.actor_name, event.at) if event else ("", None)


def plan_place(facts: LotFacts) -> tuple[Institution, int]:
    """Whose plan and of which year: every lot of a plan says both."""
    if facts.institution is None or facts.period is None:
        raise ValueError("a plan lot has its institution and its year")
    return facts.institution, facts.period.year
