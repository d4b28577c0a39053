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
from sigpret.methodology.execution import Budget
from sigpret.methodology.values import ZERO
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
#: Of each share a category gives to a product: what the lines approve, its own or below; null when
#: there are none.
FUNDED = f"""
WITH RECURSIVE tree AS (
    SELECT objective.plan_id, share.product_id, share.id, share.share, share.category_id
    FROM budget_categoryproduct share
    JOIN planning_product product ON product.id = share.product_id {WITHIN}
    UNION ALL
    SELECT tree.plan_id, tree.product_id, tree.id, tree.share, child.id
    FROM tree JOIN budget_programmaticcategory child ON child.parent_id = tree.category_id
)
SELECT plan_id, product_id, tree.share, sum(line.approved)
FROM tree LEFT JOIN budget_budgetline line ON line.category_id = tree.category_id
GROUP BY plan_id, product_id, tree.id, tree.share
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


Funded = Mapping[int, Mapping[int, Decimal | None]]


def _funded(rows: list[Row]) -> Funded:
    """What the lines approve for the products some category gives to, by plan; None: no lines."""
    found: dict[int, dict[int, Decimal | None]] = {}
    for plan_id, product_id, share, approved in rows:
        given = found.setdefault(plan_id, {})
        before = given.setdefault(product_id, None)
        if approved is not None:
            given[product_id] = (before or ZERO) + Budget(approved=approved).share(share).approved
    return found


def _budgeted(
    funded: Mapping[int, Decimal | None] | None, *, has_lines: bool
) -> frozenset[int] | None:
    """None while the plan has neither lines nor categories that give to its products."""
    return None if funded is None and not has_lines else frozenset(funded or ())


def _asks(rows: list[Row], funded: Funded) -> Mapping[int, list[ProductAsk]]:
    """What the products with activities or with a category ask for, by plan."""
    held: dict[tuple[int, int], _Costed] = {}
    for plan_id, product_id, annual, stated, inputs in rows:
        product = held.setdefault((plan_id, product_id), _Costed(annual))
        spent = (
            InputCost(Decimal(quantity), Decimal(price), is_per_unit)
            for quantity, price, is_per_unit in json.loads(inputs or "[]")
        )
        product.activities.append(ActivityCost(tuple(spent), stated))
    costs = {place: product.cost for place, product in held.items()}
    given = {(plan_id, pk): amount for plan_id, by in funded.items() for pk, amount in by.items()}
    found: dict[int, list[ProductAsk]] = {}
    for place in costs.keys() | given.keys():
        found.setdefault(place[0], []).append(ProductAsk(costs.get(place), given.get(place)))
    return found
