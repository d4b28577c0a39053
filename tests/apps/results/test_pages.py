"""The screens of the matrix: what each shows, and what it answers to what is typed."""

from decimal import Decimal

import pytest
from django.urls import reverse

import sigpret.config.wiring  # noqa: F401 - the quarters that closed
from sigpret.apps.accounts.roles import Role
from sigpret.apps.results.models import Alignment, Goal, MatrixVersion
from tests.factories.institutions import make_sector, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """P1 ← S1 ← I1: a goal of each level in one sector."""
    sector = make_sector("Salud")
    top = make_goal(Goal.Level.PRESIDENTIAL, code="P1", sector=sector, text="Más salud")
    middle = make_goal(Goal.Level.SECTORAL, code="S1", sector=sector, serves=(top,))
    own = make_goal(code="I1", sector=sector, serves=(middle,), planned={"2026-Q4": "2"})
    Alignment.objects.update(weight=100)
    return top, middle, own


@pytest.fixture
def analyst(client):
    """With nothing to prove it with, so that nothing is asked again."""
    person = make_user(Role.ANALYST)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    return client


def page(client, name, /, *args, **asked):
    return client.get(reverse(f"results:{name}", args=args), asked)


def send(client, name, /, *args, **typed):
    return client.post(reverse(f"results:{name}", args=args), typed)


def test_the_table_has_the_official_columns_and_a_row_per_goal(analyst, chain):
    text = page(analyst, "table").content.decode()
    assert "3 metas en la matriz" in text
    for heading in ("Eje", "Meta presidencial", "Línea ENTAH", "Objetivo de Visión de País"):
        assert f">{heading}</th>" in text
    assert text.index(">P1</a>") < text.index(">S1</a>") < text.index(">I1</a>")


def test_the_filters_live_in_the_address(analyst, chain):
    assert "1 meta en la matriz" in page(analyst, "table", nivel="sectoral").content.decode()
    assert "Ninguna meta coincide" in page(analyst, "table", q="ferrocarril").content.decode()


