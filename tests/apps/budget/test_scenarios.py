"""Another ceiling or another output: what it costs and keeps, without touching the plan."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.actions.scenarios import (
    ScenarioError,
    Trial,
    change_scenario,
    fit_scenario,
    make_scenario,
    remove_scenario,
)
from sigpret.apps.budget.models import Scenario
from sigpret.apps.budget.queries.scenarios import scenario_sheets
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import Product
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.status import Status
from tests.factories.budget import make_activity, make_ceiling, make_input
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def product(plan):
    """Ten units at L 20 each, and L 100 of the year."""
    product = make_product(plan, annual_output=Decimal(10))
    activity = make_activity(product)
    make_input(activity, "1", "20", is_per_unit=True)
    make_input(activity, "1", "100")
    return product


@pytest.fixture
def planner(plan):
    return make_user(Role.REGISTRAR, institution=plan.institution)


def trial_of(plan, person):
    return Trial(person, access_of(person, on=AT.date()), plan.pk, AT)


@pytest.fixture
def trial(plan, planner):
    return trial_of(plan, planner)


def sheet_of(plan):
    policy = policy_on(AT.date())
    return scenario_sheets(plan.pk, plan.institution_id, plan.fiscal_year, policy)[0]


def make(trial, ceiling=None, kind="restricted"):
    amount = None if ceiling is None else Decimal(ceiling)
    return make_scenario(trial=trial, kind=kind, name="Con menos", ceiling=amount)


def test_a_smaller_ceiling_cuts_what_costs_by_the_unit(trial, plan, product):
    make(trial, "200")
    sheet = sheet_of(plan)
    assert (sheet.rows[0].line.output, sheet.verdict.cost) == (Decimal(5), Decimal(200))
    assert (sheet.difference, sheet.verdict.is_within) == (Decimal(-100), True)


def test_the_plan_stays_as_it_was(trial, product):
    make(trial, "200")
    assert Product.objects.get().annual_output == 10


def test_without_a_ceiling_of_its_own_it_is_the_institutions(trial, plan, product):
    make_ceiling(plan.institution, "250")
    make(trial)
    sheet = sheet_of(plan)
    assert (sheet.verdict.room, sheet.verdict.over) == (Decimal(-50), Decimal(50))


def test_a_goal_falls_with_what_its_products_lose(trial, plan, product):
    goal = make_goal(institution=plan.institution)
    goal.products.add(product)
    make(trial, "200")
    seen = sheet_of(plan).goals[0]
    assert (seen.code, seen.reach, seen.status) == (goal.code, Decimal(50), Status.BEHIND)


def change(trial, scenario, product, output, version=1):
    return change_scenario(
        trial=trial,
        scenario_id=scenario.pk,
        ceiling=None,
        note_text="",
        outputs={product.pk: None if output is None else Decimal(output)},
        expected_version=version,
    )


def test_an_output_is_chosen_and_given_back(trial, plan, product):
    scenario = make(trial)
    change(trial, scenario, product, "4")
    assert sheet_of(plan).rows[0].line.reach == 40
    change(trial, scenario, product, None, version=2)
    assert not sheet_of(plan).rows[0].is_changed


def test_two_people_do_not_overwrite_each_other(trial, product):
    scenario = make(trial)
    change(trial, scenario, product, "4")
    with pytest.raises(ScenarioError, match="Otra persona"):
        change(trial, scenario, product, "5")


def test_what_is_done_twice_is_done_once(trial, product):
    assert make(trial, "200") == make(trial, "200")
    remove_scenario(trial=trial, scenario_id=Scenario.objects.get().pk)
    assert not Scenario.objects.exists()


def test_without_costs_by_the_unit_nothing_fits_a_ceiling(trial, plan):
    make_product(plan, annual_output=Decimal(10))
    with pytest.raises(ScenarioError, match="costo por unidad"):
        fit(trial, make(trial), "10")


def fit(trial, scenario, ceiling, version=1):
    return fit_scenario(
        trial=trial, scenario_id=scenario.pk, ceiling=Decimal(ceiling), expected_version=version
    )


def test_fitting_does_not_overwrite_what_another_person_chose(trial, plan, product):
    scenario = make(trial)
    change(trial, scenario, product, "4")
    with pytest.raises(ScenarioError, match="Otra persona"):
        fit(trial, scenario, "200")
    assert sheet_of(plan).rows[0].line.output == 4
    fit(trial, scenario, "200", version=2)
    assert fit(trial, scenario, "200", version=2).version == 3


def test_a_product_of_another_plan_is_not_tried(trial, product):
    with pytest.raises(ScenarioError, match="ya no está en el plan"):
        change(trial, make(trial), make_product(), "3")


def test_another_institution_does_not_try(plan):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        make(trial_of(plan, stranger))


def test_a_scenario_is_begun_and_read_on_screen(client, plan, planner, product):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("budget:scenarios", args=[2026, plan.institution.code])
    typed = {"kind": "restricted", "name": "Con menos", "ceiling": "200"}
    answer = client.post(page, typed, follow=True)
    text = answer.content.decode()
    assert "caben en" in text
    assert "Con menos" in client.get(page).content.decode()
    typed = {"accion": "ajustar", "ceiling": "300", "version": "1"}
    refit = client.post(answer.redirect_chain[-1][0], typed)
    assert refit.status_code == 302
    assert sheet_of(plan).rows[0].line.output == 10
