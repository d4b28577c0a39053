"""Being told: the worker reminds, the bell rings, a mail arrives, and each person chooses."""

import re
import time

import pytest

PHONE = 390


@pytest.fixture(scope="module", autouse=True)
def three_days_before(site):
    """The worker of the demonstration reminds whoever still owes a report that day."""
    site.start()


def wait_until(visitor, path: str, words: str, seconds: int = 100) -> None:
    """Open the page again and again until it says so: the worker looks once a minute."""
    deadline = time.monotonic() + seconds
    visitor.open(path)
    while words not in visitor.page.locator("main").inner_text():
        assert time.monotonic() < deadline, visitor.page.locator("main").inner_text()
        time.sleep(1)
        visitor.open(path)


def unread(visitor) -> int:
    badge = visitor.page.locator(".bell .badge")
    return int(badge.inner_text()) if badge.count() else 0


def test_the_bell_rings_and_the_keyboard_answers(visit):
    luis = visit("Luis Benítez")
    wait_until(luis, "/avisos", "Quedan 3 días")
    luis.assert_accessible()
    luis.picture("avisos")
    before = unread(luis)
    assert before >= 1
    reminder = luis.page.get_by_role("button", name=re.compile("Abrir ?: Quedan 3 días")).first
    reminder.focus()
    luis.page.keyboard.press("Enter")
    luis.page.wait_for_url(re.compile("/reporte"))
    luis.open("/avisos")
    assert unread(luis) == before - 1


def test_a_mail_arrives_with_one_button_and_an_appointment(visit):
    luis = visit("Luis Benítez")
    wait_until(luis, "/demostracion/correos", "Quedan 3 días")
    luis.assert_accessible()
    luis.page.get_by_role("link", name=re.compile("Quedan 3 días")).first.click()
    luis.page.wait_for_load_state("networkidle")
    luis.assert_accessible()
    luis.picture("correo_aviso")
    assert "plazo.ics" in luis.page.locator("main").inner_text()
    inside = luis.page.frame_locator("iframe")
    assert inside.get_by_role("link", name="Completar el reporte").count() == 1
    assert "Luis" not in inside.locator("body").inner_text()


def test_a_phone_reads_the_same(visit):
    luis = visit("Luis Benítez", width=PHONE)
    for path in ("/avisos", "/perfil/avisos", "/demostracion/correos"):
        luis.open(path)
        luis.assert_accessible()
    luis.open("/avisos")
    luis.picture("avisos_telefono")


def test_a_person_chooses_what_rings(visit):
    luis = visit("Luis Benítez")
    luis.open("/perfil/avisos")
    luis.assert_accessible()
    luis.page.get_by_label("Por correo: Comentan un dato").select_option("digest")
    luis.page.get_by_role("button", name="Guardar mis preferencias").click()
    luis.page.get_by_text("Sus preferencias quedaron guardadas.").wait_for()
    assert luis.page.get_by_label("Por correo: Comentan un dato").input_value() == "digest"


def test_a_calendar_is_followed_until_it_is_ended(visit, site):
    luis, program = visit("Luis Benítez"), visit()
    luis.open("/perfil/avisos")
    luis.page.get_by_role("button", name="Crear mi dirección").click()
    field = luis.page.get_by_label("Dirección privada de su calendario")
    field.wait_for()
    luis.assert_accessible()
    luis.picture("preferencias_avisos")
    address = field.input_value()
    assert address.startswith(site.url)
    calendar = program.page.request.get(address)
    assert calendar.status == 200
    assert "METHOD:PUBLISH" in calendar.text()
    assert "BEGIN:VEVENT" in calendar.text()
    luis.page.get_by_role("button", name="Anular la dirección").click()
    luis.page.get_by_text("ya no funciona").wait_for()
    assert program.page.request.get(address).status == 404


def test_the_administration_sees_the_words_before_they_are_used(visit):
    hector = visit("Héctor Paz")
    hector.open("/administracion/avisos")
    hector.assert_accessible()
    hector.picture("avisos_administracion")
    hector.page.get_by_role("link", name=re.compile("Ver y cambiar ?: Me mencionan")).click()
    subject = hector.page.get_by_label("Asunto")
    subject.fill("Responda sobre {código}")
    hector.page.locator("#vista").get_by_text("SIGPRET · Responda sobre 2.9").wait_for()
    hector.assert_accessible()
    hector.picture("avisos_texto")
    subject.fill("Responda sobre {precio}")
    hector.page.get_by_role("button", name="Guardar el texto").click()
    hector.page.get_by_text("Este aviso no tiene {precio}").wait_for()
    hector.assert_accessible()
    hector.page.get_by_label("Asunto").fill("Responda sobre {código}")
    hector.page.get_by_role("button", name="Guardar el texto").click()
    hector.page.get_by_text("Texto guardado.").wait_for()
    hector.page.get_by_role("button", name="Volver al texto original").click()
    hector.page.get_by_text("volvió a su texto original").wait_for()
