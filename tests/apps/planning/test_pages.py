"""Reading plans: one institution's, and the state of everybody's."""

from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.catalogue import per_year_of
from sigpret.apps.planning.programming import ProductKey, adds_up, plain_code
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution():
    return make_institution("9414", "Instituto Nacional de Ejemplos", acronym="INE")


@pytest.fixture
def enter(client):
    def as_role(role: Role, institution=None):
        user = make_user(role, institution=institution)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


@pytest.fixture
def plan(institution):
    plan = make_plan(institution)
    make_product(plan, {"2026-Q2": "1", "2026-Q4": "1"}, number=5, annual_output=Decimal(2))
    make_product(plan, number=6, name="Bibliobuses en ruta")
    return plan


def test_a_plan_shows_its_quarters_and_what_was_not_scheduled(enter, institution, plan):
    page = enter(Role.REGISTRAR, institution).get(f"/poa/2026/{institution.code}").content.decode()
    assert "1 de 2 productos programados" in page
    assert "No se programó" in page
    assert "1.5" in page


def test_a_plan_that_is_not_there_says_what_to_do(enter, institution):
    page = enter(Role.REGISTRAR, institution).get(f"/poa/2027/{institution.code}").content.decode()
    assert "Aún no hay POA 2027" in page
    assert reverse("imports:start") in page


def test_who_cannot_import_is_told_who_does(enter, institution):
    page = enter(Role.ANALYST).get(f"/poa/2027/{institution.code}").content.decode()
    assert "Lo carga la UPGRET de la institución" in page
    assert "Importar el plan" not in page


def test_a_plan_takes_as_many_queries_with_more_products(
    enter, institution, plan, django_assert_max_num_queries
):
    for number in range(10, 40):
        make_product(plan, {"2026-Q1": "1"}, number=number, annual_output=Decimal(1))
    browser = enter(Role.ANALYST)
    with django_assert_max_num_queries(16):
        browser.get(f"/poa/2026/{institution.code}")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PRESIDENCY, Role.AUDITOR])
def test_who_reads_the_country_reads_every_plan(enter, institution, plan, role):
    assert enter(role).get(f"/poa/2026/{institution.code}").status_code == 200


def test_another_institution_does_not_read_the_plan(enter, institution, plan):
    browser = enter(Role.REGISTRAR, make_institution())
    answer = browser.get(f"/poa/2026/{institution.code}")
    assert answer.status_code == 403
    assert "Bibliobuses" not in answer.content.decode()


def test_an_institution_that_does_not_exist_is_not_found(enter):
    assert enter(Role.ANALYST).get("/poa/2026/000").status_code == 404


def test_the_list_says_who_has_loaded_and_who_has_not(enter, institution, plan):
    make_institution("9500", "Instituto sin plan")
    page = enter(Role.ANALYST).get("/poa/2026").content.decode()
    assert "1 de 2 instituciones lo han cargado" in page
    assert "Borrador" in page
    assert "Sin cargar" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?ver=cargados", "9414"),
        ("?ver=sin-cargar", "9500"),
        ("?q=EJEMPLOS nacional", "9414"),
        ("?q=ine", "9414"),
        ("?q=sin+plan", "9500"),
        ("?q=nadie", ""),
    ],
)
def test_the_list_can_be_filtered_and_searched(enter, institution, plan, query, found):
    make_institution("9500", "Instituto sin plan")
    rows = enter(Role.ANALYST).get(f"/poa/2026{query}").context["page"].rows
    assert [row.institution.code for row in rows] == ([found] if found else [])


def test_the_list_takes_as_many_queries_with_more_institutions(
    enter, institution, plan, django_assert_max_num_queries
):
    for _ in range(30):
        make_plan()
    browser = enter(Role.ANALYST)
    with django_assert_max_num_queries(12):
        browser.get("/poa/2026")


def test_an_institution_does_not_read_the_list(enter, institution):
    assert enter(Role.REGISTRAR, institution).get("/poa/2026").status_code == 403


def test_the_menu_leads_each_one_to_what_they_read(enter, institution):
    assert enter(Role.REGISTRAR, institution).get("/poa")["Location"] == "/poa/2026/9414"
    assert enter(Role.ANALYST).get("/poa")["Location"] == "/poa/2026"


@pytest.mark.parametrize(
    ("annual", "quarters", "verdict"),
    [
        ("2", (None, "1", None, "1"), True),
        ("2", (None, "1", None, None), False),
        ("0", (None, None, None, None), True),
        ("0", ("0", None, None, None), True),
        (None, (None, None, None, None), True),
        (None, ("1", None, None, None), False),
        ("2.5", ("1.25", "1.25", None, None), True),
    ],
)
def test_when_quarters_add_up(annual, quarters, verdict):
    year = None if annual is None else Decimal(annual)
    planned = tuple(None if value is None else Decimal(value) for value in quarters)
    assert adds_up(year, planned) is verdict


@pytest.mark.parametrize(("code", "plain"), [("0149", "149"), ("149", "149"), ("000", "0")])
def test_padding_is_no_part_of_a_code(code, plain):
    assert plain_code(code) == plain


@pytest.mark.parametrize(
    ("name", "times"), [("Anual", 1), ("SEMESTRAL", 2), ("trimestral ", 4), ("A veces", None)]
)
def test_a_periodicity_is_known_by_its_name(name, times):
    assert per_year_of(name) == times


def test_a_product_key_travels_and_comes_back():
    key = ProductKey(2, 1, 5)
    assert (key.code, key.label, ProductKey.parse("2.1.5")) == ("2.1.5", "2.5", key)
