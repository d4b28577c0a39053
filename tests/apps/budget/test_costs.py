"""What a product takes: written by the planner while the plan is, and said by which way."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.budget.costs_page import way_sentence
from sigpret.apps.budget.queries.costs import cost_sheet
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions.activities import (
    ActivityConflictError,
    Costing,
    TypedActivity,
    TypedInput,
    remove_activity,
    remove_input,
    save_activity,
    save_input,
)
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.models import AnnualPlan, PlanState
from tests.factories.budget import make_activity, make_input
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def product(plan):
    return make_product(plan, annual_output=Decimal(10))


@pytest.fixture
def planner(plan):
    return make_user(Role.REGISTRAR, institution=plan.institution)


def costing_of(product, person):
    plan = product.operational_objective.objective.plan
    return Costing(person, access_of(person, on=AT.date()), plan.pk, product.pk, AT)


@pytest.fixture
def costing(product, planner):
    return costing_of(product, planner)


def test_a_product_is_costed_by_its_inputs(costing, plan, product):
    activity = save_activity(costing=costing, typed=TypedActivity("Imprimir"))
    save_input(
        costing=costing,
        activity_id=activity.pk,
        typed=TypedInput("Papel", Decimal(2), Decimal(50), is_per_unit=True),
    )
    sheet = cost_sheet(plan.pk, product.pk)
    assert (sheet.cost, sheet.unit_cost) == (Decimal(1000), Decimal(100))
    assert "insumos" in way_sentence(sheet.line)


def test_what_is_added_twice_is_one(costing, product):
    for _ in range(2):
        activity = save_activity(costing=costing, typed=TypedActivity("Imprimir"))
        save_input(
            costing=costing,
            activity_id=activity.pk,
            typed=TypedInput("Papel", Decimal(2), Decimal(50)),
        )
    assert product.activities.get().inputs.count() == 1
    assert AuditEvent.objects.count() == 2


def test_two_people_do_not_overwrite_each_other(costing, product):
    activity = make_activity(product, name="Imprimir")
    write = {"costing": costing, "activity_id": activity.pk, "expected_version": 1}
    save_activity(**write, typed=TypedActivity("Imprimir y enviar"))
    with pytest.raises(ActivityConflictError, match="Otra persona cambió"):
        save_activity(**write, typed=TypedActivity("Otra cosa"))


def test_each_write_is_a_version_of_the_plan(costing, plan):
    before = plan.version
    save_activity(costing=costing, typed=TypedActivity("Imprimir"))
    assert AnnualPlan.objects.get().version == before + 1


@pytest.mark.parametrize(
    "typed",
    [TypedActivity(" "), TypedActivity("a", first_quarter=3, last_quarter=2),
     TypedActivity("a", stated_cost=Decimal(-1)), TypedActivity("a" * 301),
     TypedActivity("a", responsible="a" * 201), TypedActivity("a", stated_cost=Decimal("1e18")),
     TypedActivity("a", stated_cost=Decimal("0.001")),
     TypedActivity("a", stated_cost=Decimal("NaN"))],
)  # fmt: skip
def test_an_activity_that_makes_no_sense_is_refused(costing, typed):
    with pytest.raises(InvalidRowError):
        save_activity(costing=costing, typed=typed)


@pytest.mark.parametrize(
    "typed",
    [TypedInput("a" * 301, Decimal(1), Decimal(1)), TypedInput("a", Decimal("1e16"), Decimal(1)),
     TypedInput("a", Decimal("0.00001"), Decimal(1)), TypedInput("a", Decimal(1), Decimal("1e18")),
     TypedInput("a", Decimal(1), Decimal("0.001")), TypedInput("a", Decimal("NaN"), Decimal(1))],
)  # fmt: skip
def test_an_input_the_plan_cannot_hold_is_refused(costing, product, typed):
    with pytest.raises(InvalidRowError):
        save_input(costing=costing, activity_id=make_activity(product).pk, typed=typed)


def test_what_is_taken_away_twice_is_gone_once(costing, product):
    activity = make_activity(product)
    bought = make_input(activity)
    for _ in range(2):
        remove_input(costing=costing, activity_id=activity.pk, input_id=bought.pk)
        remove_activity(costing=costing, activity_id=activity.pk)
    assert AuditEvent.objects.count() == 2


def test_an_input_of_another_product_is_not_written(costing):
    with pytest.raises(MissingRowError):
        save_input(
            costing=costing,
            activity_id=make_activity(make_product()).pk,
            typed=TypedInput("Papel", Decimal(1), Decimal(1)),
        )


def test_a_plan_that_was_sent_is_not_costed(costing, plan, planner):
    AnnualPlan.objects.update(state=PlanState.SUBMITTED, submitted_by=planner, submitted_at=AT)
    with pytest.raises(PlanNotWritableError):
        save_activity(costing=costing, typed=TypedActivity("Imprimir"))


def test_another_institution_does_not_write(product):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        save_activity(costing=costing_of(product, stranger), typed=TypedActivity("Imprimir"))


@pytest.fixture
def page(plan, product):
    return reverse("budget:costs", args=[2026, plan.institution.code, product.pk])


def test_the_page_says_by_which_way_it_costs(client, page, planner, product):
    make_activity(product, stated_cost="800")
    make_activity(product)
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(page).content.decode()
    assert "costo repartido a sus actividades" in text
    assert "Falta el costo de 1 actividad" in text


def test_a_doubtful_amount_is_asked_for_and_kept(client, page, planner, product):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    typed = {"accion": "actividad", "name": "Imprimir", "first_quarter": "1",
             "last_quarter": "4", "stated_cost": "1.200"}  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "¿Quiso decir 1,200 o 1.2?" in answer.content.decode()
    assert not product.activities.exists()
    assert client.post(page, {**typed, "stated_cost": "1,200"}).status_code == 302
    assert product.activities.get().stated_cost == 1200
