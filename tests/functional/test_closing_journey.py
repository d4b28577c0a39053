"""After and around a closing, with a real browser: deliveries, more time, changes, a new edition.

It works on the second quarter, which the demonstration closed long ago, and leaves it closed; the
third stays open for whoever comes later. The tests follow one another.
"""

import re

import pytest

WHY = "El acta de recepción llegó después del cierre."
NOTE = "Se cargó dos veces el dato de una escuela."


def button(visitor, words: str):
    return visitor.page.get_by_role("button", name=re.compile(words)).first


def said(visitor) -> str:
    return visitor.page.locator("main").inner_text().replace("\u00a0", " ")


def test_diger_follows_every_delivery_and_reminds(visit):
    hector = visit("Héctor Paz")
    hector.open("/seguimiento?etapa=not_begun")
    hector.assert_accessible()
    hector.picture("seguimiento")
    boxes = hector.page.locator("main input[type=checkbox]")
    assert boxes.count() > 2
    for number in range(2):
        boxes.nth(number).check()
    button(hector, "Recordar seleccionadas").click()
    hector.page.get_by_text(re.compile("Se recordó|ya se les había recordado")).first.wait_for()
    hector.assert_accessible()


def test_the_calendar_says_deadlines_and_holidays_to_everybody(visit):
    luis = visit("Luis Benítez")
    luis.open("/calendario")
    assert "III trimestre de 2026" in said(luis)
    assert "Semana Morazánica" in said(luis)
    luis.assert_accessible()
    luis.picture("calendario")
    hector = visit("Héctor Paz")
    hector.open("/calendario")
    hector.page.get_by_role("link", name=re.compile("Cambiar el plazo")).first.click()
    hector.page.wait_for_url(re.compile("/calendario/2026/t3"))
    hector.assert_accessible()


def test_an_institution_asks_for_more_time_and_diger_grants_it(visit):
    oscar = visit("Óscar Rivera")
    oscar.open("/i/060/2026/t3/reporte/prorroga")
    oscar.assert_accessible()
    oscar.page.get_by_label("Por qué necesita más tiempo").fill("Se mudó el archivo del hospital.")
    button(oscar, "Pedir prórroga").click()
    oscar.page.get_by_text("DIGER todavía no decide").first.wait_for()
    oscar.assert_accessible()
    hector = visit("Héctor Paz")
    hector.open("/seguimiento?etapa=prorroga")
    hector.page.get_by_role("link", name=re.compile("Decidir prórroga")).first.click()
    hector.assert_accessible()
    hector.picture("prorroga")
    hector.page.get_by_label("Nuevo plazo").fill("2026-10-23T17:00")
    button(hector, "Conceder la prórroga").click()
    hector.page.wait_for_url(re.compile("/seguimiento"))
    oscar.open("/i/060/2026/t3/reporte/prorroga")
    assert "viernes 23 de octubre" in said(oscar)
    oscar.open("/i/060/2026/t3/reporte/enviar")
    assert "viernes 23 de octubre" in said(oscar)


@pytest.fixture(scope="module")
def request_address():
    """Where the change that is asked here is decided."""
    return {}


def test_a_closed_datum_is_asked_to_change_with_its_effect_in_sight(visit, request_address):
    oscar = visit("Óscar Rivera")
    oscar.open("/i/060/2026/t2/reporte")
    oscar.page.get_by_role("link", name=re.compile("Pedir que cambie este dato")).first.click()
    oscar.page.wait_for_url(re.compile("/cambio/"))
    oscar.assert_accessible()
    oscar.page.get_by_label("Valor correcto").fill("3")
    oscar.page.get_by_label("Por qué debe cambiar").fill(WHY)
    button(oscar, "Ver el efecto").click()
    oscar.page.wait_for_load_state()
    oscar.assert_accessible()
    oscar.picture("cambio-pedido")
    button(oscar, "Pedir el cambio").click()
    oscar.page.wait_for_url(re.compile(r"/cambios/\d+"))
    assert "DIGER decidirá" in said(oscar)
    request_address["path"] = oscar.page.url.removeprefix(oscar.url)


def test_diger_decides_it_and_the_difference_is_told(visit, request_address):
    karla = visit("Karla Mejía")
    karla.open("/cambios")
    karla.assert_accessible()
    karla.open(request_address["path"])
    karla.picture("cambio")
    karla.page.get_by_label("Nota de su decisión").fill("Consta en el acta 118.")
    button(karla, "Aprobar el cambio").click()
    karla.page.get_by_text("El cambio quedó aprobado y cuenta desde hoy").wait_for()
    karla.assert_accessible()
    karla.open("/cierre/2026/t2/cambios")
    assert WHY in said(karla)
    karla.assert_accessible()
    karla.picture("despues-del-cierre")


def test_a_quarter_opens_again_with_a_public_note(visit):
    hector = visit("Héctor Paz")
    hector.open("/cierre/2026/t2")
    hector.assert_accessible()
    hector.picture("cerrado")
    hector.page.get_by_text("Escribir el motivo y reabrir").click()
    hector.page.get_by_label("Nota pública").fill(NOTE)
    button(hector, "Reabrir el trimestre").click()
    hector.page.get_by_text("El trimestre está abierto otra vez").wait_for()
    hector.assert_accessible()
    citizen = visit()
    citizen.open("/")
    assert "II trimestre de 2026" in said(citizen)


def test_two_people_close_the_new_edition(visit):
    for person, words in (("Rosa Elvir", "Confirmar lo que vi"), ("Héctor Paz", "Cerrar el II")):
        administrator = visit(person)
        administrator.open("/cierre/2026/t2")
        administrator.assert_accessible()
        button(administrator, words).click()
        administrator.page.wait_for_load_state()
        assert "no se cerró" in said(administrator)
        administrator.assert_accessible()
        administrator.page.get_by_label(re.compile("Escriba CERRAR")).fill(
            "cerrar ii trimestre 2026"
        )
        administrator.page.locator("main input[type=checkbox]").check()
        button(administrator, words).press("Enter", timeout=120_000)
        administrator.page.wait_for_load_state()
    administrator.page.get_by_role("heading", name="Huella del cierre").wait_for(timeout=60_000)
    assert "edición 2" in said(administrator)
    assert "Rosa Elvir" in said(administrator)
    administrator.assert_accessible()


def test_its_act_is_a_document_and_its_editions_compare(visit):
    rosa = visit("Rosa Aguilera")
    rosa.open("/cierre/2026/t2")
    with rosa.page.expect_download() as download:
        rosa.page.get_by_role("link", name=re.compile("Acta de cierre")).click()
    assert download.value.suggested_filename == "acta-cierre-2026-Q2-2.pdf"
    rosa.open("/cierre/2026/t2/cambios")
    rosa.page.get_by_role("link", name=re.compile("Comparar edición 1 con 2")).click()
    rosa.page.wait_for_load_state()
    assert "De la edición 1 a la 2" in said(rosa)
    rosa.assert_accessible()


@pytest.mark.parametrize(
    "path",
    ["/seguimiento", "/calendario", "/cambios", "/cierre/2026/t2", "/cierre/2026/t3",
     "/cierre/2026/t2/cambios", "/seguimiento/060/2026/t3", "/cierre/2026/t3/excepcion"],
)  # fmt: skip
def test_each_screen_fits_a_phone(visit, path):
    hector = visit("Héctor Paz", width=390)
    hector.open(path)
    hector.assert_accessible()
