"""What a product takes: its part of the budget, or what its activities cost."""

from decimal import Decimal

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.plan_money import ceiling_of_plan, money_beside
from sigpret.apps.institutions.queries import Access
from tests.factories.budget import (
    make_activity,
    make_category,
    make_ceiling,
    make_input,
    make_line,
    make_share,
)
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
READER = Access(roles=frozenset({Role.ANALYST}))


@pytest.fixture
def plan():
    return make_plan()


def money(plan, access=READER):
    return money_beside(plan.pk, plan.fiscal_year, plan.institution_id, access)


def test_a_product_takes_its_part_of_a_category_and_all_below_it(plan):
    product, program = make_product(plan), make_category(plan.institution, code="11")
    make_line(program, "100")
    make_line(make_category(parent=program), "300", "-100")
    make_share(program, product, "50")
    found = money(plan)[product.pk]
    assert (found.amount, found.category) == (Decimal(150), "11")
    assert "vigente" in found.how


def test_without_lines_it_takes_what_its_activities_cost(plan):
    product = make_product(plan, annual_output=Decimal(10))
    bought = make_activity(product, name="Comprar")
    make_input(bought, "2", "50", is_per_unit=True)
    make_input(bought, "1", "300")
    make_activity(product, name="Pensar")
    found = money(plan)[product.pk]
    assert (found.amount, found.cost) == (Decimal(1300), Decimal(1300))
    assert [(one.name, one.cost) for one in found.activities] == [
        ("Comprar", Decimal(1300)), ("Pensar", None),
    ]  # fmt: skip


def test_what_nobody_costed_is_not_zero(plan):
    product = make_product(plan)
    found = money(plan)[product.pk]
    assert (found.amount, found.cost, found.how) == (None, None, "")


def test_money_of_a_plan_is_one_statement(plan, django_assert_num_queries):
    for _ in range(3):
        product = make_product(plan, annual_output=Decimal(1))
        make_input(make_activity(product))
        make_share(make_category(plan.institution), product, "10")
    with django_assert_num_queries(1):
        money(plan)


def test_whoever_may_not_read_the_budget_reads_none(plan):
    make_product(plan)
    make_ceiling(plan.institution)
    nobody = Access()
    assert money(plan, nobody) == {}
    assert ceiling_of_plan(plan.pk, 2026, plan.institution_id, nobody) is None


def test_the_ceiling_leads_to_the_budget(plan):
    make_ceiling(plan.institution, "500")
    found = ceiling_of_plan(plan.pk, 2026, plan.institution_id, READER)
    assert found.amount == 500
    assert found.url == f"/presupuesto/2026/{plan.institution.code}"
