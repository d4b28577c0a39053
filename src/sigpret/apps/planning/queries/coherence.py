"""The coherence of plans: their facts, gathered for many plans at once, and what the rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from sigpret.apps.planning.around import PlanLinks, PlanMoney, links_around, money_around
from sigpret.apps.planning.catalogue import was_accepted
from sigpret.apps.planning.models import AnnualPlan, Objective, PlanVersion, Product
from sigpret.apps.planning.programming import ProductKey
from sigpret.apps.planning.queries.content import Content
from sigpret.apps.planning.queries.sheet import quarters_of
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

#: How many earlier years a product is compared with.
HISTORY_YEARS = 5


@dataclass(frozen=True)
class _Around:
    """What stands around the plans being checked."""

    money: Mapping[int, PlanMoney]
    links: PlanLinks | None
    history: Mapping[tuple[int, ProductKey, int], Mapping[int, Decimal]]
    reports: Mapping[int, tuple[ReportedProduct, ...]]


def findings_of(plan: AnnualPlan) -> tuple[Finding, ...]:
    """What the plan should mend, errors first; empty when it is coherent."""
    return findings_of_plans([plan])[plan.pk]


def findings_of_plan(plan_id: int) -> tuple[Finding, ...]:
    """The same by id; nothing for a plan that is not there."""
    found = findings_of_plans(AnnualPlan.objects.filter(pk=plan_id))
    return found.get(plan_id, ())


def findings_of_plans(plans: Iterable[AnnualPlan]) -> dict[int, tuple[Finding, ...]]:
    """The findings of each plan by its id; the same statements for one plan as for a hundred."""
    return {
        pk: findings(facts, policy_for(Period.of_year(facts.fiscal_year)))
        for pk, facts in facts_of_plans(plans).items()
    }


def facts_of_plans(plans: Iterable[AnnualPlan]) -> dict[int, PlanFacts]:
    """What the rules look at, by plan id."""
    wanted = {plan.pk: plan for plan in plans}
    around = _Around(
        money_around(wanted), links_around(wanted), _history(wanted.values()), _reports(wanted)
    )
    rows: dict[int, list[Objective]] = defaultdict(list)
    for objective in _outline(wanted):
        rows[objective.plan_id].append(objective)
    return {pk: _plan_facts(plan, rows[pk], around) for pk, plan in wanted.items()}


def _outline(plan_ids: Iterable[int]) -> Iterable[Objective]:
    products = Product.objects.select_related("unit_of_measure", "periodicity")
    return Objective.objects.filter(plan_id__in=list(plan_ids)).prefetch_related(
        "results",
        "strategic_objective__results",
        Prefetch("operational_objectives__products", products.prefetch_related("targets")),
    )


def _history(
    plans: Iterable[AnnualPlan],
) -> dict[tuple[int, ProductKey, int], dict[int, Decimal]]:
    """Annual outputs of earlier years by institution, place in the plan and unit of measure."""
    wanted = list(plans)
    years = {plan.fiscal_year - back for plan in wanted for back in range(1, HISTORY_YEARS + 1)}
    path = "operational_objective__objective"
    found = Product.objects.filter(
        **{
            f"{path}__plan__institution_id__in": {plan.institution_id for plan in wanted},
            f"{path}__plan__fiscal_year__in": years,
        },
        annual_output__isnull=False,
    ).values_list(
        f"{path}__plan__institution_id",
        f"{path}__plan__fiscal_year",
        f"{path}__number",
        "operational_objective__number",
        "number",
        "unit_of_measure_id",
        "annual_output",
    )
    history: dict[tuple[int, ProductKey, int], dict[int, Decimal]] = defaultdict(dict)
    for institution, year, objective, operational, number, unit, output in found:
        key = ProductKey(objective, operational, number)
        history[institution, key, unit][year] = output or Decimal(0)
    return history


def _reports(plan_ids: Iterable[int]) -> dict[int, tuple[ReportedProduct, ...]]:
    """What the official report a plan came from printed: the version it was recorded as."""
    kept = (
        PlanVersion.objects.filter(plan__in=list(plan_ids), occasion=PlanVersion.Occasion.RECORDED)
        .order_by("plan", "-number")
        .distinct("plan")
    )
    return {
        plan_id: tuple(_reported(content))
        for plan_id, content in kept.values_list("plan", "content")
    }


def _reported(content: Content) -> Iterator[ReportedProduct]:
    for objective in content["objectives"]:
        for operational in objective["operational"]:
            for product in operational["products"]:
                output = product["annual_output"]
                yield ReportedProduct(
                    f"{objective['number']}.{product['number']}",
                    None if output is None else Decimal(output),
                )


def _plan_facts(plan: AnnualPlan, rows: list[Objective], around: _Around) -> PlanFacts:
    money = around.money.get(plan.pk, PlanMoney())
    return PlanFacts(
        fiscal_year=plan.fiscal_year,
        objectives=tuple(_objective_facts(row, around) for row in rows),
        products=tuple(
            _product_facts(
                plan, ProductKey(row.number, group.number, product.number), product, around
            )
            for row in rows
            for group in row.operational_objectives.all()
            for product in group.products.all()
        ),
        ceiling=money.ceiling,
        cost=money.cost,
        report=around.reports.get(plan.pk),
        report_id=plan.source_report,
    )


def _objective_facts(row: Objective, around: _Around) -> ObjectiveFacts:
    strategic = row.strategic_objective
    is_measured = (
        any(result.indicator for result in strategic.results.all()) if strategic else False
    )
    if around.links is not None:
        is_measured = is_measured or row.pk in around.links.objectives
    results = (
        ResultFacts(f"{row.number}.{found.number}", is_measured) for found in row.results.all()
    )
    return ObjectiveFacts(row.number, tuple(results))


def _product_facts(
    plan: AnnualPlan, key: ProductKey, product: Product, around: _Around
) -> ProductFacts:
    history = around.history.get((plan.institution_id, key, product.unit_of_measure_id), {})
    budgeted = around.money.get(plan.pk, PlanMoney()).budgeted
    return ProductFacts(
        id=product.pk,
        label=key.label,
        objective=key.objective,
        name=product.name,
        stems=tuple(stems(product.name)),
        unit=product.unit_of_measure.name,
        unit_is_official=not was_accepted(product.unit_of_measure.source),
        periodicity=product.periodicity.name,
        periodicity_is_official=not was_accepted(product.periodicity.source),
        per_year=product.periodicity.per_year,
        accumulation=Accumulation(product.accumulation),
        annual_output=product.annual_output,
        quarters=quarters_of(product, plan.fiscal_year),
        history={
            year: value
            for year, value in history.items()
            if 0 < plan.fiscal_year - year <= HISTORY_YEARS
        },
        has_goal=None if around.links is None else product.pk in around.links.products,
        has_budget=None if budgeted is None else product.pk in budgeted,
    )
