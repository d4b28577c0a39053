"""The plan under review in the browser: what is typed is kept where it was typed, or given back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.models import FormulationStep, PlanObservation
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))
URL = "/poa/2027/9414"


@pytest.fixture
def plan():
    institution = make_institution("9414")
    plan = make_plan(institution, 2027)
    plan.submitted_by = make_user(Role.REGISTRAR, institution=institution)
    plan.approved_by = make_user(Role.APPROVER, institution=institution)
    plan.submitted_at = plan.approved_at = AT
    plan.state = "approved"
    plan.save()
    return plan


@pytest.fixture
def enter(client, plan):
    def as_role(role):
        client.force_login(make_user(role))
        return client

    return as_role


def observe(browser, **typed):
    return browser.post(f"{URL}/revision/observaciones", typed, follow=True).content.decode()


@pytest.mark.parametrize("product", ["abc", "²", "-"])
def test_an_observation_of_an_unreadable_row_is_not_one_of_the_whole_plan(enter, plan, product):
    page = observe(enter(Role.ANALYST), product=product, text="Revise la unidad.")
    assert not PlanObservation.objects.exists()
    assert "esa fila ya no está en el plan" in page
    assert "Revise la unidad." in page


def test_an_observation_without_text_is_not_stored(enter, plan):
    page = observe(enter(Role.ANALYST), product="", text=" ")
    assert not PlanObservation.objects.exists()
    assert "escriba qué debe corregirse" in page


def test_an_observation_of_a_row_that_is_gone_gives_back_what_was_typed(enter, plan):
    other = make_product(make_plan(fiscal_year=2027))
    page = observe(enter(Role.ANALYST), product=other.pk, text="Revise la unidad.")
    assert "Usted escribió: «Revise la unidad.»" in page


def accepted(plan):
    plan.accepted_by, plan.accepted_at = make_user(Role.ANALYST), AT
    plan.state = "accepted"
    plan.save()


def test_the_administration_is_offered_the_lock_and_told_of_its_day(enter, plan):
    accepted(plan)
    browser = enter(Role.ADMINISTRATOR)
    page = browser.get(f"{URL}/revision").content.decode()
    assert "no dice qué día se bloquea" in page
    FormulationStep.objects.create(
        fiscal_year=2027, code="lock", due_on="2027-01-31", source="Calendario"
    )
    page = browser.get(f"{URL}/revision").content.decode()
    assert "31 ene 2027" in page.replace("\xa0", " ")


def test_an_analyst_is_not_offered_the_lock(enter, plan):
    accepted(plan)
    assert "Bloquear" not in enter(Role.ANALYST).get(f"{URL}/revision").content.decode()
