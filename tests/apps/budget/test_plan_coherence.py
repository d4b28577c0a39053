"""What the budget says of plans to the rules of coherence: ceilings, costs, who has money."""

from decimal import Decimal

import pytest

from sigpret.apps.budget.plan_coherence import money_of_plans
from tests.factories.budget import (
    make_activity,
    make_category,
    make_ceiling,
    make_funding_source,
    make_line,
    make_share,
)
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(fiscal_year=2026)


def costed(plan, cost):
    product = make_product(plan)
    make_activity(product, cost)
    return product


def test_one_imported_line_does_not_hide_what_the_rest_costs(plan):
    first, second = costed(plan, "300"), costed(plan, "200")
    assert money_of_plans([plan.pk])[plan.pk].cost == 500
    program = make_category(plan.institution)
    make_share(program, first)
    make_line(make_category(parent=program), "1")
    found = money_of_plans([plan.pk])[plan.pk]
    assert (found.cost, found.budgeted) == (201, {first.pk})
    assert second.pk not in found.budgeted


def test_money_given_to_no_product_is_not_counted_beside_what_they_cost(plan):
    costed(plan, "300")
    make_line(make_category(plan.institution), "1000")
    assert money_of_plans([plan.pk])[plan.pk].cost == 1000


def test_money_given_to_a_product_nobody_costed_pays_for_no_other(plan):
    costed(plan, "300")
    program = make_category(plan.institution)
    make_share(program, make_product(plan), share="60")
    make_line(program, "1000")
    assert money_of_plans([plan.pk])[plan.pk].cost == 1000
    costed(plan, "200")
    assert money_of_plans([plan.pk])[plan.pk].cost == 1100


def test_a_category_without_lines_still_leaves_the_cost(plan):
    product = costed(plan, "300")
    make_share(make_category(plan.institution), product)
    found = money_of_plans([plan.pk])[plan.pk]
    assert (found.cost, found.budgeted) == (300, {product.pk})


def test_the_ceiling_of_all_sources_holds_over_their_sum(plan):
    assert money_of_plans([plan.pk])[plan.pk].ceiling is None
    make_ceiling(plan.institution, "40", funding_source=make_funding_source("11"))
    make_ceiling(plan.institution, "50", funding_source=make_funding_source("12"))
    assert money_of_plans([plan.pk])[plan.pk].ceiling == 90
    make_ceiling(plan.institution, "100.50")
    assert money_of_plans([plan.pk])[plan.pk].ceiling == Decimal("100.50")
