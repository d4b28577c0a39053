"""Which goals each product of a plan serves, up to the presidency."""

from decimal import Decimal

import pytest

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.plan_links import goals_of_products
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make_product(make_plan(), {"2026-Q4": "1"}, annual_output=Decimal(1))


def links_of(product):
    plan = product.operational_objective.objective.plan
    return goals_of_products(plan.pk, 2026, plan.institution_id, Access()).get(product.pk)


def test_a_product_nobody_linked_is_left_out(product):
    assert links_of(product) is None


def test_a_whole_chain_names_its_goals_and_their_shares(product):
    top = make_goal(Goal.Level.PRESIDENTIAL, code="MP-02")
    middle = make_goal(Goal.Level.SECTORAL, code="MS-04", serves=(top,))
    own = make_goal(code="MI-02", serves=(middle,))
    other = make_goal(code="MI-03")
    Alignment.objects.create(child=other, parent=middle, weight=3)
    own.products.add(product)
    (link,) = links_of(product)
    assert [step.code for step in link.steps] == ["MI-02", "MS-04", "MP-02"]
    assert [step.share for step in link.steps] == [25, 100, None]
    assert link.missing == ""
    assert link.url == "/fichas/MI-02"


def test_a_chain_says_where_it_stops(product):
    own = make_goal(code="MI-02")
    own.products.add(product)
    assert links_of(product)[0].missing == "sectoral"
    middle = make_goal(Goal.Level.SECTORAL, code="MS-04")
    Alignment.objects.create(child=own, parent=middle, weight=1)
    assert links_of(product)[0].missing == "presidential"


def test_a_goal_that_serves_two_shows_the_one_it_weighs_most_in(product):
    light, heavy = (make_goal(Goal.Level.SECTORAL, code=code) for code in ("MS-1", "MS-2"))
    own = make_goal(code="MI-02", serves=(light, heavy))
    Alignment.objects.create(child=make_goal(code="MI-09"), parent=light, weight=9)
    own.products.add(product)
    (link,) = links_of(product)
    assert [step.code for step in link.steps] == ["MI-02", "MS-2"]


def test_every_product_is_read_in_one_statement(product, django_assert_num_queries):
    goal = make_goal()
    plan = product.operational_objective.objective.plan
    for number in range(10, 20):
        goal.products.add(make_product(plan, number=number))
    with django_assert_num_queries(1):
        assert len(goals_of_products(plan.pk, 2026, plan.institution_id, Access())) == 10
