"""A product of the plan is linked to a goal from the plan."""

from datetime import date

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.results.actions.links import add_product_to_goal
from sigpret.methodology.chain import LinkError
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_institution()


@pytest.fixture
def products(place):
    plan = make_plan(place)
    return [make_product(plan, number=number) for number in (1, 2)]


@pytest.fixture
def browser(client, place):
    client.force_login(make_user(Role.REGISTRAR, institution=place))
    return client


def test_the_goal_its_neighbours_serve_is_offered_first(browser, place, products):
    make_goal(institution=place, code="MI-01")
    near = make_goal(institution=place, code="MI-02")
    make_goal(code="MI-99")
    near.products.add(products[0])
    page = browser.get(f"/fichas/producto/{products[1].pk}")
    assert [goal.code for goal in page.context["goals"]] == ["MI-02", "MI-01"]
    assert "sugerida: 1 producto" in page.content.decode()


def test_it_keeps_what_the_goal_had(browser, place, products):
    goal = make_goal(institution=place, code="MI-02")
    goal.products.add(products[0])
    address = f"/fichas/producto/{products[1].pk}"
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"goal": goal.pk}).status_code == 302
    assert set(goal.products.all()) == set(products)


def test_linking_one_product_adds_to_what_the_goal_has_when_it_is_written(place, products):
    goal = make_goal(institution=place, code="MI-02")
    person = make_user(Role.REGISTRAR, institution=place)
    access = access_of(person, on=date(2026, 10, 13))
    asked = {"actor": person, "access": access, "goal_id": goal.pk}
    assert add_product_to_goal(**asked, product_id=products[0].pk)
    assert add_product_to_goal(**asked, product_id=products[1].pk)
    assert not add_product_to_goal(**asked, product_id=products[1].pk)
    assert set(goal.products.all()) == set(products)
    events = AuditEvent.objects.filter(action="results.products_linked")
    assert events.count() == len(products)
    with pytest.raises(LinkError):
        add_product_to_goal(**asked, product_id=make_product().pk)


def test_the_goal_of_another_institution_is_not_offered(browser, products):
    goal = make_goal(code="MI-99")
    answer = browser.post(f"/fichas/producto/{products[0].pk}", {"goal": goal.pk})
    assert answer.status_code == 422
    assert not goal.products.exists()
