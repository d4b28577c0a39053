"""What is paid beside what is delivered: read, taken to the mesa, and the goals to review."""

import re

PLACE = "/fisico-financiero/026/2026/t2"


def test_money_without_progress_is_taken_to_the_mesa(visit):
    hector = visit("Héctor Paz")
    page = hector.page
    hector.open(PLACE)
    hector.picture("fisico-financiero")
    assert page.get_by_role("heading", name="Brecha por producto").is_visible()
    assert page.get_by_role("link", name="Excel").get_attribute("href").endswith(".xlsx")
    page.get_by_text("Revisar metas").press("Enter")
    assert (
        page.locator("details[open] .menu-box a").first.get_attribute("href").startswith("/metas/")
    )
    page.get_by_text("Revisar metas").press("Enter")
    hector.assert_accessible()
    page.get_by_text("Llevar a la mesa").press("Enter")
    page.locator("details[open] .menu-box a").first.press("Enter")
    title = page.get_by_label("Cuello de botella", exact=True)
    assert "se pagan más rápido de lo que se logra" in title.input_value()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Anotar", exact=True).press("Enter")
    page.get_by_text("Cuello de botella anotado.").wait_for()
    hector.assert_accessible()


def test_silence_with_money_is_read_from_the_country_to_the_product(visit):
    karla = visit("Karla Mejía", width=390)
    karla.open("/fisico-financiero")
    page = karla.page
    page.get_by_role("heading", name="Sin reporte").wait_for()
    karla.assert_accessible()
    page.locator(".money-silent").get_by_role("link").first.click()
    page.get_by_text(re.compile("nadie reportó lo que vencía")).first.wait_for()
    assert page.get_by_role("heading", name="Sin reporte").count()
    karla.assert_accessible()
