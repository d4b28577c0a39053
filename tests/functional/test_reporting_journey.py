"""One quarter reported with a real browser: keyboard, airplane mode, two people, a phone.

Everybody here writes for institution 414; the test of the whole round comes afterwards.
"""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

REPORT = "/i/414/2026/t3/reporte"
UNSENT = "Object.keys(localStorage).filter(name => name.startsWith('sigpret:unsent:'))"


@pytest.fixture
def luis(visit):
    person = visit("Luis Benítez")
    person.open(REPORT)
    person.page.wait_for_load_state("networkidle")
    return person


def cells(person):
    return person.page.locator("main table input.cell")


def write(person, number: int, text: str) -> None:
    cells(person).nth(number).fill(text)
    cells(person).nth(number).press("Enter")


def settled(person) -> None:
    """The server has everything that was typed."""
    person.page.wait_for_function(f"() => {UNSENT}.length === 0")
    expect(person.page.locator("#cola")).to_be_hidden()


def unsent(person) -> list[str]:
    return person.page.evaluate(UNSENT)


def forgive_the_network(person) -> None:
    """In airplane mode the browser complains; everything else is still a fault."""
    expected = ("net::ERR_", "htmx:sendError", "htmx:afterRequest", "htmx:responseError")
    person.faults = [fault for fault in person.faults if not any(one in fault for one in expected)]


def rest_of_the_worker(person) -> None:
    """The worker is in place, with what it needs to draw the page by itself."""
    person.page.wait_for_function(
        "async () => (await caches.has('sigpret-shell')) && navigator.serviceWorker.controller"
        " && (await (await caches.open('sigpret-shell')).keys()).length > 10"
    )


class TestAirplaneMode:
    def test_nothing_typed_is_lost_and_nothing_is_called_sent(self, luis):
        rest_of_the_worker(luis)
        before = cells(luis).nth(2).input_value()
        luis.context.set_offline(True)
        write(luis, 0, "11.5")
        write(luis, 2, "12.5")
        pill = luis.page.locator("#cola")
        expect(pill).to_contain_text("Sin conexión. 2 cambios guardados en este equipo")
        assert "Guardado" not in luis.page.locator("#barra [data-save-state]").inner_text()
        luis.page.get_by_role("button", name="Ver los cambios").click()
        expect(luis.page.locator("#cola-lista li")).to_have_count(2)
        expect(luis.page.locator("#cola-lista li").first).to_contain_text("en cola")
        luis.picture("reporte-sin-conexion")
        forgive_the_network(luis)
        # At the end of the page nothing lies under the bars.
        luis.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        luis.assert_accessible()
        luis.page.locator("#cola-lista").get_by_role("button").nth(1).click()
        expect(luis.page.locator("#cola-lista li")).to_have_count(1)
        expect(cells(luis).nth(2)).to_have_value(before)
        luis.context.set_offline(False)
        settled(luis)
        luis.open(REPORT)
        expect(cells(luis).first).to_have_value("11.5")
        expect(cells(luis).nth(2)).to_have_value(before)

    def test_the_page_can_be_loaded_again_without_connection(self, luis):
        rest_of_the_worker(luis)
        luis.context.set_offline(True)
        write(luis, 0, "13.5")
        expect(luis.page.locator("#cola")).to_contain_text("Sin conexión. 1 cambio")
        luis.page.reload()
        expect(cells(luis).first).to_have_value("13.5")
        expect(luis.page.locator("#cola")).to_contain_text("Sin conexión")
        forgive_the_network(luis)
        luis.context.set_offline(False)
        settled(luis)
        assert luis.page.evaluate(
            "async () => (await Promise.all((await caches.keys())"
            ".filter(name => name.startsWith('sigpret-page:'))"
            ".map(async name => (await (await caches.open(name)).keys()).length)))"
            ".every(count => count === 0)"
        )

    def test_a_copy_can_be_taken_away(self, luis):
        luis.context.set_offline(True)
        write(luis, 0, "14.5")
        with luis.page.expect_download() as download:
            luis.page.get_by_role("button", name="Descargar copia de rescate").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        header, row = csv.reader(io.StringIO(text))
        assert header[3] == "Valor escrito"
        assert row[3:5] == ["14.5", "en cola"]
        luis.page.get_by_role("button", name="Ver los cambios").click()
        luis.page.locator("#cola-lista").get_by_role("button").click()
        assert unsent(luis) == []

    def test_sending_waits_for_the_connection_and_says_so(self, luis):
        luis.context.set_offline(True)
        write(luis, 0, "15.5")
        luis.page.get_by_role("button", name=re.compile("Revisar y enviar")).click()
        expect(luis.page.locator("#cola")).to_contain_text("Podrá revisar y enviar cuando vuelva")
        assert luis.page.url.endswith(REPORT)
        luis.context.set_offline(False)
        settled(luis)


