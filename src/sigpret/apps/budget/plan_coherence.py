"""What the budget knows of plans, for the rules of coherence: ceilings, costs and who has money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Sum

from sigpret.apps.budget.models import BudgetLine, CategoryProduct, Ceiling
from sigpret.apps.planning.around import PlanMoney
from sigpret.apps.planning.models import Activity, AnnualPlan
from sigpret.methodology.costs import ActivityCost, InputCost, cost_of_product


class _Place(NamedTuple):
    """Whose plan it is and of which year: what ceilings and lines are kept by."""

    institution_id: int
    fiscal_year: int


def money_of_plans(plan_ids: Collection[int]) -> dict[int, PlanMoney]:
    """The money of each plan by its id, in lempiras; six statements, however many plans.

    A plan costs what its budget lines approve; before there are lines, what its products cost.
    """
    rows = AnnualPlan.objects.filter(pk__in=plan_ids)
    places = {
        pk: _Place(*place) for pk, *place in rows.values_list("pk", "institution_id", "fiscal_year")
    }
    ceilings, lines = _ceilings(places.values()), _lines(places.values())
    costs, funded = _costs(plan_ids), _funded(plan_ids)
    return {
        pk: PlanMoney(
            ceiling=ceilings.get(place),
            cost=lines.get(place, costs.get(pk)),
            budgeted=funded.get(pk, frozenset()) if place in lines else funded.get(pk),
        )
        for pk, place in places.items()
    }


def _ceilings(places: Collection[_Place]) -> dict[_Place, Decimal]:
    """The ceiling of all sources together; without one, the sum of those by source."""
    rows = Ceiling.objects.filter(
        institution__in={place.institution_id for place in places},
        fiscal_year__in={place.fiscal_year for place in places},
    ).order_by(F("funding_source").desc(nulls_last=True))
    found: dict[_Place, Decimal] = {}
    for row in rows:
        place = _Place(row.institution_id, row.fiscal_year)
        is_whole = row.funding_source_id is None
        found[place] = row.amount if is_whole else found.get(place, Decimal(0)) + row.amount
    return found


def _lines(places: Collection[_Place]) -> dict[_Place, Decimal]:
    """What the lines of the budget approve, where there are lines."""
    rows = BudgetLine.objects.filter(
        institution__in={place.institution_id for place in places},
        fiscal_year__in={place.fiscal_year for place in places},
    )
    totals = rows.values_list("institution_id", "fiscal_year").annotate(total=Sum("approved"))
    return {_Place(institution, year): total for institution, year, total in totals.order_by()}


def _costs(plan_ids: Collection[int]) -> dict[int, Decimal]:
    """What the products whose cost is known cost together, by plan."""
    path = "product__operational_objective__objective__plan"
    rows = (
        Activity.objects.filter(**{f"{path}__in": plan_ids})
        .annotate(plan=F(f"{path}_id"))
        .select_related("product")
        .prefetch_related("inputs")
    )
    held: defaultdict[int, list[Activity]] = defaultdict(list)
    plans: dict[int, int] = {}
    for activity in rows:
        held[activity.product_id].append(activity)
        plans[activity.product_id] = activity.plan
    found: dict[int, Decimal] = {}
    for product_id, activities in held.items():
        cost = cost_of_product(map(_activity_cost, activities)).at(
            activities[0].product.annual_output
        )
        if cost is not None:
            plan = plans[product_id]
            found[plan] = found.get(plan, Decimal(0)) + cost
    return found


def _activity_cost(activity: Activity) -> ActivityCost:
    inputs = (
        InputCost(one.quantity, one.unit_price, one.is_per_unit) for one in activity.inputs.all()
    )
    return ActivityCost(tuple(inputs), activity.stated_cost)


def _funded(plan_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The products that take a share of some category, by plan."""
    path = "product__operational_objective__objective__plan"
    rows = CategoryProduct.objects.filter(**{f"{path}__in": plan_ids})
    found: defaultdict[int, set[int]] = defaultdict(set)
    for plan, product in rows.values_list(path, "product_id"):
        found[plan].add(product)
    return {plan: frozenset(products) for plan, products in found.items()}
