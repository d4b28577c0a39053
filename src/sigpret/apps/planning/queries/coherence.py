"""The coherence of plans: their facts, gathered for many plans at once, and what the rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sigpret.apps.planning.around import PlanLinks, PlanMoney, links_around, money_around
from sigpret.apps.planning.catalogue import was_accepted
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.programming import QUARTER_NUMBERS, Quarters, period_code
from sigpret.apps.planning.queries.coherence_rows import (
    CoherenceRows,
    OutlineRow,
    PlanRow,
    ProductRow,
    coherence_rows,
)
from sigpret.apps.reference.queries import policy_for
from sigpret.intake.spelling import stems
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.periods import Period
from sigpret.methodology.plans.facts import (
    Finding,
    ObjectiveFacts,
    PlanFacts,
    ProductFacts,
    ReportedProduct,
    ResultFacts,
)
from sigpret.methodology.plans.registry import findings


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A plan as the rules saw it, and what they found: errors first.

    `institution` is the code of whose it is.
    """

    institution: str
    facts: PlanFacts
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    """The rows of the plans being checked and what the apps above know of them."""

    rows: CoherenceRows
    money: dict[int, PlanMoney]
    links: PlanLinks | None


def findings_of(plan: AnnualPlan) -> tuple[Finding, ...]:
    """What the plan should mend, errors first; empty when it is coherent."""
    return findings_of_plan(plan.pk)


def findings_of_plan(plan_id: int) -> tuple[Finding, ...]:
    """The same by id; nothing for a plan that is not there."""
    return findings_of_plans([plan_id]).get(plan_id, ())


def findings_of_plans(plan_ids: Collection[int]) -> dict[int, tuple[Finding, ...]]:
    """The findings of each plan by its id; the same statements for one plan as for a hundred."""
    return {pk: checked.findings for pk, checked in checked_plans(plan_ids).items()}


def checked_plans(plan_ids: Collection[int]) -> dict[int, CheckedPlan]:
    """Each plan by its id, with its findings by the rules in force at the end of its year."""
    sources = _Sources(
        coherence_rows(plan_ids), dict(money_around(plan_ids)), links_around(plan_ids)
    )
    outline: defaultdict[int, list[OutlineRow]] = defaultdict(list)
    products: defaultdict[int, list[ProductRow]] = defaultdict(list)
    for row in sources.rows.outline:
        outline[row.plan_id].append(row)
    for product in sources.rows.products:
        products[product.plan_id].append(product)
    return {
        plan.id: _checked(plan, _plan_facts(plan, outline[plan.id], products[plan.id], sources))
        for plan in sources.rows.plans
    }


def _checked(plan: PlanRow, facts: PlanFacts) -> CheckedPlan:
    policy = policy_for(Period.of_year(plan.fiscal_year))
    return CheckedPlan(plan.institution, facts, findings(facts, policy))


def _plan_facts(
    plan: PlanRow, outline: list[OutlineRow], products: list[ProductRow], sources: _Sources
) -> PlanFacts:
    money = sources.money.get(plan.id, PlanMoney())
    report = sources.rows.reports.get(plan.id)
    return PlanFacts(
        fiscal_year=plan.fiscal_year,
        objectives=tuple(_objectives(outline, sources.links)),
        products=tuple(_product_facts(plan, row, money, sources) for row in products),
        ceiling=money.ceiling,
        cost=money.cost,
        report=None if report is None else tuple(_reported(report)),
        report_id=plan.source_report,
    )


def _objectives(outline: list[OutlineRow], links: PlanLinks | None) -> Iterator[ObjectiveFacts]:
    """Each objective with its results: a goal or the strategic plan gives them an indicator."""
    results: dict[int, list[ResultFacts]] = {}
    for row in outline:
        held = results.setdefault(row.objective, [])
        if row.result is not None:
            is_measured = row.is_measured or (links and row.objective_id in links.objectives)
            held.append(ResultFacts(f"{row.objective}.{row.result}", bool(is_measured)))
    return (ObjectiveFacts(number, tuple(held)) for number, held in results.items())


def _product_facts(
    plan: PlanRow, row: ProductRow, money: PlanMoney, sources: _Sources
) -> ProductFacts:
    links, budgeted = sources.links, money.budgeted
    return ProductFacts(
        id=row.id,
        label=row.key.label,
        objective=row.objective,
        name=row.name,
        stems=tuple(stems(row.name)),
        unit=row.unit or "",
        unit_is_official=not was_accepted(row.unit_source or ""),
        periodicity=row.periodicity or "",
        per_year=row.per_year,
        periodicity_is_official=not was_accepted(row.periodicity_source or ""),
        accumulation=Accumulation(row.accumulation),
        annual_output=row.annual_output,
        quarters=_quarters(plan, row),
        placed=row.placed,
        history=sources.rows.history.get((plan.id, row.key, row.unit_id), {}),
        has_goal=None if links is None else row.id in links.products,
        has_budget=None if budgeted is None else row.id in budgeted,
    )


def _quarters(plan: PlanRow, row: ProductRow) -> Quarters:
    codes = (period_code(plan.fiscal_year, quarter) for quarter in QUARTER_NUMBERS)
    written = [row.planned.get(code) for code in codes]
    first, second, third, fourth = (None if one is None else Decimal(one) for one in written)
    return first, second, third, fourth


def _reported(objectives: list[dict[str, Any]]) -> Iterator[ReportedProduct]:
    """The products of a kept version of the plan, as the report printed them."""
    for objective in objectives:
        for operational in objective["operational"]:
            for product in operational["products"]:
                output = product["annual_output"]
                label = f"{objective['number']}.{product['number']}"
                yield ReportedProduct(label, None if output is None else Decimal(output))