def test_an_expired_session_keeps_what_was_typed(visit, luis):
    luis.context.clear_cookies()
    write(luis, 0, "16.5")
    expect(luis.page.locator("#cola")).to_contain_text("Su sesión terminó. 1 cambio")
    again = luis.page.get_by_role("link", name="Ingresar de nuevo")
    again.click()
    luis.page.get_by_role("button", name="Luis Benítez").first.click()
    luis.page.wait_for_load_state()
    luis.open(REPORT)
    settled(luis)
    luis.open(REPORT)
    expect(cells(luis).first).to_have_value("16.5")
    forgive_the_network(luis)


def test_signing_out_leaves_nothing_on_the_machine(luis):
    luis.page.route("**/reporte*", lambda route: route.abort())
    write(luis, 0, "17.5")
    expect(luis.page.locator("#cola")).to_contain_text("1 cambio")
    luis.page.unroute("**/reporte*")
    questions = []

    def accept(dialog):
        questions.append(dialog.message)
        dialog.accept()

    luis.page.on("dialog", accept)
    luis.page.locator("summary", has_text="Menú de la persona").click()
    luis.page.get_by_role("button", name="Salir").click()
    luis.page.wait_for_load_state()
    assert ["cambios sin enviar" in question for question in questions] == [True]
    assert unsent(luis) == []


class TestTwoPeople:
    def meet(self, visit, luis, theirs: str, mine: str):
        """Both have the page open; Julia writes first."""
        julia = visit("Julia Maradiaga")
        julia.open(REPORT)
        write(julia, 0, theirs)
        settled(julia)
        write(luis, 0, mine)
        conflict = luis.page.locator(".conflict")
        conflict.wait_for()
        return julia, conflict

    def test_see_both_values_and_take_one(self, visit, luis):
        _julia, conflict = self.meet(visit, luis, "25", "26")
        text = conflict.inner_text()
        assert re.search(r"Julia Maradiaga cambió este dato a las .* → 25\)\.", text)
        assert "Usted escribió 26." in text
        luis.assert_accessible()
        luis.picture("reporte-conflicto")
        luis.page.get_by_role("button", name="Usar 25").click()
        expect(conflict).to_have_count(0)
        expect(cells(luis).first).to_have_value("25")
        settled(luis)

    def test_keep_their_own_over_the_other(self, visit, luis):
        julia, conflict = self.meet(visit, luis, "27", "28")
        luis.page.get_by_role("button", name="Conservar el mío").click()
        expect(conflict).to_have_count(0)
        settled(luis)
        julia.open(REPORT)
        expect(cells(julia).first).to_have_value("28")

    def test_leave_a_row_with_each_other(self, visit, luis):
        code = luis.page.locator("main table td.code").nth(1).inner_text()
        with luis.page.expect_response(re.compile("dato=")):
            luis.page.locator("main table th[scope=row] a").nth(1).click()
        expect(luis.page.locator("#detalle")).to_contain_text(code)
        luis.page.get_by_text("Asignar a un colega").click()
        luis.page.get_by_label("Colega").select_option(label="Julia Maradiaga")
        luis.page.get_by_role("button", name="Asignar", exact=True).click()
        expect(luis.page.locator("main table .assigned")).to_contain_text("Julia Maradiaga")
        julia = visit("Julia Maradiaga")
        julia.open(f"{REPORT}?ver=mios")
        expect(julia.page.locator("main table td.code")).to_have_text([code])
        julia.assert_accessible()


