"""A phone in a place without signal: one product at a time, and what waits stays in sight."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.functional.test_reporting_journey import forgive_the_network, rest_of_the_worker

REPORT = "/i/414/2026/t3/reporte"


@pytest.fixture
def phone(visit):
    person = visit("Luis Benítez", width=390)
    person.open(REPORT)
    rest_of_the_worker(person)
    yield person
    # What was typed here is nobody else's: it never reaches the server.
    person.page.goto("about:blank")


def current(person):
    return person.page.locator("tbody.current")


def write(person, text: str) -> None:
    current(person).locator("input.cell").fill(text)
    person.page.get_by_role("button", name="Guardar y seguir").click()


def test_what_waits_on_a_phone_stays_in_sight_after_a_reload(phone):
    pill = phone.page.locator("#cola .pill-line")
    phone.context.set_offline(True)
    write(phone, "1.5")
    write(phone, "2.5")
    expect(pill).to_contain_text("2 cambios guardados en este equipo")
    expect(pill).to_be_in_viewport(ratio=1)
    phone.page.reload()
    expect(pill).to_contain_text("Sin conexión. 2 cambios guardados en este equipo")
    expect(pill).to_be_in_viewport(ratio=1)
    expect(current(phone).locator("input.cell")).to_be_in_viewport(ratio=1)
    forgive_the_network(phone)
    phone.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    phone.assert_accessible()


def test_the_rescue_copy_names_things_as_the_page_does(phone):
    code = current(phone).locator("td.code").inner_text()
    phone.context.set_offline(True)
    write(phone, "0.5")
    phone.page.get_by_role("button", name="Ver los cambios").click()
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("button", name="Descargar copia de rescate").click()
    copy = saving.value.path().read_text("utf-8-sig")
    rows = {row["Campo"]: row for row in csv.DictReader(io.StringIO(copy))}
    assert rows["Ejecutado"]["Valor escrito"] == "0.5"
    assert rows["Ejecutado"]["Código"] == code
    assert "T" not in rows["Ejecutado"]["Hora"]
