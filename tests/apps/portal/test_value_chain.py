"""The chain citizens see: what was published, and nothing of an institution's own grade."""

import zlib

import pytest
from django.urls import reverse

from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.kept_chain import kept_chains
from sigpret.apps.results.models import Alignment
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal
from tests.factories.snapshots import EXPLANATION, make_closed_round, make_promise

pytestmark = pytest.mark.django_db
SECTOR = {"sector": {"code": "S", "name": "Educación", "slug": "educacion"}}
NOTHING = {"served_by": [], "products": []}


def keep(round_, code, kind=Snapshot.Kind.GOAL, *, achieved="50", **payload):
    kept = {
        "code": code,
        "planned_to_date": "8",
        "executed_to_date": "4",
        "own": {"value": achieved, "status": "behind", "explanation": EXPLANATION},
    } | payload
    return Snapshot.objects.create(
        round=round_,
        kind=kind,
        subject_id=zlib.crc32(code.encode()),
        code=code,
        level=kept.get("level", ""),
        payload=kept,
    )


def goal(round_, code, level, text, served_by=(), products=(), **more):
    links = [{"code": child, "share": share} for child, share in served_by]
    chain = {"served_by": links, "products": list(products)}
    keep(round_, code, level=level, text=text, chain=chain, **SECTOR, **more)


@pytest.fixture
def closing():
    closing = make_closed_round()
    top = {"served_by": [{"code": "MS-1", "share": "100"}], "products": []}
    make_promise(closing, "pobreza", chain=top)
    goal(closing, "MS-1", "sectoral", "Aldeas conectadas", [("MI-1", "60"), ("MI-2", "40")])
    owner = {"institution": {"code": "414", "name": "DIGER"}, "achieved": "61.7"}
    goal(closing, "MI-1", "institutional", "Vías abiertas", products=["414.2026.1.1"], **owner)
    goal(closing, "MI-2", "institutional", "Puentes", **owner)
    keep(
        closing,
        "414.2026.1.1",
        Snapshot.Kind.PRODUCT,
        name="Kilómetros pavimentados",
        unit="kilómetros",
        institution={"code": "414", "name": "DIGER"},
    )
    return closing


def page(client, slug="pobreza"):
    answer = client.get(reverse("portal:value_chain", args=[slug]))
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


@pytest.mark.usefixtures("closing")
def test_the_promise_is_followed_down_to_its_products(client):
    text = page(client)
    for name in ("Reparar pobreza", "Aldeas conectadas", "Vías abiertas", "Kilómetros"):
        assert text.count(name) >= 3  # drawing, steps, table
    assert "4 de 8 kilómetros" in text
    assert "peso 60 %" in text


@pytest.mark.usefixtures("closing")
def test_what_an_institution_achieved_in_its_goals_is_not_published(client):
    text = page(client)
    assert "avance no publicado" in text
    assert "61.7" not in text
    rows = client.get(reverse("portal:value_chain_data", args=["pobreza"])).text
    assert "61.7" not in rows
    assert "Vías abiertas" in rows


@pytest.mark.usefixtures("closing")
def test_a_goal_without_products_is_said(client):
    assert "Falta definir 1 vínculo de esta cadena" in page(client)


@pytest.mark.usefixtures("closing")
def test_the_page_of_the_promise_leads_to_its_chain(client):
    promise = client.get(reverse("portal:promise", args=["pobreza"])).text
    assert reverse("portal:value_chain", args=["pobreza"]) in promise


def test_a_closing_from_before_has_its_links_and_says_what_it_lacks(client):
    closing = make_closed_round()
    part = {"subject": "MS-1", "weight": "1", "value": "50", "contribution": "50"}
    explanation = EXPLANATION | {"parts": [part]}
    received = {"value": "50", "status": "behind", "explanation": explanation}
    make_promise(closing, contributed=received)
    before = {"level": "sectoral", "text": "Aldeas conectadas", "contributed": {}, **SECTOR}
    keep(closing, "MS-1", **before)
    text = page(client, "escuelas")
    assert "Aldeas conectadas" in text
    assert "se publicó sin los productos" in text


def test_what_is_not_published_has_no_chain(client):
    make_goal("presidential", slug="secreta")
    assert client.get(reverse("portal:value_chain", args=["secreta"])).status_code == 404


@pytest.mark.usefixtures("closing")
def test_a_long_chain_takes_as_many_statements(client, closing, django_assert_max_num_queries):
    for number in range(10, 20):
        goal(closing, f"MI-{number}", "institutional", "Otra")
    with django_assert_max_num_queries(9):
        page(client)


def test_a_closing_keeps_who_served_and_with_which_products():
    top, child = make_goal("sectoral"), make_goal()
    Alignment.objects.create(child=child, parent=top, weight=3)
    Alignment.objects.create(child=make_goal(code="Z"), parent=top, weight=1)
    product = make_product(make_plan(child.institution))
    child.products.add(product)
    chains = kept_chains(2026)
    assert chains[top.pk]["served_by"] == [
        {"code": child.code, "share": "75"},
        {"code": "Z", "share": "25"},
    ]
    assert chains[child.pk]["products"] == [f"{child.institution.code}.2026.1.{product.number}"]
    assert kept_chains(2025)[child.pk] == NOTHING
