"""Ctrl K: what each person finds and can do, in a few statements, within what they may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.models import StrategicPlan
from sigpret.apps.results.models import Goal
from sigpret.web.search import stems
from tests.apps.monitoring.scenes import Ministry
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ministry")]
STATEMENTS = 16


@pytest.fixture
def ministry():
    ministry = Ministry()
    product = ministry.product
    product.name = "Vías pavimentadas en el Valle"
    product.stems = stems(product.name)
    product.save()
    name_goal(ministry.goal, "Kilómetros de carretera pavimentados")
    return ministry


def name_goal(goal, text):
    Goal.objects.filter(pk=goal.pk).update(text=text, stems=stems(text))


def seen(client, person, words, **headers):
    client.force_login(person)
    return (
        client.get("/buscar", {"q": words}, headers=headers).content.decode().replace("\u00a0", " ")
    )


@pytest.mark.parametrize("typed", ["pavimentada", "PAVIMENTADOS", "via pav", "vías valle"])
def test_a_product_is_found_however_it_is_typed(client, ministry, typed):
    assert "2026" in seen(client, ministry.registrar, typed)
    assert "pavimentadas" in seen(client, ministry.registrar, typed)


@pytest.mark.parametrize("reader", ["registrar", "analyst"])
def test_a_goal_is_found_by_its_code_too(client, ministry, reader):
    Goal.objects.filter(pk=ministry.goal.pk).update(code="MI-060-02")
    page = seen(client, getattr(ministry, reader), "mi-060")
    assert "Kilómetros de carretera" in page


def test_a_wrong_letter_is_forgiven_and_said(client, ministry):
    page = seen(client, ministry.registrar, "carretra")
    assert "No hay resultados para «carretra». Se buscó «carretera»." in page
    assert "Kilómetros de" in page


def test_a_product_of_the_report_can_be_reported_from_there(client, ministry):
    page = seen(client, ministry.registrar, "pavimentadas")
    assert f"?dato=product-{ministry.product.pk}" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [("rectoria", "Rectoría del sector"), ("pei 2026", "PEI 2026–2030"), ("estratégico", "PEI")],
)
def test_a_strategic_plan_is_found_by_its_years_and_its_objectives(client, ministry, typed, found):
    plan = StrategicPlan.objects.create(
        institution=ministry.institution, first_year=2026, last_year=2030
    )
    plan.objectives.create(number=1, text="Rectoría del sector")
    for person in (ministry.registrar, ministry.analyst):
        page = seen(client, person, typed).replace("<b>", "").replace("</b>", "")
        assert found in page
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    assert "PEI 2026" not in seen(client, stranger, typed)


def test_nobody_finds_what_another_institution_has_not_published(client, ministry):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    page = seen(client, stranger, "pavimentadas")
    assert "Vías" not in page
    assert "Kilómetros" not in page
    assert "No hay resultados" in page


def test_a_mesa_finds_the_goals_of_everybody_above_institutions(client):
    name_goal(make_goal(Goal.Level.PRESIDENTIAL), "Pobreza reducida")
    assert "Pobreza" in seen(client, make_user(Role.MESA_MEMBER), "pobreza")


@pytest.mark.parametrize(
    ("person", "typed", "offered"),
    [
        ("registrar", "reportar", "Reportar el III trimestre"),
        ("registrar", "enviar", "Revisar y enviar el reporte"),
        ("analyst", "validar", "Validar reportes del III trimestre"),
        ("administrator", "cerrar", "Cerrar el III trimestre"),
    ],
)
def test_actions_go_by_role(client, ministry, person, typed, offered):
    page = seen(client, getattr(ministry, person), typed)
    assert offered in page.replace("<b>", "").replace("</b>", "")


def test_an_action_of_another_role_is_not_offered(client, ministry):
    assert "Cerrar el III trimestre" not in seen(client, ministry.registrar, "cerrar")


def test_without_words_it_offers_what_can_be_done(client, ministry):
    page = seen(client, ministry.registrar, "")
    assert "Reportar el" in page
    assert "No hay resultados" not in page


def test_the_dialog_gets_only_the_results(client, ministry):
    page = seen(client, ministry.registrar, "pavimentadas", HX_Request="true")
    assert "<html" not in page
    assert "data-hit" in page


@pytest.mark.parametrize("typed", ["'; drop table", "\\", "a & | !", "%_", "\x00", "ñ" * 500])
def test_nothing_typed_breaks_the_search(client, ministry, typed):
    client.force_login(ministry.registrar)
    assert client.get("/buscar", {"q": typed}).status_code == 200


def test_a_search_takes_few_statements_whatever_there_is(client, ministry):
    def statements(person):
        client.force_login(person)
        client.get("/buscar", {"q": "pavimentadas"})
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get("/buscar", {"q": "pavimentadas"}, headers={"HX-Request": "true"})
        return len(caught)

    before = statements(ministry.registrar), statements(ministry.analyst)
    for _number in range(5):
        plan = make_plan(make_institution())
        make_product(
            plan, {"2026-Q3": "1"}, name="Calles pavimentadas", stems=stems("Calles pavimentadas")
        )
        name_goal(make_goal(), "Puentes pavimentados")
        pei = StrategicPlan.objects.create(
            institution=plan.institution, first_year=2026, last_year=2030
        )
        pei.objectives.create(number=1, text="Caminos pavimentados")
    assert (statements(ministry.registrar), statements(ministry.analyst)) == before
    assert max(before) <= STATEMENTS
