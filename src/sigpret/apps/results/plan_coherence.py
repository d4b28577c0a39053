"""What goals look at in the plans of institutions, for the rules of coherence."""

from collections.abc import Collection

from sigpret.apps.planning.around import PlanLinks
from sigpret.web.statements import Statement, send

PRODUCTS = """
SELECT DISTINCT held.product_id FROM results_goal_products held
JOIN planning_product product ON product.id = held.product_id
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
WHERE objective.plan_id = ANY(%s)
"""
OBJECTIVES = """
SELECT DISTINCT held.objective_id FROM results_goal_objectives held
JOIN results_indicator indicator ON indicator.goal_id = held.goal_id
JOIN planning_objective objective ON objective.id = held.objective_id
WHERE objective.plan_id = ANY(%s)
"""


def links_of_plans(plan_ids: Collection[int]) -> PlanLinks:
    """The products that serve a goal, and the objectives of which some goal has an indicator.

    One message, however many plans.
    """
    ids = list(plan_ids)
    products, objectives = send(Statement(PRODUCTS, (ids,)), Statement(OBJECTIVES, (ids,)))
    return PlanLinks(
        products=frozenset(pk for (pk,) in products),
        objectives=frozenset(pk for (pk,) in objectives),
    )
