"""A report reviewed with a real browser: by keyboard alone, on a phone, and by going to see."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.evidence import picture


@pytest.fixture
def karla(visit):
    return visit("Karla Mejía")


def press(person, key: str) -> None:
    """A key that goes to another page."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)


def waiting(person) -> int:
    """How many data are left, as the progress of the review says."""
    words = person.page.locator(".review-progress").inner_text()
    return int(re.search(r"(\d+) por revisar", words)[1])


def open_shortest_queue(person) -> int:
    """Open, with one click, the report with the fewest data left; how many there are."""
    person.open("/validar?orden=antiguedad")
    rows = person.page.locator("main tbody tr")
    counts = [int(text.split()[0]) for text in rows.locator("td.num").all_inner_texts()]
    place = counts.index(min(counts))
    rows.nth(place).get_by_role("link", name=re.compile("^Revisar")).click()
    person.page.wait_for_load_state()
    return counts[place]


def test_the_queue_says_where_to_begin(karla):
    karla.open("/validar")
    first = karla.page.locator("main tbody tr").first
    expect(first).to_contain_text("revisan primero")
    karla.assert_accessible()
    karla.page.get_by_role("link", name="Más antiguos").click()
    expect(karla.page).to_have_url(re.compile("orden=antiguedad"))
    taken = karla.page.get_by_role("button", name=re.compile("^Tomar")).first
    institution = taken.inner_text().partition(": ")[2]
    taken.click()
    expect(karla.page.get_by_role("heading", level=1)).to_contain_text(institution)
    karla.open("/validar?ver=mios")
    expect(karla.page.locator("main tbody")).to_contain_text(institution)


def test_a_report_is_reviewed_with_two_clicks_and_one_key_for_each_datum(karla):
    keys = clicks = 0
    left = open_shortest_queue(karla)
    clicks += 1
    assert left == waiting(karla) > 3
    for _datum in range(left):
        press(karla, "v")
        keys += 1
    assert waiting(karla) == 0
    karla.page.get_by_role("button", name="Cerrar revisión").click()
    clicks += 1
    expect(karla.page.get_by_text("Revisión cerrada")).to_be_visible()
    assert (clicks, keys) == (2, left)


def test_a_datum_is_returned_by_keyboard_with_a_reason_that_proposes_its_words(karla):
    open_shortest_queue(karla)
    karla.assert_accessible()
    karla.picture("validar-dato")
    before = waiting(karla)
    press(karla, "d")
    text = karla.page.locator("#decision textarea")
    expect(text).to_be_focused()
    karla.assert_accessible()
    karla.picture("validar-devolver")
    karla.page.keyboard.press("Escape")
    press(karla, "3")
    expect(text).to_have_value(re.compile("corresponde sólo al III"))
    text.press("End")
    text.press_sequentially(" Gracias.")
    press(karla, "Control+Enter")
    expect(karla.page.get_by_text("devuelto a la institución")).to_be_visible()
    assert waiting(karla) == before - 1


def test_escape_takes_back_a_return_that_was_not_sent(karla):
    open_shortest_queue(karla)
    before = waiting(karla)
    press(karla, "d")
    karla.page.keyboard.press("Escape")
    press(karla, "Escape")
    expect(karla.page.get_by_text("¿Qué decide sobre este dato?")).to_be_visible()
    assert waiting(karla) == before


def test_the_arrows_go_through_the_list_and_letters_do_nothing_while_typing(karla):
    open_shortest_queue(karla)
    second = karla.page.locator("[data-review-entry]").nth(1).get_attribute("href")
    press(karla, "ArrowDown")
    assert karla.page.url.endswith(second)
    karla.page.keyboard.press("c")
    comment = karla.page.get_by_label("Su comentario")
    expect(comment).to_be_focused()
    comment.press_sequentially("vd¿De qué mes es?")
    karla.page.keyboard.press("Control+Enter")
    said = karla.page.locator(".said li").last
    expect(said).to_contain_text("vd¿De qué mes es?")
    expect(karla.page.locator(".thread h3")).to_contain_text("responde")
    karla.assert_accessible()


def test_shortcuts_are_listed_and_can_be_switched_off(karla):
    open_shortest_queue(karla)
    karla.page.keyboard.press("?")
    help_ = karla.page.get_by_role("dialog")
    expect(help_).to_be_visible()
    karla.assert_accessible()
    karla.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    before = waiting(karla)
    karla.page.get_by_role("button", name="apagar atajos").click()
    karla.page.locator("body").press("v")
    karla.page.wait_for_timeout(300)
    assert waiting(karla) == before
    karla.page.reload()
    expect(karla.page.get_by_role("button", name="encender atajos")).to_be_visible()


