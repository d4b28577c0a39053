"""The chain of a goal: what each reader sees of it, and what is said where nothing is defined."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evaluation.queries.value_chain import goal_chain, links_around
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.results.models import Alignment
from tests.apps.evaluation.country import AT, TODAY, open_round, stand
from tests.apps.evaluation.test_money import budgeted
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
ANALYST = Access(roles=frozenset({Role.ANALYST}))


@pytest.fixture
def chain():
    """A product, an institutional goal, a sectoral and a presidential one, and a sibling."""
    round_ = open_round()
    top = make_goal("presidential", text="Reducir la pobreza")
    sector = make_goal("sectoral", text="Conectar aldeas", serves=(top,))
    own = make_goal(text="Kilómetros pavimentados")
    Alignment.objects.create(child=own, parent=sector, weight=3)
    Alignment.objects.create(child=make_goal(text="Puentes"), parent=sector, weight=1)
    product = make_product(make_plan(own.institution), {"2026-Q3": "8"}, name="Vía abierta")
    own.products.add(product)
    said = {"state": ReportState.VALIDATED, "decided_by": make_user(), "decided_at": AT}
    make_value(make_report(own.institution, round_), "2", product=product, **said)
    stand(own, "behind", value="61.7")
    return {"top": top, "sector": sector, "own": own, "product": product}


def page_of(client, goal, role):
    client.force_login(make_user(role))
    response = client.get(reverse("evaluation:value_chain", args=(goal.code,)))
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_the_chain_goes_down_to_products_and_up_to_the_top(chain):
    found = goal_chain(chain["sector"].pk, access=ANALYST, as_of=TODAY)
    assert [goal.text for goal in found.goals if goal.level != "institutional"] == [
        "Reducir la pobreza",
        "Conectar aldeas",
    ]
    assert [(p.name, p.planned, p.executed) for p in found.products] == [("Vía abierta", 8, 2)]


def test_beside_the_goal_looked_at_nothing_is_shown(chain):
    found = goal_chain(chain["own"].pk, access=ANALYST, as_of=TODAY)
    assert "Puentes" not in [goal.text for goal in found.goals]


def test_a_share_counts_those_who_are_not_shown(chain):
    shares = {link.child_id: link.share for link in links_around(chain["own"].pk)}
    assert shares[chain["own"].pk] == 75


def test_the_page_says_where_it_stops_and_what_is_missing(client, chain):
    page = page_of(client, chain["top"], Role.PRESIDENCY)
    assert "El rezago empieza en «Productos»: 25 % de lo programado." in page
    assert "Presupuesto: aún sin dato" in page
    assert "Falta definir 1 vínculo de esta cadena" in page
    assert page.count("Vía abierta") >= 3  # drawing, steps, table


def test_the_chain_begins_with_the_money_of_its_products(client, chain):
    half = {"share": 50, "approved": 2_000_000, "accrued": 400_000}
    budgeted(chain["own"].institution, chain["product"], **half)
    page = page_of(client, chain["top"], Role.ANALYST)
    assert "L 1 millón, devengado 20 %" in page
    assert "Vía abierta (L 1 millón)" in page
    assert "Presupuesto: aún sin dato" not in page


def test_a_product_nobody_pays_is_told_beside_those_that_are_paid(client, chain):
    budgeted(chain["own"].institution, chain["product"])
    other = make_product(make_plan(make_goal(serves=(chain["sector"],)).institution), {})
    chain["own"].products.add(other)
    page = page_of(client, chain["top"], Role.ANALYST)
    assert "devengado 44 %" in page
    assert "Presupuesto: aún sin dato" in page


def test_money_is_for_whoever_sees_its_institution(client, chain):
    budgeted(chain["own"].institution, chain["product"], approved=2_000_000)
    page = page_of(client, chain["top"], Role.MESA_MEMBER)
    assert "millones" not in page
    assert "Presupuesto: sin dato o reservado" in page


def test_a_reserved_goal_is_named_without_its_figures(client, chain):
    assert "61.7" in page_of(client, chain["top"], Role.ANALYST)
    page = page_of(client, chain["top"], Role.MESA_MEMBER)
    assert "Kilómetros pavimentados" in page
    assert "avance reservado" in page
    assert "61.7" not in page
    assert f'href="/metas/{chain["own"].code}"' not in page
    assert 'href="/poa/' not in page


def test_before_the_first_quarter_it_is_drawn_without_figures(client):
    page = page_of(client, make_goal("presidential", text="Sin datos"), Role.ANALYST)
    assert "aún sin evaluar" in page
    assert "La cadena no llega a ningún producto" in page


def test_the_statements_do_not_grow_with_the_chain(client, chain):
    def statements():
        client.force_login(make_user(Role.ANALYST))
        address = reverse("evaluation:value_chain", args=(chain["top"].code,))
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    before = statements()
    for _number in range(4):
        goal = make_goal(serves=(chain["sector"],))
        goal.products.add(make_product(make_plan(goal.institution), {"2026-Q3": "1"}))
    assert statements() == before
