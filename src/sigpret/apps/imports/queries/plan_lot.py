"""A plan as a workbook, and what an uploaded one would change in it."""

from __future__ import annotations

from datetime import datetime

from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.workbooks.plan_in import PlanLot
from sigpret.apps.imports.workbooks.plan_out import QUARTERS, PlanLists, lists_of
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.actions.cells import last_event_of
from sigpret.apps.planning.actions.writing import PlanNotWritableError, closed_words
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.programming import period_code, plain_code
from sigpret.apps.planning.queries.whole import WholePlan, whole_plan
from sigpret.apps.planning.reported import closed_quarters
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


def why_shut(plan: WholePlan) -> dict[str, str]:
    """Why the columns of quarters that closed are not written, by column: `q1`; one statement."""
    codes = {key: period_code(plan.fiscal_year, n) for n, key in enumerate(QUARTERS, 1)}
    closed = closed_quarters(plan.fiscal_year)
    return {key: closed_words(code) for key, code in codes.items() if code in closed}


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
        shut=why_shut(plan),
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
