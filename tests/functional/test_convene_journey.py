"""From «Convocar» to the answer of a member: few clicks, by keyboard, on a telephone."""

import re
import time
from datetime import date, timedelta

import pytest

NOTICE = timedelta(days=9)
TODAY = date(2026, 10, 13)
MESA = "/mesas/salud"


def outbox_of(site, address: str) -> list[str]:
    """The mails of the demonstration to somebody, newest first."""
    found = sorted((site.folder / "outbox").glob("*.eml"), reverse=True)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in found)
    return [text for text in texts if f"To: {address}" in text]


def answer_path(site, address: str) -> str:
    """Where the last convocation to somebody leads."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        for mail in outbox_of(site, address):
            if found := re.search(r"/r/[\w-]{20,}", mail):
                return found[0]
        time.sleep(1)
    raise AssertionError(f"no mail to {address}")


@pytest.fixture(scope="module")
def sent(site, browser):
    """The coordination calls the mesa, counting its clicks; the address of the convocation."""
    from tests.functional.visitor import Visitor

    visitor = Visitor(browser, site.url)
    visitor.enter_as("Marta Zúniga")
    page, clicks = visitor.page, 0
    visitor.open(MESA)
    page.get_by_role("link", name="Convocar").first.click()
    clicks += 1
    page.locator(f'[name=day][value="{TODAY + NOTICE}"]').locator("xpath=..").click()
    clicks += 1
    page.wait_for_function("document.querySelector('#send-label').textContent.includes('Enviar')")
    page.wait_for_selector("#notice .good")
    if not page.get_by_label("Lugar").input_value():
        page.get_by_label("Lugar").fill("Centro Cívico, torre 1, sala 4B")
    # What stands half under the bar that stays is not too small a target: the whole page is seen.
    page.set_viewport_size({"width": 1440, "height": 2400})
    visitor.assert_accessible()
    page.set_viewport_size({"width": 1440, "height": 900})
    visitor.picture("mesa-convocar")
    page.get_by_role("button", name=re.compile(r"Enviar a \d+ personas")).click()
    clicks += 1
    page.wait_for_url(re.compile(r"/r/\d+/convocatoria$"))
    address = page.url.removeprefix(site.url)
    visitor.assert_accessible()
    visitor.picture("mesa-convocatoria")
    visitor.leave()
    return address, clicks


def test_calling_a_mesa_takes_three_clicks(sent):
    _address, clicks = sent
    assert clicks <= 3, "Convocar, the day, Enviar: the agenda is already proposed and ticked"


def test_a_member_answers_on_a_telephone_without_an_account(sent, site, visit):
    path = answer_path(site, "ramon.carias@demo.hn")
    visitor = visit(width=390)
    visitor.open(f"{path}?respuesta=asistire")
    page = visitor.page
    assert page.get_by_label("Asistiré").is_checked()
    visitor.assert_accessible()
    visitor.picture("mesa-responder-telefono")
    page.get_by_role("button", name="Guardar mi respuesta").click()
    page.get_by_text("Usted respondió: asistirá").wait_for()


def test_opening_the_link_answers_nothing_by_itself(sent, site, visit):
    path = answer_path(site, "karla.mejia@demo.hn")
    visitor = visit()
    visitor.open(f"{path}?respuesta=no-podre")
    visitor.open(path)
    assert visitor.page.get_by_role("heading", name="¿Asistirá?").is_visible()


def test_the_coordination_sees_who_comes_and_what_was_sent(sent, visit):
    address, _clicks = sent
    visitor = visit("Marta Zúniga", width=390)
    visitor.open(address)
    assert "asistirá" in visitor.page.locator("table").inner_text()
    assert "enviado" in visitor.page.locator("table").inner_text()
    visitor.assert_accessible()


def test_the_page_is_filled_by_keyboard_on_a_telephone(sent, visit):
    visitor = visit("Marta Zúniga", width=390)
    visitor.open(f"{MESA}/convocar")
    page = visitor.page
    visitor.assert_accessible()
    page.locator("[name=day]:enabled").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=day]:checked").count() == 1
    page.locator("[name^=on-goal], [name^=on-]").first.focus()
    page.keyboard.press("Space")
    assert page.locator("li.off [type=checkbox]").count() >= 1
    page.get_by_role("button", name="Guardar borrador").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Borrador guardado. Nada se ha enviado.").wait_for()
    visitor.assert_accessible()


def test_five_days_are_asked_and_an_earlier_day_gives_its_reason(sent, visit):
    visitor = visit("Marta Zúniga")
    visitor.open(f"{MESA}/convocar")
    page = visitor.page
    assert page.locator('[name=day][value="2026-10-15"]').is_disabled()
    page.get_by_text("Necesito una fecha anterior").click()
    page.get_by_label("Otra fecha").fill("2026-10-15")
    page.get_by_label("Lugar").fill("Sala 2")
    page.get_by_role("button", name=re.compile("Enviar a")).click()
    page.locator("[role=alert]").get_by_text("al menos 5 días").wait_for()
    visitor.assert_accessible()


def test_a_cancelled_meeting_is_said_with_its_reason(sent, site, visit):
    address, _clicks = sent
    visitor = visit("Marta Zúniga")
    visitor.open(address)
    page = visitor.page
    page.get_by_text("La reunión no se hará").click()
    page.get_by_label("Por qué").fill("Duelo nacional")
    page.get_by_role("button", name="Cancelar la reunión y avisar").click()
    page.get_by_text("Cancelada el").wait_for()
    assert page.get_by_text("Duelo nacional").first.is_visible()
    visitor.assert_accessible()
    member = visit(width=390)
    member.open(answer_path(site, "ramon.carias@demo.hn"))
    assert member.page.get_by_role("heading", name="La reunión se canceló").is_visible()
    member.assert_accessible()
