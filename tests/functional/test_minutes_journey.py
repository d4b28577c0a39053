"""From a meeting that is called to its distributed minutes: nine clicks, two scribes, a phone."""

import re
from datetime import date, timedelta

import psycopg
import pytest
from playwright.sync_api import expect

NOTICE = timedelta(days=9)
TODAY = date(2026, 10, 13)
MESA = "/mesas/salud"
AGREED = {
    "Responsable": "Óscar Rivera · SESAL",
    "A más tardar": "2026-11-30",
    "Resultado esperado": "Inventario publicado cada mes",
}


def asked(site, sql: str, *values):
    url = site.environment["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def journey(site, browser):
    """Convene as the law says, and live on the day of the session; afterwards, today again."""
    from tests.functional.visitor import Visitor

    marta = Visitor(browser, site.url)
    marta.enter_as("Marta Zúniga")
    page, day = marta.page, TODAY + NOTICE
    marta.open(MESA)
    page.get_by_role("link", name="Convocar").first.click()
    page.locator(f'[name=day][value="{day}"]').locator("xpath=..").click()
    page.wait_for_selector("#notice .good")
    if not page.get_by_label("Lugar").input_value():
        page.get_by_label("Lugar").fill("Centro Cívico, torre 1, sala 4B")
    page.get_by_role("button", name=re.compile(r"Enviar a \d+ personas")).click()
    page.wait_for_url(re.compile(r"/r/\d+/convocatoria$"))
    number = int(re.search(r"/r/(\d+)/", page.url)[1])
    starts = asked(
        site,
        "SELECT to_char(starts_at AT TIME ZONE 'America/Tegucigalpa', 'HH24:MI') "
        "FROM mesas_meeting JOIN mesas_mesa m ON m.id = mesa_id "
        "JOIN institutions_sector s ON s.id = m.sector_id "
        "WHERE s.slug = 'salud' AND number = %s",
        number,
    )[0][0]
    marta.leave()
    site.start(now=f"{day}T{starts}-06:00")
    yield {"number": number, "path": f"{MESA}/r/{number}", "clicks": 3}
    site.start()


def tokens(site, number: int) -> list[str]:
    rows = asked(
        site,
        "SELECT conformity_key FROM mesas_participant p "
        "JOIN mesas_meeting g ON g.id = p.meeting_id "
        "JOIN mesas_mesa m ON m.id = g.mesa_id JOIN institutions_sector s ON s.id = m.sector_id "
        "WHERE s.slug = 'salud' AND g.number = %s AND p.removed_at IS NULL "
        "AND p.attendance IN ('present', 'substituted') ORDER BY p.id",
        number,
    )
    return [row[0] for row in rows]


def state(person):
    return person.page.locator("[data-minutes-state]")


def saved(person) -> None:
    expect(state(person)).to_contain_text("Guardado")


def topics(person):
    return person.page.locator("section.topic[id^=punto-]")


def notes(person, number: int):
    return topics(person).nth(number).locator("textarea[name=text]").first


def write(person, number: int, text: str) -> None:
    notes(person, number).fill(text)
    notes(person, number).blur()
    saved(person)


def test_from_the_session_to_distributed_minutes_in_nine_clicks(journey, site, visit):
    marta, oscar = visit("Marta Zúniga"), visit("Óscar Rivera")
    page, clicks = marta.page, journey["clicks"]
    marta.open(journey["path"])
    marta.assert_accessible()
    page.get_by_role("button", name="Iniciar sesión").click()
    clicks += 1
    expect(page.get_by_text("Sesión iniciada: acta n.º")).to_be_visible()
    absent = page.get_by_role("button", name=re.compile("Marcar ausente a"))
    before = absent.count()
    for left in (1, 2):
        absent.last.click()
        clicks += 1
        expect(absent).to_have_count(before - left)
    marta.assert_accessible()
    marta.picture("mesa-sesion", full=True)
    two_scribes(marta, oscar, journey)
    agree_by_keyboard(marta)
    write_the_rest(marta)
    without_connection(oscar, journey)
    marta.open(journey["path"])
    marta.assert_accessible()
    page.get_by_role("button", name="Pedir conformidad").click()
    clicks += 1
    expect(page.get_by_text("Versión 1 enviada")).to_be_visible()
    marta.picture("mesa-conformidad", full=True)
    conform_on_phones(site, visit, journey)
    marta.open(journey["path"])
    page.get_by_role("button", name="Distribuir").click()
    clicks += 1
    expect(page.get_by_text("Es definitiva")).to_be_visible()
    marta.assert_accessible()
    marta.picture("mesa-distribuida", full=True)
    assert clicks <= 9, f"{clicks} clicks of the coordination"


def two_scribes(marta, oscar, journey) -> None:
    """Both write in the first topic at once: both texts end in it."""
    oscar.open(journey["path"])
    notes(oscar, 0).fill("Escribió Óscar: nueve de 21 refrigeradoras.")
    notes(marta, 0).fill("Escribió Marta: la licitación quedó desierta.")
    notes(oscar, 0).blur()
    saved(oscar)
    notes(marta, 0).blur()
    saved(marta)
    expect(notes(marta, 0)).to_have_value(re.compile("Óscar.*\n.*Marta", re.DOTALL))
    # The same words: both are shown, and somebody decides.
    oscar.open(journey["path"])
    whole = notes(marta, 0).input_value()
    write(marta, 0, whole.replace("desierta", "sin ofertas"))
    notes(oscar, 0).fill(whole.replace("desierta", "anulada"))
    notes(oscar, 0).blur()
    expect(oscar.page.get_by_role("alert")).to_contain_text("cambió este texto")
    oscar.assert_accessible()
    oscar.page.get_by_role("button", name="Usar el guardado").click()
    expect(notes(oscar, 0)).to_have_value(re.compile("sin ofertas"))


def agree_by_keyboard(marta) -> None:
    """An agreement with the keyboard alone; one due before the session comes back."""
    page, first = marta.page, topics(marta).first
    text = first.get_by_label(re.compile("Acuerdo nuevo"))
    text.fill("Publicar cada mes el inventario de cadena de frío")
    for label, words in (AGREED | {"A más tardar": "2026-10-14"}).items():
        first.get_by_label(label, exact=True).fill(words)
    first.get_by_label("Resultado esperado").evaluate("e => e.form.elements.due_on.min = ''")
    page.keyboard.press("Control+Enter")
    expect(first.locator(".errors")).to_contain_text("vencería antes de la sesión")
    expect(text).to_have_value(re.compile("inventario"))
    first.get_by_label("A más tardar").fill(AGREED["A más tardar"])
    page.keyboard.press("Control+Enter")
    expect(first.locator(".taken li")).to_have_count(1)
    saved(marta)


def write_the_rest(marta) -> None:
    for number in range(1, topics(marta).count()):
        write(marta, number, "La mesa dio por recibido el informe.")


def without_connection(oscar, journey) -> None:
    """What is typed without a signal stays here, survives the page, and goes later."""
    oscar.context.set_offline(True)
    oscar.page.get_by_label("Cierre y seguimiento").fill("Se dio seguimiento sin señal.")
    oscar.page.get_by_label("Cierre y seguimiento").blur()
    expect(state(oscar)).to_contain_text("Sin conexión")
    oscar.context.set_offline(False)
    saved(oscar)
    oscar.open(journey["path"])
    expect(oscar.page.get_by_label("Cierre y seguimiento")).to_have_value(re.compile("sin señal"))


def conform_on_phones(site, visit, journey) -> None:
    """Each member: one tap, without an account."""
    phone = visit(width=390)
    page = phone.page
    for number, token in enumerate(tokens(site, journey["number"])):
        phone.open(f"/c/{token}")
        if number == 0:
            phone.assert_accessible()
            phone.picture("mesa-conformidad-telefono", full=True)
        page.get_by_role("button", name="Doy mi conformidad").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("quedó registrada")
        if number == 0:
            phone.assert_accessible()
            phone.picture("mesa-conforme-telefono", full=True)


def test_a_citizen_reads_what_was_agreed_and_checks_a_document(journey, site, visit):
    found = asked(
        site,
        "SELECT g.minutes_number, g.minutes_year, g.document_digest FROM mesas_meeting g "
        "JOIN mesas_mesa m ON m.id = g.mesa_id JOIN institutions_sector s ON s.id = m.sector_id "
        "WHERE s.slug = 'salud' AND g.number = %s",
        journey["number"],
    )
    number, year, digest = found[0]
    for width in (1440, 390):
        citizen = visit(width=width)
        for path in ("", f"/{number:02d}-{year}"):
            citizen.open(f"{MESA}/actas{path}")
            citizen.assert_accessible()
        said = citizen.page.content()
        assert "Publicar cada mes el inventario" in said
        assert "Óscar Rivera" not in said
        citizen.open(f"/verificar/{digest[:16]}")
        expect(citizen.page.get_by_role("heading", level=1)).to_contain_text("El documento existe")
        citizen.assert_accessible()
        citizen.picture("verificar" if width > 800 else "verificar-telefono")


def test_every_state_of_a_meeting_is_for_everybody(journey, visit):
    for width in (1440, 390):
        marta = visit("Marta Zúniga", width=width)
        for path in ("/r/7", "/r/7/versiones", "/r/6"):
            marta.open(f"{MESA}{path}")
            marta.assert_accessible()
