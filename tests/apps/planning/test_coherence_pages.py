"""Reading what plans should mend: one plan by rule, and the country by rule and by plan."""

from decimal import Decimal

import pytest
from django.urls import reverse

import sigpret.config.wiring  # noqa: F401 - who knows of goals and money
from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.coherence_page import counted
from sigpret.apps.planning.coherence_words import RULE_WORDS
from sigpret.apps.planning.models import AnnualPlan, Objective, Result
from sigpret.methodology.plans.registry import RULES
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
YEAR = {"2027-Q1": "1", "2027-Q2": "2", "2027-Q3": "1", "2027-Q4": "1"}


@pytest.fixture
def institution():
    return make_institution("414", "Dirección de Gestión por Resultados")


@pytest.fixture
def plan(institution):
    """One error, the quarters, and one warning, no goal."""
    plan = make_plan(institution, 2027)
    product = make_product(plan, YEAR, number=6, name="Manuales", annual_output=Decimal(6))
    objective = product.operational_objective.objective
    Result.objects.create(objective=objective, number=1, text="Gestión fortalecida")
    make_goal(institution=institution).objectives.add(objective)
    return plan


def read(client, name, *args, role=Role.ANALYST, institution=None, query="") -> str:
    client.force_login(make_user(role, institution=institution))
    answer = client.get(reverse(f"planning:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_rule_has_its_words():
    assert set(RULE_WORDS) == set(RULES)


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(0, 0, ""), (1, 0, "1 error"), (0, 1, "1 aviso"), (2, 3, "2 errores y 3 avisos")],
)
def test_errors_and_warnings_are_counted_in_words(errors, warnings, words):
    assert counted(errors, warnings) == words


def test_a_plan_is_read_by_rule(client, plan):
    page = read(client, "coherence", 2027, "414")
    assert "1 error y 1 aviso de coherencia" in page
    assert "falta ubicar 1" in page
    assert "Sin vínculo con la matriz" in page
    assert "no se puede enviar mientras tenga errores" in page


def test_only_warnings_are_shown_when_asked(client, plan):
    page = read(client, "coherence", 2027, "414", query="?ver=avisos")
    assert "falta ubicar 1" not in page
    assert "no aportará a ninguna meta" in page


def test_a_planner_is_led_to_the_plan_to_mend_it(client, plan, institution):
    page = read(client, "coherence", 2027, "414", role=Role.REGISTRAR, institution=institution)
    assert "Corregir en el plan" in page
    AnnualPlan.objects.update(state="submitted")
    page = read(client, "coherence", 2027, "414", role=Role.REGISTRAR, institution=institution)
    assert "Ver el plan" in page
    assert "no se puede enviar" not in page


def test_a_coherent_plan_says_so(client, institution):
    make_plan(institution, 2027)
    assert "el plan es coherente" in read(client, "coherence", 2027, "414")


def test_without_a_plan_there_is_nothing_to_check(client, institution):
    assert "Aún no hay POA 2027" in read(client, "coherence", 2027, "414")


def test_a_plan_of_nobody_is_not_found(client):
    client.force_login(make_user(Role.ANALYST))
    assert client.get("/poa/2027/999/coherencia").status_code == 404


def test_the_country_is_read_by_rule_and_by_plan(client, plan):
    other = make_plan(make_institution("060", "Secretaría de Salud"), 2027)
    Objective.objects.create(plan=other, number=1, text="Salud")
    page = read(client, "country_coherence", 2027)
    assert "1 de 2 planes tiene errores" in page
    assert "1 plan es coherente" in page
    assert page.index("Dirección de Gestión") < page.index("Secretaría de Salud")
    one = read(client, "country_coherence", 2027, query="?regla=quarters_differ")
    assert "Dirección de Gestión" in one
    assert "Secretaría de Salud" not in one
    assert "Secretaría de Salud" in read(client, "country_coherence", 2027, query="?q=salud")
    assert "Ningún plan coincide" in read(client, "country_coherence", 2027, query="?q=nadie")


def test_the_country_without_plans_says_so(client):
    assert "Aún no hay ningún POA 2027" in read(client, "country_coherence", 2027)