def test_a_row_is_edited_where_it_stands(analyst, chain):
    address = reverse("results:row", args=["I1"])
    form = analyst.get(address, headers={"HX-Request": "true"}).content.decode()
    assert form.lstrip().startswith("<tr")
    typed = {
        "text": "Otra redacción", "name": "Indicador", "unit": "personas", "source": "Censo",
        "version": 1, "sheet_version": 1,
    }  # fmt: skip
    saved = analyst.post(address, typed, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "Censo" in saved.content.decode()
    again = analyst.post(address, typed | {"text": "La mía"}, headers={"HX-Request": "true"})
    assert again.status_code == 409
    told = again.content.decode()
    assert "La mía" in told
    assert "Otra redacción" in told


def test_a_sheet_says_what_it_lacks(analyst, chain):
    text = page(analyst, "sheet", "I1").content.decode()
    assert "Ficha pendiente: faltan" in text
    assert "Contribuye a" in text


def test_a_goal_that_is_not_there_is_not_found(analyst):
    assert page(analyst, "sheet", "NADA").status_code == 404


def test_a_new_goal_goes_on_to_its_sheet(analyst, chain):
    typed = {
        "code": "MS-77", "level": "sectoral", "sector": chain[1].sector_id, "text": "Más luz",
        "chain_position": "result",
    }  # fmt: skip
    answer = send(analyst, "goal_new", **typed)
    assert answer.url == reverse("results:sheet_form", args=["MS-77"])
    assert "Ya hay una meta" not in page(analyst, "sheet_form", "MS-77").content.decode()
    assert send(analyst, "goal_new", **typed | {"text": "Otra"}).status_code == 422


def test_the_formula_is_checked_while_it_is_typed(analyst, chain):
    typed = {
        "value_source": "formula", "formula": "a / b",
        "variable-TOTAL_FORMS": 6, "variable-INITIAL_FORMS": 0,
        "variable-0-name": "a", "variable-0-label": "Casos",
    }  # fmt: skip
    assert "usa b y la ficha no dice" in send(analyst, "formula", "I1", **typed).content.decode()
    typed |= {"variable-1-name": "b", "variable-1-label": "Total"}
    assert "se puede calcular" in send(analyst, "formula", "I1", **typed).content.decode()


SHEET = {
    "name": "Cobertura", "unit": "porcentaje", "sense": "ascending", "accumulation": "last",
    "across_years": "stock", "value_source": "reported", "publication_lag_days": 0,
    "variable-TOTAL_FORMS": 6, "variable-INITIAL_FORMS": 0,
}  # fmt: skip


def test_two_editors_of_a_sheet_see_both_texts(analyst, chain):
    typed = SHEET | {"responsible_id": chain[2].institution_id, "version": 1}
    assert send(analyst, "sheet_form", "I1", **typed, source="Uno").status_code == 302
    answer = send(analyst, "sheet_form", "I1", **typed, source="Dos")
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "<td>Dos</td><td>Uno</td>" in told
    assert (
        send(analyst, "sheet_form", "I1", **typed | {"version": 2}, source="Dos").status_code == 302
    )


def test_targets_are_typed_by_period(analyst, chain):
    text = page(analyst, "targets", "I1", ano="2026").content.decode()
    assert 'name="2026-Q4"' in text
    sent = send(analyst, "targets", "I1", **{"version": 1, "2026-Q4": "1,250.5", "2027": "9"})
    assert sent.status_code == 302
    stored = dict(chain[2].indicator.targets.values_list("period", "planned"))
    assert stored == {"2026-Q4": Decimal("1250.5"), "2027": 9}
    wrong = send(analyst, "targets", "I1", **{"version": 2, "2026-Q4": "mucho"})
    assert wrong.status_code == 422


def test_a_link_is_made_changed_and_taken_away(analyst, chain):
    child = make_goal(code="I2", sector=chain[1].sector)
    address = reverse("results:link_new") + "?hija=I2"
    assert "S1" in analyst.get(address).content.decode()
    typed = {"other": chain[1].pk, "weight": "40", "rule": "weighted", "rationale": "Compra"}
    assert analyst.post(address, typed).status_code == 302
    typed = {"weight": "60", "rule": "weighted", "rationale": "Más", "version": 1}
    assert send(analyst, "link", "I2", "S1", **typed).status_code == 302
    assert send(analyst, "link", "I2", "S1", **typed | {"weight": "7"}).status_code == 409
    assert "dejará de contribuir" in page(analyst, "unlink", "I2", "S1").content.decode()
    assert send(analyst, "unlink", "I2", "S1").status_code == 302
    assert not child.serves.exists()


def test_weights_are_spread_from_the_list_of_rules(analyst, chain):
    Alignment.objects.filter(child=chain[2]).update(weight=90)
    assert "suman 90, no 100" in page(analyst, "findings").content.decode()
    assert send(analyst, "spread", "S1", volver="/cadena/reglas").url == "/cadena/reglas"
    assert Alignment.objects.get(child=chain[2]).weight == 100


def test_the_way_back_is_inside_the_product(analyst, chain):
    sent = send(analyst, "spread", "S1", volver="//example.org/")
    assert sent.url == reverse("results:sheet", args=["S1"])


def test_loose_goals_are_listed_with_what_to_do(analyst, chain):
    make_goal(code="I9", sector=chain[1].sector)
    text = page(analyst, "loose").content.decode()
    assert "I9 no llega a ninguna meta sectorial" in text
    assert "hija=I9" in text


def test_products_are_linked(analyst, chain):
    product = make_product(make_plan(chain[2].institution))
    assert send(analyst, "products", "I1", products=[product.pk]).status_code == 302
    assert list(chain[2].products.all()) == [product]
    assert page(analyst, "products", "S1").status_code == 404


def test_retiring_asks_why(analyst, chain):
    assert send(analyst, "retire", "I1").status_code == 422
    assert send(analyst, "retire", "I1", reason="Repetida").status_code == 302
    assert not Goal.objects.filter(code="I1").exists()


def test_a_version_is_published_and_compared(analyst, chain):
    assert "Advertencias" in page(analyst, "publish").content.decode()
    assert send(analyst, "publish", note="").status_code == 422
    assert send(analyst, "publish", note="Primera").status_code == 302
    Goal.objects.filter(code="P1").update(text="Mejor salud")
    assert MatrixVersion.objects.count() == 1
    versions = page(analyst, "versions").content.decode()
    assert "La matriz publicada es la versión 1" in versions
    assert "Mejor salud" not in versions
    text = page(analyst, "compare", de="1").content.decode()
    assert "<del>Más salud</del>" in text
    assert "<ins>Mejor salud</ins>" in text
    assert page(analyst, "compare", de="7").status_code == 404


def test_handing_down_shows_what_it_creates_before(analyst, chain):
    chain[2].institution.sectors.add(chain[0].sector)
    typed = {"goals": [chain[0].pk], "sectors": [chain[0].sector_id], "year": 2026}
    shown = send(analyst, "hand_down", **typed)
    assert "Se crearían 1 meta sectorial y 1 institucional," in shown.content.decode()
    assert Goal.objects.count() == 3
    assert send(analyst, "hand_down", **typed, confirm="1").status_code == 302
    assert Goal.objects.count() == 5


def test_the_chain_of_a_sector_is_drawn_with_its_table(analyst, chain):
    make_goal(code="I9", sector=chain[1].sector)
    text = analyst.get(reverse("evaluation:chain")).content.decode()
    assert "Cadena del sector Salud" in text
    assert (
        'aria-label="I1 contribuye a S1: 100 %, promedio ponderado"'.replace(" %", "\xa0%") in text
    )
    assert "Fuera de la cadena" in text
    assert "Vínculo seleccionado" in text
    assert "<td>S1 Meta" in text


def test_an_empty_country_has_an_empty_chain(analyst):
    text = analyst.get(reverse("evaluation:chain")).content.decode()
    assert "Todavía no hay metas" in text


def test_who_only_reads_has_no_forms(client, chain):
    client.force_login(make_user(Role.PRESIDENCY))
    text = client.get(reverse("evaluation:chain")).content.decode()
    assert "Guardar el vínculo" not in text
    assert "Editar la ficha" not in page(client, "sheet", "I1").content.decode()
    assert send(client, "link", "I1", "S1", weight="5", rule="weighted").status_code == 403
