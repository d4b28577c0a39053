"""What goals look at in the plans of institutions, for the rules of coherence."""

from collections.abc import Collection

from sigpret.apps.planning.around import PlanLinks
from sigpret.apps.results.models import Goal


def links_of_plans(plan_ids: Collection[int]) -> PlanLinks:
    """The products that serve a goal, and the objectives of which some goal has an indicator.

    Two statements, however many plans.
    """
    products = Goal.products.through.objects.filter(
        product__operational_objective__objective__plan__in=plan_ids
    )
    objectives = Goal.objectives.through.objects.filter(
        objective__plan__in=plan_ids, goal__indicator__isnull=False
    )
    return PlanLinks(
        products=frozenset(products.values_list("product_id", flat=True)),
        objectives=frozenset(objectives.values_list("objective_id", flat=True)),
    )
