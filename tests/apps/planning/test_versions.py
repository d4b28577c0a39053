"""Versions of a plan: the whole plan at a step, numbered, and never edited."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.models import PlanVersion, Product
from sigpret.apps.planning.queries.content import plan_content, plan_contents
from sigpret.apps.planning.queries.versions import (
    plan_versions,
    version_cells,
    version_differences,
)
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))


@pytest.fixture
def plan():
    plan = make_plan(make_institution("9414"), 2027)
    make_product(plan, {"2027-Q2": "1", "2027-Q4": "0"}, number=5, annual_output=Decimal(1))
    return plan


@pytest.fixture
def planner(plan):
    return make_user(Role.REGISTRAR, institution=plan.institution)


def keep(plan, planner, occasion="recorded", **options):
    return keep_version(plan=plan, occasion=occasion, actor=planner, at=AT, **options)


def products_of(version):
    return [
        product
        for objective in version.content["objectives"]
        for group in objective["operational"]
        for product in group["products"]
    ]


def test_a_version_says_the_whole_plan_and_a_zero_is_not_a_gap(plan, planner):
    (product,) = products_of(keep(plan, planner))
    assert product["annual_output"] == "1"
    assert product["quarters"] == {"2027-Q2": "1", "2027-Q4": "0"}


def test_versions_are_numbered_from_one(plan, planner):
    first = keep(plan, planner, "recorded")
    Product.objects.update(name="Otro nombre")
    second = keep(plan, planner, reason="  Se corrigió el nombre ")
    assert (first.number, second.number) == (1, 2)
    assert second.reason == "Se corrigió el nombre"


def test_a_plan_that_says_the_same_has_no_new_version(plan, planner):
    assert keep(plan, planner).pk == keep(plan, planner, "submitted").pk
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    "order",
    ["UPDATE planning_planversion SET reason = 'otra'", "DELETE FROM planning_planversion"],
)
def test_the_database_refuses_to_change_a_version(plan, planner, order):
    keep(plan, planner)
    with (
        pytest.raises(ProgrammingError, match="no se cambia"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(order)
    assert PlanVersion.objects.get().reason == ""


def test_many_plans_are_read_as_one_in_as_many_statements(
    plan, planner, django_assert_max_num_queries
):
    other = make_plan(make_institution("9415"), 2027)
    make_product(other, {"2027-Q1": "3"}, annual_output=Decimal(3))
    with django_assert_max_num_queries(7):
        contents = plan_contents([plan, other])
    assert contents == {one.pk: plan_content(one) for one in (plan, other)}


def test_two_versions_are_compared_row_by_row(plan, planner):
    keep(plan, planner)
    product = Product.objects.get()
    product.name, product.annual_output = "Bibliobuses en ruta", Decimal(1200)
    product.save()
    product.targets.filter(period="2027-Q2").update(planned=1200)
    added = make_product(plan, {"2027-Q1": "3"}, number=6, name="Nuevo", annual_output=Decimal(3))
    keep(plan, planner)
    changed, new = version_differences(plan, 1, 2)
    assert (changed.kind, changed.what, changed.product_id) == (
        "changed",
        "Producto 1.5",
        product.pk,
    )
    assert [(cell.label, cell.before, cell.after) for cell in changed.cells] == [
        ("Producto", "Informe 5 elaborado", "Bibliobuses en ruta"),
        ("Producción anual", "1", "1,200"),
        ("II\xa0trimestre", "1", "1,200"),
    ]
    assert (new.kind, new.what, new.name, new.product_id) == (
        "added", "Producto 1.6", "Nuevo", added.pk,
    )  # fmt: skip


def test_a_version_is_compared_with_the_plan_as_it_is(plan, planner):
    keep(plan, planner)
    assert version_differences(plan, 1, None) == ()
    Product.objects.all().delete()
    (gone,) = version_differences(plan, 1, None)
    assert (gone.kind, gone.what) == ("removed", "Producto 1.5")


def test_a_product_that_moved_is_the_same_in_another_place(plan, planner):
    keep(plan, planner)
    Product.objects.update(number=9)
    (moved,) = version_differences(plan, 1, None)
    assert [(cell.label, cell.before, cell.after) for cell in moved.cells] == [
        ("Lugar en el plan", "1.5", "1.9")
    ]


def test_the_quantities_of_a_version_tell_zero_from_nothing(plan, planner):
    version = keep(plan, planner)
    (cells,) = version_cells(plan.pk, version.number).values()
    assert cells == {"annual_output": 1, "1": None, "2": 1, "3": None, "4": 0}


def test_the_list_of_versions_says_who_and_why(plan, planner):
    keep(plan, planner, "submitted", reason="Formulación 2027")
    (version,) = plan_versions(plan)
    assert (version.occasion, version.reason, version.who) == (
        "enviado",
        "Formulación 2027",
        planner.full_name,
    )