def test_the_clean_ones_wait_until_the_drawn_ones_are_opened(karla):
    open_shortest_queue(karla)
    batch = karla.page.locator("button[data-batch]")
    drawn = karla.page.locator("button[data-sampled]")
    if drawn.count():
        batch.click()
        expect(karla.page.get_by_role("alert")).to_contain_text("elegido")
        for _one in range(drawn.count()):
            drawn.first.click()
    before = waiting(karla)
    batch.click()
    expect(karla.page.get_by_text(re.compile(r"\d+ datos? validados?\."))).to_be_visible()
    assert waiting(karla) < before


def test_two_reviewers_see_both_values_of_what_changed(karla, visit):
    """Somebody else decided it in between: the second one is told, and nothing is overwritten."""
    open_shortest_queue(karla)
    nelson = visit("Nelson Pineda")
    nelson.page.goto(karla.page.url)
    press(nelson, "d")
    nelson.page.locator("#decision textarea").fill("¿De qué mes es?")
    press(nelson, "Control+Enter")
    press(karla, "v")
    alert = karla.page.get_by_role("alert")
    expect(alert).to_contain_text("cambió mientras usted lo revisaba")
    expect(alert).to_contain_text("Usted vio")
    expect(alert).to_contain_text("Nelson Pineda lo devolvió")
    karla.assert_accessible()


def test_the_conversations_are_listed_by_whose_turn_it_is(karla):
    karla.open("/observaciones")
    karla.assert_accessible()
    karla.picture("observaciones")
    karla.page.get_by_role("link", name=re.compile("^Abrir")).first.click()
    karla.page.get_by_label("Su comentario").fill("Recibido.")
    karla.page.get_by_role("button", name="Comentar").click()
    expect(karla.page.locator(".said li").last).to_contain_text("Recibido.")
    karla.assert_accessible()


def test_a_report_is_reviewed_on_a_phone(visit):
    karla = visit("Karla Mejía", width=390)
    open_shortest_queue(karla)
    karla.assert_accessible()
    karla.picture("validar-telefono")
    before = waiting(karla)
    with karla.page.expect_navigation():
        karla.page.get_by_role("button", name=re.compile("^V? ?Validar [0-9−]")).click()
    assert waiting(karla) == before - 1


def test_a_visit_is_asked_from_the_datum_made_on_a_phone_and_signed(visit, tmp_path):
    karla = visit("Karla Mejía", width=390)
    open_shortest_queue(karla)
    karla.page.get_by_role("link", name="Pedir visita de campo").click()
    karla.page.get_by_label("Lugar").fill("Bodega de Tocoa")
    karla.page.get_by_label("Día previsto").fill("2026-10-13")
    karla.assert_accessible()
    karla.page.get_by_role("button", name="Planificar la visita").click()
    karla.page.get_by_role("link", name="Llenar la visita").click()
    for number in range(1, 6):
        karla.page.locator(f"input[name=check-{number}][value=yes]").check()
    karla.page.get_by_label("Cantidad que encontró").fill("1")
    karla.page.get_by_label("contradice el dato").check()
    karla.page.get_by_label("Hallazgos").fill("Sólo se encontró uno.")
    karla.assert_accessible()
    karla.picture("visita-telefono", full=True)
    karla.page.get_by_role("button", name="Guardar lo que se vio").click()
    photo = tmp_path / "foto.png"
    photo.write_bytes(picture(320, 240))
    karla.page.get_by_label("Agregar fotos").set_input_files(photo)
    karla.page.get_by_role("button", name="Subir").click()
    expect(karla.page.locator(".visit-photos img")).to_have_count(1)
    karla.page.get_by_label("Nombre completo de quien recibió").fill("Norma Discua")
    karla.page.get_by_label("Leímos esta acta").check()
    karla.page.get_by_role("button", name="Firmar la visita").click()
    expect(karla.page.get_by_text("Firmada: ya no se cambia")).to_be_visible()
    karla.assert_accessible()
    karla.page.get_by_role("link", name="Devolver el dato").click()
    expect(karla.page.locator(".signals")).to_contain_text("Una visita de campo contradice")
    expect(karla.page.locator("#decision textarea")).to_have_value(re.compile("se encontró 1"))


def test_the_visits_are_listed_and_printed(visit):
    rosa = visit("Rosa Aguilera")
    rosa.open("/visitas")
    rosa.assert_accessible()
    rosa.picture("visitas")
    rosa.page.locator("main tbody a").last.click()
    rosa.assert_accessible()
    assert not rosa.page.get_by_role("link", name="Llenar la visita").count()
