"""The matrix by hand: the chain, a link, a rule put right, a row, a sheet, a version, the phone."""

import re

CHAIN = "/cadena?sector=S18"


def test_the_matrix_is_read_put_right_and_published(visit):
    karla = visit("Karla Mejía")
    change_a_link(karla)
    put_weights_right(karla)
    edit_a_row_with_the_keyboard(karla)
    write_a_formula(karla)
    publish_and_compare(karla)


def change_a_link(visitor):
    page = visitor.page
    visitor.open(CHAIN)
    visitor.assert_accessible()
    visitor.picture("matriz-cadena", full=True)
    page.locator(".tie-label").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**vinculo=**")
    page.get_by_label("Razón del vínculo").fill("Compra los insumos de todo el sector")
    page.get_by_role("button", name="Guardar el vínculo").click()
    page.get_by_text("Vínculo guardado.").wait_for()
    assert "/cadena?" in page.url
    page.get_by_role("link", name="Historial").click()
    page.get_by_text("cambió el vínculo").wait_for()
    visitor.assert_accessible()


def put_weights_right(visitor):
    page = visitor.page
    visitor.open("/cadena/reglas?regla=weights")
    visitor.assert_accessible()
    before = page.get_by_role("button", name=re.compile("Repartir")).count()
    page.get_by_role("button", name=re.compile("Repartir")).first.click()
    page.get_by_text("ya suman 100").wait_for()
    assert page.get_by_role("button", name=re.compile("Repartir")).count() == before - 1


def edit_a_row_with_the_keyboard(visitor):
    page = visitor.page
    visitor.open("/cadena/tabla?sector=S18&nivel=sectoral")
    visitor.assert_accessible()
    visitor.picture("matriz-tabla")
    edit = page.get_by_role("link", name=re.compile("^Editar MS-")).first
    name = edit.inner_text()
    edit.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Fuente").wait_for()
    visitor.assert_accessible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=name).first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Fuente").fill("Registro de consultas (ficticio)")
    page.get_by_role("button", name="Guardar la fila").click()
    page.get_by_role("cell", name="Registro de consultas (ficticio)").wait_for()
    assert not visitor.faults


def write_a_formula(visitor):
    page = visitor.page
    visitor.open("/cadena/tabla?sector=S18&nivel=institutional")
    page.locator("table.matrix tbody tr th a.quiet-link").first.click()
    page.get_by_role("link", name="Editar la ficha").click()
    page.get_by_label("De dónde sale el valor").select_option("formula")
    page.locator("#id_formula").fill("atendidos / programados * 100")
    page.get_by_label("Nombre en la fórmula, variable 1").fill("atendidos")
    page.get_by_label("Qué cuenta, variable 1").fill("Personas atendidas")
    page.get_by_text("usa programados y la ficha no dice").wait_for()
    page.get_by_label("Nombre en la fórmula, variable 2").fill("programados")
    page.get_by_label("Qué cuenta, variable 2").fill("Personas programadas")
    page.get_by_text("se puede calcular").wait_for()
    visitor.assert_accessible()
    visitor.picture("matriz-formula", full=True)
    page.get_by_role("link", name="Cancelar").click()
    page.get_by_role("heading", name="Ficha del indicador").wait_for()
    visitor.assert_accessible()


def publish_and_compare(visitor):
    page = visitor.page
    visitor.open("/cadena/versiones/publicar")
    visitor.assert_accessible()
    page.get_by_label("Qué cambió en esta versión").fill("Pesos y fuentes revisados")
    page.get_by_role("button", name="Publicar").click()
    page.get_by_text("Versión 3 publicada.").wait_for()
    visitor.open("/cadena/versiones/comparar?de=2&a=3")
    page.get_by_text("Registro de consultas (ficticio)").wait_for()
    visitor.assert_accessible()
    visitor.picture("matriz-versiones", full=True)


def test_the_matrix_is_read_and_edited_on_a_phone(visit):
    karla = visit("Karla Mejía", width=390)
    page = karla.page
    for address in (CHAIN, "/cadena/tabla?sector=S18", "/cadena/sueltas", "/cadena/entregar"):
        karla.open(address)
        karla.assert_accessible()
    karla.open(CHAIN)
    assert page.locator(".chain-list").is_visible()
    page.get_by_role("link", name=re.compile("^Vínculo")).first.click()
    page.get_by_label("Peso, %").wait_for()
    karla.picture("matriz-telefono", full=True)


def test_an_institution_keeps_its_own_goals(visit):
    luis = visit("Luis Benítez")
    page = luis.page
    luis.open("/cadena/tabla?nivel=institutional")
    luis.assert_accessible()
    assert page.get_by_role("link", name=re.compile("^Editar MI-414")).count()
    assert not page.get_by_text("MI-060").count()
    luis.open("/cadena")
    luis.assert_accessible()
