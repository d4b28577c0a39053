"""What the budget says beside the products of a plan: their money, and the ceiling of the year."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.budget.permissions import can_read_budget
from sigpret.apps.budget.queries.ceilings import ceiling_beside
from sigpret.apps.budget.queries.product_money import MoneyOfProduct, money_of_plan
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import ActivityCost, PlanCeiling, ProductMoney
from sigpret.methodology.costs import Way, cost_of_activity


def money_beside(
    plan_id: int, _fiscal_year: int, institution_id: int, access: Access
) -> Mapping[int, ProductMoney]:
    """By product id. Without lines of budget the amount is what its activities cost, and says so.

    Nothing for whoever may not read the institution's budget.
    """
    if not can_read_budget(access, institution_id):
        return {}
    return {pk: _said(found) for pk, found in money_of_plan(plan_id).items()}


def ceiling_of_plan(
    _plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> PlanCeiling | None:
    """The ceiling of the institution and the page of its budget; None while nobody set one."""
    if not can_read_budget(access, institution_id):
        return None
    found = ceiling_beside(institution_id, fiscal_year)
    if found is None:
        return None
    code, amount = found
    return PlanCeiling(amount, reverse("budget:budget", args=[fiscal_year, code]))


def _said(found: MoneyOfProduct) -> ProductMoney:
    budget, cost = found.budget, found.cost
    return ProductMoney(
        amount=cost if budget is None else budget.current,
        cost=cost,
        category=", ".join(share.code for share in found.shares),
        how=how_words(found, is_budgeted=budget is not None),
        url=costs_url(found),
        activities=tuple(
            ActivityCost(one.name, cost_of_activity(one.cost).at(found.annual_output))
            for one in found.activities
        ),
    )


def costs_url(found: MoneyOfProduct) -> str:
    """Where what a product takes is written."""
    place = [found.fiscal_year, found.institution_code, found.product_id]
    return reverse("budget:costs", args=place)


def how_words(found: MoneyOfProduct, *, is_budgeted: bool) -> str:
    """Where the amount comes from, in words; "" when there is none."""
    if is_budgeted:
        return _("su parte del presupuesto vigente de su categoría")
    words = {
        Way.INPUTS: _("suma de sus insumos; su categoría aún no tiene líneas"),
        Way.APPORTIONED: _("costo repartido a sus actividades; aún no hay líneas"),
        Way.BOTH: _("insumos y costos repartidos; su categoría aún no tiene líneas"),
    }
    return words.get(found.cost_line.way, "")
