"""Versions of a plan: the whole plan at a step, numbered, and never edited."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions.structure import ProductText, change_product
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.models import PlanVersion, Product
from sigpret.apps.planning.queries.content import plan_content, plan_contents
from sigpret.apps.planning.queries.version_causes import explained_differences
from sigpret.apps.planning.queries.versions import (
    plan_versions,
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
    options = {"at": AT} | options
    return keep_version(plan=plan, occasion=occasion, actor=planner, **options)


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


def test_the_list_of_versions_says_who_and_why(plan, planner):
    keep(plan, planner, "submitted", reason="Formulación 2027")
    (version,) = plan_versions(plan)
    assert (version.occasion, version.reason, version.who) == (
        "enviado",
        "Formulación 2027",
        planner.full_name,
    )


def rename(product, person, name, at):
    product.refresh_from_db()
    text = ProductText(name, product.unit_of_measure_id, product.periodicity_id)
    change_product(
        actor=person,
        access=access_of(person, on=at.date()),
        plan_id=product.operational_objective.objective.plan_id,
        product_id=product.pk,
        text=text,
        expected_version=product.version,
        at=at,
    )


def test_a_comparison_says_what_changed_who_and_why(plan, planner):
    product = Product.objects.get()
    other = make_product(plan, {"2027-Q1": "3"}, number=6, annual_output=Decimal(3))
    keep(plan, planner)
    rename(product, planner, "Bibliobuses", AT + timedelta(minutes=5))
    keep(plan, planner, "submitted", reason="Así se llaman.", at=AT + timedelta(minutes=9))
    rename(other, planner, "Ferias", AT + timedelta(minutes=12))
    keep(plan, planner, "submitted", reason="Son ferias.", at=AT + timedelta(minutes=15))
    first, second = explained_differences(plan, 1, 3)
    assert [cause.reason for cause in first.causes] == ["Así se llaman."]
    assert [(one.name, one.last) for one in first.writers] == [
        (planner.full_name, AT + timedelta(minutes=5))
    ]
    assert [(cause.number, cause.who) for cause in second.causes] == [(3, planner.full_name)]
    assert [one.row.product_id for one in explained_differences(plan, 2, 3)] == [other.pk]


def test_what_nobody_sent_yet_has_no_reason(plan, planner):
    keep(plan, planner)
    rename(Product.objects.get(), planner, "Bibliobuses", AT + timedelta(minutes=5))
    (row,) = explained_differences(plan, 1, None)
    assert [cause.number for cause in row.causes] == [None]


def test_an_accepted_change_names_who_asked_approved_and_accepted_it(plan, planner):
    keep(plan, planner)
    head = make_user(Role.APPROVER, institution=plan.institution)
    analyst = make_user(Role.ANALYST)
    at = AT + timedelta(hours=1)
    plan.changes.create(
        number=1, state="accepted", reason="Llovió.", requested_by=planner, requested_at=AT,
        approved_by=head, approved_at=at, decided_by=analyst, decided_at=at,
    )  # fmt: skip
    Product.objects.get().targets.filter(period="2027-Q2").update(planned=2)
    keep(plan, analyst, "changed", reason="Cambio n.º 1: Llovió.", at=at)
    (row,) = explained_differences(plan, 1, 2)
    names = [planner.full_name, head.full_name, analyst.full_name]
    assert all(name in row.causes[0].who for name in names)


def test_the_page_says_the_reason_beside_each_row(plan, planner, client):
    keep(plan, planner)
    Product.objects.update(name="Bibliobuses")
    keep(plan, planner, "submitted", reason="Así se llaman.")
    client.force_login(planner)
    page = client.get("/poa/2027/9414/versiones?de=1&a=2").content.decode()
    assert "Así se llaman." in page[page.index("Qué cambió") : page.index("Todas las versiones")]
