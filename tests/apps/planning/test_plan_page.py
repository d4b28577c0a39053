"""The page of a plan: written by its own people, read by others, with what is said beside it."""

import re
from decimal import Decimal

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.actions.outline import seen_statement
from sigpret.apps.planning.models import AnnualPlan, Product, Result
from sigpret.apps.planning.plan_page import typed
from tests.apps.planning.test_cells import AT
from tests.factories.institutions import make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make_product(
        make_plan(), {"2026-Q2": "1", "2026-Q4": "1"}, annual_output=Decimal(2), number=6
    )


@pytest.fixture
def plan(product):
    return product.operational_objective.objective.plan


@pytest.fixture
def address(plan):
    return f"/poa/2026/{plan.institution.code}"


@pytest.fixture
def enter(client, plan):
    def as_role(role=Role.REGISTRAR):
        place = plan.institution if role in {Role.REGISTRAR, Role.APPROVER} else None
        client.force_login(
            make_user(role, institution=place),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    return as_role


def row_of(product, seen="2||1||1", **cells):
    key = f"p{product.pk}"
    names = {name.replace("c", f"{key}-", 1): value for name, value in cells.items()}
    return {f"{key}-seen": seen} | names


HTMX = {"HX-Request": "true", "HX-Target": "p1"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), ("0", "0"), ("1200.5000", "1,200.5"), ("1200", "1,200"), ("0.0001", "0.0001")],
)
def test_a_quantity_is_shown_as_it_is_typed(value, shown):
    assert typed(None if value is None else Decimal(value)) == shown


def test_its_people_type_in_it_and_others_read_it(enter, address, product):
    assert f'name="p{product.pk}-0"' in enter().get(address).content.decode()
    page = enter(Role.ANALYST).get(address).content.decode()
    assert f'name="p{product.pk}-0"' not in page
    assert "Sólo lectura" in page


def test_without_scripts_a_row_is_saved_with_the_form(enter, address, product):
    answer = enter().post(address, row_of(product, c0="3", c1="1", c2="1", c3="", c4="1"))
    assert (answer.status_code, answer["Location"]) == (302, address)
    product.refresh_from_db()
    assert product.annual_output == 3


