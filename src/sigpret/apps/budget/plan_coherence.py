"""What the budget knows of plans, for the rules of coherence: ceilings, costs and who has money."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sigpret.apps.planning.around import PlanMoney
from sigpret.methodology.costs import ActivityCost, InputCost, added, cost_of_activity
from sigpret.web.statements import Row, Statement, send

#: A ceiling of all sources together counts before those by source.
PLANS = """
SELECT plan.id, coalesce(
    (SELECT amount FROM budget_ceiling ceiling WHERE ceiling.institution_id = plan.institution_id
        AND ceiling.fiscal_year = plan.fiscal_year AND funding_source_id IS NULL),
    (SELECT sum(amount) FROM budget_ceiling ceiling
        WHERE ceiling.institution_id = plan.institution_id
        AND ceiling.fiscal_year = plan.fiscal_year)),
    (SELECT sum(approved) FROM budget_budgetline line
        WHERE line.institution_id = plan.institution_id AND line.fiscal_year = plan.fiscal_year)
FROM planning_annualplan plan WHERE plan.id = ANY(%s)
"""
WITHIN = """
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
WHERE objective.plan_id = ANY(%s)
"""
FUNDED = f"""
SELECT objective.plan_id, product.id FROM budget_categoryproduct share
JOIN planning_product product ON product.id = share.product_id {WITHIN}
"""  # noqa: S608
ACTIVITIES = f"""
SELECT objective.plan_id, product.id, product.annual_output, activity.stated_cost, (
    SELECT jsonb_agg(jsonb_build_array(quantity::text, unit_price::text, is_per_unit))
    FROM planning_input spent WHERE spent.activity_id = activity.id)
FROM planning_activity activity
JOIN planning_product product ON product.id = activity.product_id {WITHIN}
"""  # noqa: S608


@dataclass(slots=True)
class _Costed:
    """A product and its activities."""

    annual_output: Decimal | None
    activities: list[ActivityCost] = field(default_factory=list)

    @property
    def cost(self) -> Decimal | None:
        return added(map(cost_of_activity, self.activities)).at(self.annual_output)


def money_of_plans(plan_ids: Collection[int]) -> dict[int, PlanMoney]:
    """The money of each plan by its id, in lempiras; one message, however many plans.

    A plan costs what its budget lines approve; before there are lines, what its products cost.
    """
    ids = (list(plan_ids),)
    plans, shares, activities = send(
        Statement(PLANS, ids), Statement(FUNDED, ids), Statement(ACTIVITIES, ids)
    )
    costs, funded = _costs(activities), _funded(shares)
    return {
        pk: PlanMoney(
            ceiling=ceiling,
            cost=costs.get(pk) if lines is None else lines,
            budgeted=funded.get(pk) if lines is None else funded.get(pk, frozenset()),
        )
        for pk, ceiling, lines in plans
    }


def _costs(rows: list[Row]) -> Mapping[int, Decimal]:
    """What the products whose cost is known cost together, by plan."""
    held: dict[tuple[int, int], _Costed] = {}
    for plan_id, product_id, annual, stated, inputs in rows:
        product = held.setdefault((plan_id, product_id), _Costed(annual))
        spent = (
            InputCost(Decimal(quantity), Decimal(price), is_per_unit)
            for quantity, price, is_per_unit in json.loads(inputs or "[]")
        )
        product.activities.append(ActivityCost(tuple(spent), stated))
    found: dict[int, Decimal] = {}
    for (plan_id, _product), product in held.items():
        cost = product.cost
        if cost is not None:
            found[plan_id] = found.get(plan_id, Decimal(0)) + cost
    return found


def _funded(rows: list[Row]) -> Mapping[int, frozenset[int]]:
    """The products that take a share of some category, by plan."""
    found: dict[int, set[int]] = {}
    for plan_id, product_id in rows:
        found.setdefault(plan_id, set()).add(product_id)
    return {plan_id: frozenset(products) for plan_id, products in found.items()}