class TestTheKeyboard:
    def test_moves_restores_and_undoes(self, luis):
        first, second = cells(luis).nth(0), cells(luis).nth(1)
        names = [cell.get_attribute("name") for cell in (first, second)]
        focused = "document.activeElement.name"
        first.focus()
        luis.page.keyboard.press("ArrowDown")
        assert luis.page.evaluate(focused) == names[1]
        luis.page.keyboard.press("Shift+Enter")
        assert luis.page.evaluate(focused) == names[0]
        before = first.input_value()
        luis.page.keyboard.type("99")
        luis.page.keyboard.press("Escape")
        assert first.input_value() == before
        luis.page.keyboard.press("Alt+ArrowDown")
        assert luis.page.evaluate("document.activeElement.hasAttribute('data-pending')")
        write(luis, 0, "18.5")
        settled(luis)
        first.focus()
        luis.page.keyboard.press("Control+z")
        expect(first).to_have_value(before)
        first.press("Enter")
        settled(luis)

    def test_shows_its_shortcuts(self, luis):
        cells(luis).first.focus()
        luis.page.keyboard.press("?")
        expect(luis.page.get_by_role("dialog", name="Atajos del reporte")).to_be_visible()
        luis.assert_accessible()
        luis.page.keyboard.press("Escape")
        expect(luis.page.get_by_role("dialog")).to_have_count(0)

    def test_opens_the_evidence_of_the_row(self, luis):
        cells(luis).nth(1).focus()
        luis.page.keyboard.press("Control+.")
        expect(luis.page.locator("#detalle #evidencia")).to_be_visible()


def test_a_filter_can_be_sent_to_a_colleague(luis):
    luis.page.get_by_role("link", name=re.compile("Por resolver")).click()
    luis.page.wait_for_url(re.compile(r"\?ver=por-resolver"))
    assert luis.page.locator("main table .situation").count() > 0
    assert "Listo" not in luis.page.locator("table.report-table").inner_text()
    luis.assert_accessible()


class TestOnAPhone:
    @pytest.fixture
    def phone(self, visit):
        person = visit("Luis Benítez", width=390)
        person.open(REPORT)
        person.page.wait_for_load_state("networkidle")
        return person

    def test_one_product_at_a_time(self, phone):
        visible = phone.page.locator("main table input.cell:visible")
        expect(visible).to_have_count(1)
        phone.assert_accessible()
        phone.picture("reporte-telefono")
        name = visible.get_attribute("name")
        visible.fill("19.5")
        phone.page.get_by_role("button", name="Guardar y seguir").click()
        expect(visible).to_have_count(1)
        assert visible.get_attribute("name") != name
        settled(phone)
        phone.page.locator("main tbody[id]:not(.current) td.situation").first.click()
        expect(visible).to_have_count(1)

    def test_the_sign_that_there_is_no_connection_is_in_sight(self, phone):
        phone.context.set_offline(True)
        cell = phone.page.locator("main table input.cell:visible")
        cell.fill("20.5")
        phone.page.get_by_role("button", name="Guardar y seguir").click()
        expect(phone.page.locator("#cola")).to_contain_text("Sin conexión. 1 cambio")
        phone.context.set_offline(False)
        settled(phone)
        forgive_the_network(phone)
        phone.assert_accessible()
