"""Agreements followed up, a matter decided and a work plan approved, with a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.evidence import picture

MESA = "/mesas/salud"


@pytest.fixture
def marta(visit):
    return visit("Marta Zúniga")


def press_until_focused(person, locator, key: str = "Tab", most: int = 90) -> None:
    """Only the keyboard: go on until that control has the focus."""
    for _step in range(most):
        person.page.keyboard.press(key)
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {locator}")


def open_one(person, words: str) -> None:
    person.open(f"{MESA}/acuerdos?ver=todos")
    person.page.get_by_role("link", name=words).first.click()
    person.page.wait_for_load_state()


def test_the_register_says_what_is_late_and_each_view_has_its_address(marta):
    marta.open(f"{MESA}/acuerdos")
    page = marta.page
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"vencidos? de \d+"))
    expect(page.locator("tbody tr").first).to_contain_text("Vencido")
    marta.assert_accessible()
    marta.picture("mesa-acuerdos")
    page.get_by_role("link", name="Cumplidos").click()
    expect(page).to_have_url(re.compile("ver=cumplidos"))
    expect(page.locator("tbody tr").first).to_contain_text("Cumplido")


def test_an_agreement_is_told_by_keyboard_alone(marta):
    open_one(marta, "Separar los datos por edad y pueblo")
    page = marta.page
    text = page.get_by_label("Qué se hizo y qué falta")
    press_until_focused(marta, text)
    page.keyboard.type("Se agregó la variable de pueblo en dos hospitales.")
    press_until_focused(marta, page.get_by_role("button", name="Guardar el avance"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".timeline li").first).to_contain_text("variable de pueblo")
    marta.assert_accessible()


def test_it_is_fulfilled_with_its_evidence_and_asks_whether_the_goal_moved(marta):
    open_one(marta, "Mantener el control de vectores")
    page = marta.page
    page.locator("summary", has_text="Dar por cumplido").click()
    form = page.locator("form[action$='/cumplir']")
    form.get_by_label("Resultado").fill("Índice por debajo de 5 % en las dos regiones.")
    form.get_by_label("Día en que se cumplió").fill("2026-10-12")
    form.get_by_role("button", name="Dar por cumplido").click()
    expect(page.get_by_role("alert")).to_contain_text("Adjunte la evidencia")
    marta.assert_accessible()
    proof = {"name": "indice.png", "mimeType": "image/png", "buffer": picture()}
    form.get_by_label("Evidencia").set_input_files(proof)
    form.get_by_role("button", name="Dar por cumplido").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cumplido")
    expect(page.get_by_text("¿Se movió el indicador después de cumplirlo?")).to_be_visible()
    expect(page.get_by_role("link", name="indice.png")).to_be_visible()


def test_a_fulfilled_agreement_shows_its_goal_before_and_after_in_honest_words(marta):
    open_one(marta, "Acordar una sola forma de contar")
    page = marta.page
    expect(page.locator(".answer")).to_contain_text(re.compile("subió|bajó|sigue donde estaba"))
    expect(page.get_by_text("no prueba que sea por el acuerdo")).to_be_visible()
    page.get_by_text("Ver los números").click()
    expect(page.get_by_role("cell", name="después").first).to_be_visible()
    marta.assert_accessible()
    marta.picture("mesa-acuerdo-indicador", full=True)


def test_what_is_reprogrammed_keeps_the_date_that_was_agreed(marta):
    open_one(marta, "Firmar el acta de entrega")
    page = marta.page
    page.locator("summary", has_text="Reprogramar").click()
    form = page.locator("form[action$='/reprogramar']")
    form.get_by_label("Fecha nueva").fill("2026-11-06")
    form.get_by_label("Por qué se reprograma").fill("La Secretaría de Transparencia lo pidió.")
    form.get_by_role("button", name="Reprogramar").click()
    expect(page.get_by_text("se acordó para el 22 oct 2026")).to_be_visible()
    expect(page.locator(".timeline del")).to_have_text("22 oct 2026")


def test_what_a_mesa_raises_the_presidency_decides_and_the_mesa_reads(visit, marta):
    presidency = visit("Despacho Presidencial")
    presidency.open("/decisiones")
    page = presidency.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("espera decisión")
    presidency.assert_accessible()
    presidency.picture("decisiones")
    page.get_by_role("link", name=re.compile("^Autorizar la compra de emergencia")).click()
    page.get_by_label("Decisión").fill("Se autoriza la compra de los 38 renglones.")
    page.get_by_label("Institución encargada").select_option(label="060 · SESAL")
    page.get_by_label("A más tardar").fill("2026-11-15")
    presidency.picture("decision")
    page.get_by_role("button", name="Decidir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("15 de noviembre de 2026")
    open_one(marta, "Solicitar autorización de compra")
    expect(marta.page.get_by_text("Decidida")).to_be_visible()
    marta.open("/avisos")
    expect(marta.page.locator("main")).to_contain_text("Hay una decisión para la mesa de Salud")


def test_the_responsible_person_has_it_among_what_they_have_to_do_on_a_phone(visit):
    ramon = visit("Ramón Carías", width=390)
    ramon.open("/pendientes")
    task = ramon.page.locator("main").get_by_role("link", name=re.compile("Cumplir el acuerdo"))
    task.first.click()
    expect(ramon.page.get_by_role("button", name="Guardar el avance")).to_be_visible()
    ramon.assert_accessible()


def test_the_plan_is_drawn_and_read_on_both_widths(visit, marta):
    marta.open(f"{MESA}/plan")
    page = marta.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("de 19 actividades cumplidas")
    drawing = page.get_by_role("img", name=re.compile(r"^3\.2 Programación semestral"))
    expect(drawing).to_have_attribute("aria-label", re.compile("se propone del"))
    marta.assert_accessible()
    marta.picture("mesa-plan", full=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "plan-salud-2026-v1.xlsx"
    page.get_by_role("link", name="Comparar versión 1 y 2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 actividades cambian")
    marta.assert_accessible()
    phone = visit("Marta Zúniga", width=390)
    phone.open(f"{MESA}/plan")
    phone.assert_accessible()


def test_progress_is_told_of_an_activity(marta):
    marta.open(f"{MESA}/plan")
    page = marta.page
    page.get_by_role("link", name="Propuesta para cuellos de botella en compras").click()
    page.get_by_label("Avance, de 0 a 100 %").fill("55")
    page.get_by_label("Qué se hizo").fill("La ONCAE envió los precios de referencia.")
    marta.assert_accessible()
    page.get_by_role("button", name="Guardar el avance").click()
    row = page.locator("tr", has_text="cuellos de botella en compras")
    expect(row).to_contain_text("avance 55 %")


def test_a_plan_is_written_row_by_row_by_keyboard(visit):
    hector = visit("Héctor Paz")
    hector.open("/mesas/turismo/plan/editar")
    page = hector.page
    hector.assert_accessible()
    add = page.get_by_role("link", name=re.compile("^Agregar una actividad")).first
    press_until_focused(hector, add)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until_focused(hector, page.get_by_label("Actividad", exact=True))
    page.keyboard.type("Mapa de rutas turísticas con su fuente")
    press_until_focused(hector, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    page.get_by_label("Empieza").fill("2026-10-19")
    page.get_by_label("Termina").fill("2026-10-16")
    page.get_by_role("button", name="Guardar la actividad").click()
    expect(page.get_by_text("No puede terminar antes de empezar.")).to_be_visible()
    hector.assert_accessible()
    hector.picture("mesa-plan-editar")
    page.get_by_label("Termina").fill("2026-11-27")
    page.get_by_role("button", name="Guardar la actividad").click()
    expect(page.locator(".edit-rows").first).to_contain_text("Mapa de rutas turísticas")


def test_the_last_head_authority_approves_from_a_phone_and_the_version_rules(visit, marta):
    marta.open(f"{MESA}/plan")
    marta.page.get_by_role("button", name="Recordar a la que falta").click()
    expect(marta.page.get_by_text("Se le recordó a 1 persona.")).to_be_visible()
    ivonne = visit("Ivonne Elvir", width=390)
    ivonne.open("/pendientes")
    page = ivonne.page
    page.locator("main").get_by_role(
        "link", name=re.compile("Aprobar el plan de trabajo")
    ).first.click()
    expect(page.get_by_text("La versión 2 espera su aprobación")).to_be_visible()
    ivonne.assert_accessible()
    ivonne.picture("mesa-plan-aprobar-movil")
    page.get_by_role("button", name="Aprobar por SESAL").click()
    expect(page.get_by_text("la versión 2 ya rige")).to_be_visible()
    marta.open(f"{MESA}/plan")
    expect(marta.page.get_by_text("Rige la versión 2")).to_be_visible()