def test_a_saved_row_comes_back_with_what_is_wrong_in_it(enter, address, product):
    answer = enter().post(address, row_of(product, c0="3"), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search("resolver . error", page)
    assert 'aria-invalid="true"' in page
    assert "data-fix" in page


def test_what_is_no_number_stays_as_it_was_typed(enter, address, product):
    answer = enter().post(address, row_of(product, c0="3O"), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="3O"' in page
    assert "termina en la letra O" in page


def test_two_people_in_a_cell_are_shown_both_and_choose(enter, address, product):
    browser = enter()
    Product.objects.filter(pk=product.pk).update(annual_output=5, version=2)
    answer = browser.post(address, row_of(product, c0="3"), headers=HTMX)
    assert answer.status_code == 409
    assert "escribió 5 y usted 3" in answer.content.decode()
    use = row_of(product, c0="3") | {f"p{product.pk}-use": "1"}
    assert browser.post(address, use, headers=HTMX).status_code == 200
    product.refresh_from_db()
    assert product.annual_output == 5
    keep = row_of(product, c0="3") | {f"p{product.pk}-keep": "1"}
    browser.post(address, keep, headers=HTMX)
    product.refresh_from_db()
    assert product.annual_output == 3


def test_a_repair_is_one_button_also_without_scripts(enter, address, product):
    fix = row_of(product, c0="2", c2="1", c4="1") | {f"p{product.pk}-fix": "3:1"}
    enter().post(address, fix)
    assert product.targets.get(period="2026-Q3").planned == 1


def test_a_plan_that_was_sent_is_read_only(enter, address, product, plan):
    AnnualPlan.objects.filter(pk=plan.pk).update(state="locked", locked_at=AT)
    browser = enter()
    page = browser.get(address).content.decode()
    assert "está bloqueado" in page
    assert f'name="p{product.pk}-0"' not in page
    answer = browser.post(address, row_of(product, c0="3"))
    assert answer.status_code == 409
    assert "ya no se edita" in answer.content.decode()


def test_a_plan_that_came_back_asks_for_its_answers_first(enter, address, product, plan):
    Result.objects.create(objective=plan.objectives.get(), number=1, text="Hay tablero")
    assert "puede enviarlo" in enter().get(address).content.decode()
    AnnualPlan.objects.filter(pk=plan.pk).update(
        state="returned", returned_at=AT, returned_by=make_user(), return_reason="Corrija"
    )
    page = enter().get(address).content.decode()
    assert "responda cada observación y envíelo otra vez" in page
    assert "puede enviarlo" not in page


def test_a_filter_shows_only_what_it_names(enter, address, product, plan):
    make_product(plan, {"2026-Q1": "1"}, annual_output=Decimal(9), number=7)
    page = enter().get(f"{address}?ver=error").context["page"]
    (objective,) = page.objectives
    assert [one.label for one in objective.products] == ["1.7"]


def test_a_product_moves_between_objectives_from_the_table(enter, address, product, plan):
    objective = plan.objectives.create(number=2, text="Leer")
    objective.operational_objectives.create(number=1, text="Prestar")
    browser = enter()
    for step, label in (("abajo", 2), ("abajo", 2), ("arriba", 1)):
        browser.post(f"{address}/producto/{product.pk}/mover", {"direccion": step})
        product.refresh_from_db()
        assert product.operational_objective.objective.number == label


def test_a_product_is_added_described_and_removed(enter, address, product):
    browser = enter()
    parent = product.operational_objective_id
    facts = {
        "name": "Guías",
        "unit_of_measure_id": product.unit_of_measure_id,
        "periodicity_id": product.periodicity_id,
        "accumulation": "last",
    }
    assert browser.post(f"{address}/objetivo/{parent}/producto", facts).status_code == 302
    made = Product.objects.get(name="Guías")
    assert "no acumula" in browser.get(address).content.decode()
    sheet = browser.get(f"/i/{address.split('/')[-1]}/2026/1.{made.number}").content.decode()
    assert "Lo agregó al plan" in sheet
    again = facts | {"name": "Manuales", "version": made.version}
    assert browser.post(f"{address}/producto/{made.pk}", again).status_code == 302
    stale = browser.post(f"{address}/producto/{made.pk}", facts | {"version": 1})
    assert stale.status_code == 409
    assert "Manuales" in stale.content.decode()
    assert browser.post(f"{address}/producto/{made.pk}/quitar").status_code == 302
    assert not Product.objects.filter(pk=made.pk).exists()


def test_rows_are_written_from_their_forms(enter, address, plan):
    browser = enter()
    browser.post(f"{address}/filas/objective/nueva", {"text": "Leer", "program_ref": "PG-12"})
    objective = plan.objectives.get(text="Leer")
    browser.post(f"{address}/filas/result/nueva?objetivo={objective.pk}", {"text": "Lectores"})
    row = f"{address}/filas/objective/{objective.pk}"
    seen = {"seen": browser.get(row).context["form"]["seen"].value()}
    assert browser.post(row, {"text": "Leer", "program_ref": "PG-13"} | seen).status_code == 302
    stale = browser.post(row, {"text": "Leer", "program_ref": "PG-14"} | seen)
    assert stale.status_code == 409
    assert "<td>PG-14</td><td>PG-13</td>" in stale.content.decode()
    assert objective.results.get().text == "Lectores"
    browser.post(f"{row}/quitar")
    assert not plan.objectives.filter(pk=objective.pk).exists()


def test_the_mission_is_written(enter, address, plan):
    browser = enter()
    typed_text = {"mission": "Prestar libros", "vision": "Leer", "seen": seen_statement("", "")}
    assert browser.post(f"{address}/mision", typed_text).status_code == 302
    assert "Prestar libros" in browser.get(address).content.decode()
    again = browser.post(f"{address}/mision", typed_text | {"mission": "Otra"})
    assert again.status_code == 409


def test_a_cell_somebody_saved_is_no_other_mission(enter, address, product):
    browser = enter()
    page = browser.get(f"{address}/mision").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    browser.post(address, row_of(product, c0="3"))
    typed_text = {"mission": "Prestar libros", "vision": "", "seen": seen}
    assert browser.post(f"{address}/mision", typed_text).status_code == 302


def test_a_number_too_long_to_keep_is_a_sentence(enter, address, product):
    answer = enter().post(address, row_of(product, c0="1" * 40))
    assert answer.status_code == 422
    assert "a lo sumo 16 cifras" in answer.content.decode()


PASTED = (
    "Código\tProducto\tUnidad\tPeriodicidad\tAnual\tI\tII\tIII\tIV\r\n"
    "1.6\tGuías\t\t\t1,200\t300\t300\t300\t300\n"
    "\tTalleres de lectura\tinforme\tTrimestral\t4\t1\t1\t1\t1\n"
    "9.9\tNadie\t\t\t1\n"
    "\tSin unidad\tnube\tTrimestral\t4\n"
    "1.6\tDuda\t\t\t1.200\n"
)


def test_pasted_rows_are_seen_before_and_taken_back_after(enter, address, product, plan):
    browser = enter()
    group = product.operational_objective_id
    seen = browser.post(f"{address}/pegar", {"rows": PASTED, "group": group})
    page = seen.content.decode()
    assert "El plan no tiene el producto 9.9" in page
    assert "No se reconoce la unidad «nube»" in page
    assert "puede leerse de dos maneras" in page
    product.refresh_from_db()
    assert product.annual_output == 2
    done = browser.post(f"{address}/pegar", {"rows": PASTED, "group": group, "confirmar": "1"})
    product.refresh_from_db()
    assert product.annual_output == 1200
    assert Product.objects.filter(name="Talleres de lectura", annual_output=4).count() == 1
    batch = done.context["done"].batch
    browser.post(f"{address}/deshacer", {"batch": batch})
    product.refresh_from_db()
    assert product.annual_output == 2
    assert not Product.objects.filter(name="Talleres de lectura").exists()


def test_a_plan_begins_empty(enter, plan):
    address = f"/poa/2027/{plan.institution.code}"
    browser = enter()
    assert "Empezar en blanco" in browser.get(address).content.decode()
    browser.post(f"{address}/empezar")
    assert "aún no tiene productos" in browser.get(address).content.decode()


def test_a_product_has_its_sheet_and_its_history(enter, address, product, plan):
    browser = enter()
    browser.post(address, row_of(product, c0="3"))
    page = browser.get(f"/i/{plan.institution.code}/2026/1.6").content.decode()
    assert "Anual: 2" in page
    assert browser.get(f"/i/{plan.institution.code}/2026/1.99").status_code == 404


def test_the_panel_is_a_piece_of_the_page(enter, address, product):
    answer = enter().get(f"{address}?producto={product.pk}", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<aside")


def test_a_page_of_many_products_takes_few_statements(
    enter, address, plan, django_assert_max_num_queries
):
    for number in range(10, 50):
        make_product(plan, {"2026-Q1": "1"}, number=number, annual_output=Decimal(1))
    browser = enter()
    browser.get(address)
    with django_assert_max_num_queries(15):
        browser.get(address)


def test_a_closed_year_offers_no_way_to_begin_it(enter, plan):
    page = enter().get(f"/poa/2024/{plan.institution.code}").content.decode()
    assert "El de 2024 está cerrado" in page
    for way in ("Empezar en blanco", "Copiar el último plan", "Importar el plan"):
        assert way not in page
    page = enter().get(f"/poa/2027/{plan.institution.code}").content.decode()
    for way in ("Empezar en blanco", "Copiar el último plan", "Importar el plan"):
        assert way in page


def test_a_plan_that_was_sent_offers_nothing_that_writes_it(enter, address, product, plan):
    page = enter().get(address).content.decode()
    for way in ("Editar en Excel", "Vincular<", "Costear"):
        assert way in page
    AnnualPlan.objects.filter(pk=plan.pk).update(state="submitted")
    page = enter().get(address).content.decode()
    for way in ("Editar en Excel", "Vincular<", "Costear"):
        assert way not in page
    assert "Sin vínculo" in page
