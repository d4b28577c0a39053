"""What the budget knows of plans, for the rules of coherence: ceilings, costs and who has money."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sigpret.apps.planning.around import PlanMoney
from sigpret.methodology.costs import (
    ActivityCost,
    InputCost,
    ProductAsk,
    ceiling_of_plan,
    cost_of_plan,
    cost_of_product,
)
from sigpret.web.statements import Row, Statement, send

PLANS = """
SELECT plan.id, (
    SELECT jsonb_agg(jsonb_build_array(funding_source_id, amount::text))
    FROM budget_ceiling ceiling WHERE ceiling.institution_id = plan.institution_id
        AND ceiling.fiscal_year = plan.fiscal_year),
    (SELECT sum(approved) FROM budget_budgetline line
        WHERE line.institution_id = plan.institution_id AND line.fiscal_year = plan.fiscal_year)
FROM planning_annualplan plan WHERE plan.id = ANY(%s)
"""
WITHIN = """
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
WHERE objective.plan_id = ANY(%s)
"""
#: Of each product some category gives to: has that category lines, its own or below?
FUNDED = f"""
WITH RECURSIVE tree AS (
    SELECT objective.plan_id, share.product_id, share.category_id
    FROM budget_categoryproduct share
    JOIN planning_product product ON product.id = share.product_id {WITHIN}
    UNION
    SELECT tree.plan_id, tree.product_id, child.id
    FROM tree JOIN budget_programmaticcategory child ON child.parent_id = tree.category_id
)
SELECT plan_id, product_id, bool_or(EXISTS (
    SELECT 1 FROM budget_budgetline line WHERE line.category_id = tree.category_id))
FROM tree GROUP BY plan_id, product_id
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
        return cost_of_product(self.activities).at(self.annual_output)


def money_of_plans(plan_ids: Collection[int]) -> dict[int, PlanMoney]:
    """The money of each plan by its id, in lempiras; one message, however many plans.

    What it costs and its ceiling are those of `methodology.costs`.
    """
    ids = (list(plan_ids),)
    plans, shares, activities = send(
        Statement(PLANS, ids), Statement(FUNDED, ids), Statement(ACTIVITIES, ids)
    )
    funded = _funded(shares)
    asks = _asks(activities, funded)
    return {
        pk: PlanMoney(
            ceiling=ceiling_of_plan(_ceilings(ceilings)),
            cost=cost_of_plan(lines, asks.get(pk, ())),
            budgeted=_budgeted(funded.get(pk), has_lines=lines is not None),
        )
        for pk, ceilings, lines in plans
    }


def _ceilings(said: str | None) -> dict[int | None, Decimal]:
    """By funding source; None is of all of them together."""
    return {source: Decimal(amount) for source, amount in json.loads(said or "[]")}


Funded = Mapping[int, Mapping[int, bool]]


def _funded(rows: list[Row]) -> Funded:
    """The products that take a share of some category, by plan: has it lines already?"""
    found: dict[int, dict[int, bool]] = {}
    for plan_id, product_id, is_keyed in rows:
        found.setdefault(plan_id, {})[product_id] = is_keyed
    return found


def _budgeted(funded: Mapping[int, bool] | None, *, has_lines: bool) -> frozenset[int] | None:
    """None while the plan has neither lines nor categories that give to its products."""
    return None if funded is None and not has_lines else frozenset(funded or ())


def _asks(rows: list[Row], funded: Funded) -> Mapping[int, list[ProductAsk]]:
    """What the products with activities ask for, by plan."""
    held: dict[tuple[int, int], _Costed] = {}
    for plan_id, product_id, annual, stated, inputs in rows:
        product = held.setdefault((plan_id, product_id), _Costed(annual))
        spent = (
            InputCost(Decimal(quantity), Decimal(price), is_per_unit)
            for quantity, price, is_per_unit in json.loads(inputs or "[]")
        )
        product.activities.append(ActivityCost(tuple(spent), stated))
    found: dict[int, list[ProductAsk]] = {}
    for (plan_id, product_id), product in held.items():
        is_keyed = funded.get(plan_id, {}).get(product_id, False)
        found.setdefault(plan_id, []).append(ProductAsk(product.cost, is_keyed))
    return found
