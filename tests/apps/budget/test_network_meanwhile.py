"""Two people write the network of an institution at the same time."""

from decimal import Decimal

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.actions.network import (
    NetworkError,
    Place,
    add_category,
    apportion,
    change_category,
)
from sigpret.apps.budget.models import CategoryProduct, ProgrammaticCategory
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import access_of
from tests.apps.budget.test_network import AT
from tests.apps.monitoring.test_concurrency import arriving
from tests.factories.budget import make_category
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    institution = make_institution()
    person = make_user(Role.REGISTRAR, institution=institution)
    return Place(person, access_of(person, on=AT.date()), institution.pk, 2026, AT)


def add(place):
    return add_category(place=place, parent_id=None, kind="program", code="11", name="Salud")


def move(place, category, parent):
    return change_category(
        place=place, category_id=category.pk, code=category.code, name=category.name,
        parent_id=parent.pk, expected_version=1,
    )  # fmt: skip


def give(place, category, product):
    return apportion(
        place=place, category_id=category.pk, shares={product.pk: Decimal(60)}, expected_version=1
    )


def test_a_category_added_by_two_clicks_at_once_is_one(place):
    with arriving(add, place) as outcome:
        first = add(place)
    assert outcome == [first]
    assert ProgrammaticCategory.objects.count() == 1


def test_two_categories_moved_under_each_other_do_not_wait_for_ever(place):
    program = make_category(Institution.objects.get(pk=place.institution_id))
    first = make_category(parent=program, kind="project")
    second = make_category(parent=program, kind="subprogram")
    other = make_category(Institution.objects.get(pk=place.institution_id))
    with arriving(move, place, second, other) as outcome:
        move(place, first, second)
    assert outcome[0].parent_id == other.pk


def test_the_money_of_a_path_is_not_given_twice_at_once(place):
    program = make_category(Institution.objects.get(pk=place.institution_id))
    activity = make_category(parent=program)
    plan = make_plan(program.institution)
    first, second = make_product(plan), make_product(plan)
    with arriving(give, place, activity, second) as outcome:
        give(place, program, first)
    assert isinstance(outcome[0], NetworkError)
    assert list(CategoryProduct.objects.values_list("product", flat=True)) == [first.pk]
