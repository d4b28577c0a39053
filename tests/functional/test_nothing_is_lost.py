"""What somebody types on the report survives a lost connection, a reload and somebody else."""

import re

import pytest
from playwright.sync_api import expect

REPORT = "/i/414/2026/t3/reporte"


@pytest.fixture
def luis(visit):
    person = visit("Luis Benítez")
    person.open(REPORT)
    return person


def cells(person):
    """The cells that are still empty, or all of them."""
    return person.page.locator("main table input.cell")


def place(person) -> str:
    """Where this person's device keeps what this report has not been told yet."""
    return "sigpret:unsent:" + person.page.locator("#reporte").get_attribute("data-draft")


def kept(person) -> str | None:
    return person.page.evaluate("key => localStorage.getItem(key)", place(person))


def leave_a_draft(person, value: str, version: str) -> None:
    """As if the first row had been typed and never sent."""
    name = cells(person).first.get_attribute("name")
    row = name.removesuffix("-value")
    item = {"code": "", "name": "", "fields": {name: value}, "initial": {}, "version": version}
    person.page.evaluate(
        "([key, it]) => localStorage.setItem(key, JSON.stringify(it))",
        [place(person), {row: item}],
    )


def write(person, number: int, text: str) -> None:
    cells(person).nth(number).fill(text)
    cells(person).nth(number).press("Enter")


def saved(person) -> None:
    person.page.locator("#barra [data-save-state]", has_text="Guardado").wait_for()


def test_the_first_pending_cell_has_the_focus(luis):
    assert luis.page.evaluate("document.activeElement.hasAttribute('data-pending')")


def test_enter_saves_and_goes_to_the_next_row(luis):
    name = cells(luis).nth(1).get_attribute("name")
    write(luis, 0, "1.5")
    saved(luis)
    assert luis.page.evaluate("document.activeElement.name") == name
    assert kept(luis) is None
    luis.assert_accessible()


def test_what_is_typed_without_connection_is_sent_when_it_comes_back(luis):
    luis.context.set_offline(True)
    write(luis, 0, "2.5")
    luis.page.locator("#cola", has_text="Sin conexión").wait_for()
    assert "2.5" in kept(luis)
    luis.context.set_offline(False)
    saved(luis)
    assert kept(luis) is None
    luis.open(REPORT)
    assert cells(luis).first.input_value() == "2.5"


def test_a_draft_of_this_device_survives_a_reload(luis):
    name = cells(luis).first.get_attribute("name")
    version = luis.page.locator(f"[name='{name[: -len('value')]}version']").input_value()
    leave_a_draft(luis, "3.5", version)
    luis.open(REPORT)
    saved(luis)
    assert cells(luis).first.input_value() == "3.5"
    assert kept(luis) is None


def test_an_old_draft_meets_a_newer_value_as_a_conflict(luis):
    leave_a_draft(luis, "4.5", "0")
    luis.open(REPORT)
    conflict = luis.page.locator(".conflict")
    conflict.wait_for()
    assert "Usted escribió 4.5" in conflict.inner_text()
    luis.assert_accessible()
    luis.page.get_by_role("button", name="Conservar el mío").click()
    expect(conflict).to_have_count(0)
    expect(cells(luis).first).to_have_value("4.5")


def test_a_wrong_letter_stays_with_its_suggestion(luis):
    write(luis, 0, "3O")
    luis.page.get_by_text("termina en la letra O").wait_for()
    assert cells(luis).first.input_value() == "3O"
    luis.assert_accessible()
    luis.page.get_by_role("button", name="Cambiar a 30").click()
    expect(cells(luis).first).to_have_value("30")
    saved(luis)


def test_a_pasted_column_is_seen_first_and_can_be_undone(luis):
    before = [cells(luis).nth(number).input_value() for number in (0, 1)]
    cells(luis).first.click()
    luis.page.evaluate(
        """() => {
            const clipboard = new DataTransfer();
            clipboard.setData("text/plain", "6.5\\n7.5\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
                clipboardData: clipboard, bubbles: true, cancelable: true }));
        }"""
    )
    luis.page.get_by_role("dialog").wait_for()
    luis.assert_accessible()
    luis.page.get_by_role("button", name="Pegar estos valores").click()
    for number, value in enumerate(["6.5", "7.5"]):
        expect(cells(luis).nth(number)).to_have_value(value)
    luis.page.wait_for_load_state("networkidle")
    luis.page.get_by_role("button", name="Deshacer lo pegado").click()
    for number, value in enumerate(before):
        expect(cells(luis).nth(number)).to_have_value(value)


def test_what_is_typed_while_the_row_is_being_saved_is_kept_and_saved(luis):
    """On a slow line the answer about the first number arrives when the second is there."""
    answers = []

    def slowly(route):
        if route.request.method == "POST":
            luis.page.wait_for_timeout(700)
            answers.append(route.request.url)
        route.continue_()

    luis.page.route("**/reporte*", slowly)
    first = cells(luis).first
    first.fill("4.5")
    first.press("Enter")
    first.fill("7.25")
    first.press("Enter")
    luis.page.wait_for_timeout(1_000)
    luis.page.wait_for_function("key => localStorage.getItem(key) === null", arg=place(luis))
    expect(cells(luis).first).to_have_value("7.25")
    assert len(answers) >= 2
    luis.page.unroute("**/reporte*")
    luis.page.reload()
    expect(cells(luis).first).to_have_value("7.25")


def test_saved_rows_look_as_a_reload_draws_them(luis):
    """The swap happens in the browser's parser, so only a browser can tell."""
    first = cells(luis).first
    with luis.page.expect_response(re.compile("/reporte")):
        first.fill("3.25")
        first.press("Enter")
    luis.page.wait_for_load_state("networkidle")
    table, panel = luis.page.locator("table.report-table"), luis.page.locator("#detalle")
    swapped = table.inner_text(), panel.inner_text()
    key = panel.get_by_role("link", name="Ir a la fila").get_attribute("href").lstrip("#")
    luis.open(f"{luis.page.url.removeprefix(luis.url).split('?')[0]}?dato={key}")
    assert (table.inner_text(), panel.inner_text()) == swapped


def test_the_review_answers_the_keyboard(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    karla.page.get_by_role("link", name=re.compile("^Revisar")).first.click()
    karla.page.get_by_role("button", name="apagar atajos").wait_for()
    karla.page.keyboard.press("d")
    karla.page.get_by_role("button", name="Devolver y seguir").wait_for()
    # The first leaves the text, the second leaves the return.
    karla.page.keyboard.press("Escape")
    karla.page.locator("body").press("Escape")
    karla.page.locator("#decision [data-shortcut='d']").wait_for()
    karla.page.get_by_role("button", name="apagar atajos").click()
    karla.page.get_by_role("button", name="encender atajos").wait_for()
    karla.page.keyboard.press("d")
    assert karla.page.get_by_role("button", name="Devolver y seguir").count() == 0
    karla.assert_accessible()
