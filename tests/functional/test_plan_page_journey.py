"""A plan by hand: a cell, a repair, taking back, a paste, another objective, a sheet, the phone."""

import re

PLAN = "/poa/2027/414"
COPIED = "240\t243\n130\t138\n"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_plan_is_written_with_the_keyboard(visit):
    luis = visit("Luis Benítez")
    luis.open(PLAN)
    luis.assert_accessible()
    write_a_cell_and_repair_it(luis)
    refuse_what_is_no_number(luis)
    paste_a_block_and_undo_it(luis)
    move_to_another_objective(luis)
    add_a_product(luis)
    open_its_sheet(luis)


def test_a_plan_is_read_and_written_on_a_phone(visit):
    luis = visit("Luis Benítez", width=390)
    luis.open(PLAN)
    luis.assert_accessible()
    luis.picture("plan-telefono")


def cell(visitor, name):
    return visitor.page.get_by_label(name, exact=True)


def saving(visitor):
    return visitor.page.expect_response(lambda answer: answer.request.method == "POST")


def heading(visitor, words):
    visitor.page.get_by_role("heading", level=1, name=re.compile(words)).wait_for()


def write_a_cell_and_repair_it(visitor):
    page = visitor.page
    cell(visitor, "II, 2.2").focus()
    page.locator("#ficha h2").wait_for()
    before = cell(visitor, "II, 2.2").input_value()
    cell(visitor, "II, 2.2").fill("7")
    with saving(visitor):
        page.keyboard.press("Enter")
    heading(visitor, "falta resolver 1 error")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "II, 2.3"
    visitor.assert_accessible()
    visitor.picture("plan-edicion")
    with saving(visitor):
        page.get_by_role("button", name="Restarlo al II trimestre").click()
    heading(visitor, "puede enviarlo")
    assert cell(visitor, "II, 2.2").input_value() == before
    with saving(visitor):
        page.keyboard.press("Control+z")
    heading(visitor, "falta resolver 1 error")
    with saving(visitor):
        page.keyboard.press("Control+z")
    heading(visitor, "puede enviarlo")


def refuse_what_is_no_number(visitor):
    page = visitor.page
    before = cell(visitor, "I, 1.1").input_value()
    cell(visitor, "I, 1.1").fill("3O")
    with saving(visitor):
        page.keyboard.press("Tab")
    page.get_by_text("termina en la letra O").wait_for()
    assert cell(visitor, "I, 1.1").input_value() == "3O"
    cell(visitor, "I, 1.1").fill(before)
    with saving(visitor):
        page.keyboard.press("Tab")
    page.get_by_text("termina en la letra O").wait_for(state="detached")


def paste_a_block_and_undo_it(visitor):
    page = visitor.page
    before = cell(visitor, "I, 1.2").input_value()
    cell(visitor, "I, 1.2").focus()
    page.evaluate(PASTE, COPIED)
    page.get_by_role("dialog", name="Revise lo que va a pegar").wait_for()
    visitor.assert_accessible()
    visitor.picture("plan-pegar")
    with saving(visitor):
        page.get_by_role("button", name="Pegar estas celdas").click()
    page.get_by_role("button", name="Deshacer 4 celdas").click()
    page.get_by_text("Se deshicieron 4 celdas.").wait_for()
    assert cell(visitor, "I, 1.2").input_value() == before


def move_to_another_objective(visitor):
    page = visitor.page
    cell(visitor, "Anual, 1.5").focus()
    with saving(visitor):
        page.keyboard.press("Alt+Shift+ArrowDown")
    cell(visitor, "Anual, 2.6").wait_for()
    visitor.assert_accessible()


def add_a_product(visitor):
    page = visitor.page
    page.get_by_role("link", name=re.compile("Agregar producto.*1.1$")).click()
    visitor.assert_accessible()
    page.get_by_label("Nombre").fill("Guías de trámites publicadas")
    page.get_by_label("Unidad de medida").select_option(index=1)
    page.get_by_label("Periodicidad").select_option(index=1)
    page.get_by_role("button", name="Guardar").click()
    page.get_by_text("Producto agregado.").wait_for()
    visitor.assert_accessible()


def open_its_sheet(visitor):
    page = visitor.page
    page.get_by_role("link", name="Abrir la ficha").click()
    heading(visitor, "Guías de trámites publicadas")
    page.get_by_text("Lo agregó al plan").wait_for()
    visitor.assert_accessible()
    visitor.picture("plan-ficha")
    visitor.open(f"{PLAN}/pegar")
    visitor.assert_accessible()
    visitor.open(f"{PLAN}/mision")
    visitor.assert_accessible()
