"""Finding anything with the keyboard, following a goal from money to impact, and staying in."""

import re

import pytest
from playwright.sync_api import expect

CHAIN = "/metas/MP-17/cadena"


def search(person, words: str):
    """Open the search with the keyboard, type, and wait for what it finds."""
    person.page.keyboard.press("Control+k")
    expect(person.page.locator("#search-words")).to_be_focused()
    person.page.keyboard.type(words)
    expect(person.page.locator("#search-results [role='status']")).to_contain_text(words)


def test_an_object_is_reached_with_the_keyboard_alone(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    search(karla, "títulos de tierra")
    first = karla.page.locator("#search-results [data-hit]").first
    expect(first).to_contain_text("Títulos de tierra")
    karla.assert_accessible()
    karla.picture("buscar")
    karla.page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    karla.page.keyboard.press("ArrowUp")
    expect(karla.page.locator("#search-words")).to_be_focused()
    karla.page.keyboard.press("Enter")
    expect(karla.page).to_have_url(re.compile("/metas/MP-17$"))


def test_neither_accents_nor_endings_matter(visit):
    karla = visit("Karla Mejía")
    karla.open("/pendientes")
    search(karla, "titulo TIERRAS mujer")
    expect(karla.page.locator("#search-results")).to_contain_text("Títulos de tierra")


def test_escape_closes_and_gives_the_focus_back(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    link = karla.page.get_by_role("link", name="Mis pendientes")
    link.focus()
    search(karla, "banda")
    karla.page.keyboard.press("ArrowDown")
    karla.page.keyboard.press("Escape")
    expect(karla.page.locator("[data-search-box]")).to_be_hidden()
    expect(link).to_be_focused()


def test_what_can_be_done_is_one_enter_away(visit):
    oscar = visit("Óscar Rivera")
    oscar.open("/pendientes")
    search(oscar, "evidencias")
    oscar.page.keyboard.press("Enter")
    expect(oscar.page).to_have_url(re.compile("/evidencias$"))


def test_what_was_opened_is_offered_again(visit):
    karla = visit("Karla Mejía")
    karla.open("/metas/MP-17")
    karla.open("/validar")
    karla.page.keyboard.press("Control+k")
    expect(karla.page.locator("[data-recent]")).to_contain_text("MP-17")
    expect(karla.page.locator("#search-results")).to_contain_text("Validar reportes")


def test_nothing_found_says_what_to_try(visit):
    karla = visit("Karla Mejía", width=390)
    karla.open("/pendientes")
    karla.page.locator("[data-shortcut='ctrl+k']").click()
    karla.page.keyboard.type("xyzzy")
    expect(karla.page.locator("#search-results")).to_contain_text("Pruebe con una sola palabra")
    karla.assert_accessible()


def test_the_search_is_also_a_page(visit):
    karla = visit("Karla Mejía", width=390)
    karla.open("/buscar?q=tierra")
    assert karla.page.locator("main [data-hit]").count() >= 2
    karla.assert_accessible()


def test_the_chain_is_drawn_wide_and_its_table_says_the_same(visit):
    person = visit("Despacho Presidencial")
    person.open(CHAIN)
    person.assert_accessible()
    person.picture("cadena")
    table = person.page.locator(".chain-data").inner_text()
    titles = person.page.locator(".sankey a[aria-label]").evaluate_all(
        "links => links.map((link) => link.getAttribute('aria-label').split(',')[0])"
    )
    assert len(titles) > 8
    assert [title for title in titles if title not in table and not title.startswith("y ")] == []
    box = person.page.locator(".sankey a[href^='/metas/']").last
    box.focus()
    person.page.keyboard.press("Enter")
    expect(person.page).to_have_url(re.compile("/metas/MP-17$"))


def test_the_chain_is_a_list_of_steps_on_a_phone(visit):
    person = visit("Despacho Presidencial", width=390)
    person.open(CHAIN)
    expect(person.page.locator(".sankey")).to_be_hidden()
    expect(person.page.locator(".chain-narrow > li")).to_have_count(5)
    expect(person.page.locator(".chain-narrow")).to_contain_text("devengado")
    person.assert_accessible()
    person.picture("cadena-telefono")


@pytest.mark.parametrize("width", [1440, 390])
def test_citizens_follow_a_promise_without_any_script(visit, width):
    citizen = visit(width=width)
    citizen.open("/promesas")
    citizen.page.locator(".promise-list a").first.click()
    citizen.page.get_by_role("link", name="Del dinero al impacto").click()
    expect(citizen.page.locator("h1")).to_contain_text("del dinero al impacto")
    assert citizen.page.locator("script").count() == 0
    citizen.assert_accessible()
    if width == 1440:
        citizen.picture("cadena-publica")


def test_a_session_about_to_end_is_extended_with_one_click(visit):
    karla = visit("Karla Mejía")
    karla.page.clock.install()
    karla.open("/pendientes")
    warning = karla.page.locator("[data-session]")
    expect(warning).to_be_hidden()
    karla.page.clock.fast_forward("07:56:00")
    expect(warning).to_contain_text("Su sesión vence en")
    karla.assert_accessible()
    karla.page.get_by_role("button", name="Seguir trabajando").click()
    expect(warning).to_be_hidden()


def test_the_end_of_the_session_is_said_with_the_way_back(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    karla.context.clear_cookies()
    karla.page.keyboard.press("Control+k")
    expect(karla.page.locator("[data-session]")).to_contain_text("Su sesión venció")
    back = karla.page.get_by_role("link", name="Ingresar de nuevo")
    expect(back).to_be_visible()
    assert back.get_attribute("href").endswith("next=/validar")
