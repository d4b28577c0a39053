"""From a bottleneck to a decision: proposed by the coordination, decided by the minister."""

import pytest

PRODUCTS = "/mesas/salud/productos"
PLACES = (
    "",
    "/cuellos",
    "/estrategias",
    "/diagnostico",
    "/informe",
    "/mecanismos",
    "/poa",
)


@pytest.mark.parametrize("place", PLACES)
def test_every_product_is_read_on_a_telephone(visit, place):
    visitor = visit("Marta Zúniga", width=390)
    visitor.open(f"{PRODUCTS}{place}")
    visitor.assert_accessible()


@pytest.mark.parametrize("place", ["/cuellos", "/estrategias", "/poa"])
def test_one_of_each_is_read_on_a_telephone(visit, place):
    visitor = visit("Marta Zúniga", width=390)
    visitor.open(f"{PRODUCTS}{place}")
    visitor.page.locator("tbody th a").last.click()
    visitor.page.wait_for_load_state()
    visitor.assert_accessible()


@pytest.mark.parametrize("place", ["metas", "documentos"])
def test_goals_and_documents_are_read_on_a_telephone(visit, place):
    visitor = visit("Marta Zúniga", width=390)
    visitor.open(f"/mesas/salud/{place}")
    visitor.assert_accessible()


def test_the_eight_products_say_what_is_missing(visit):
    visitor = visit("Marta Zúniga")
    visitor.open(PRODUCTS)
    assert visitor.page.locator(".products > li").count() == 8
    visitor.assert_accessible()
    visitor.picture("mesa-productos")
    visitor.page.get_by_role("link", name="Limitantes y cuellos de botella").click()
    assert visitor.page.get_by_role("heading", level=1).inner_text().endswith("por resolver")


def test_a_bottleneck_becomes_a_strategy_and_the_minister_decides(visit):
    marta = visit("Marta Zúniga")
    page = marta.page
    marta.open(f"{PRODUCTS}/cuellos")
    page.get_by_role("link", name="nombramientos").first.click()
    page.get_by_role("link", name="Comparar cursos de acción").click()
    page.get_by_label("Estrategia", exact=True).fill("Contratos puente en las regiones")
    page.get_by_role("button", name="Iniciar").press("Enter")
    for text in ("Contratos de seis meses", "Traslados temporales"):
        page.get_by_label("Curso de acción").wait_for(state="attached")
        if not page.get_by_label("Curso de acción").is_visible():
            page.get_by_text("Agregar un curso de acción").click()
        page.get_by_label("Curso de acción").fill(text)
        page.get_by_label("A favor").fill("Empieza este mes.")
        page.get_by_role("button", name="Guardar la opción").press("Enter")
        page.get_by_role("columnheader", name=text).wait_for()
    page.get_by_role("button", name="Recomendar 1").click()
    page.locator(".compare .tag").wait_for()
    marta.assert_accessible()
    marta.picture("mesa-estrategia")
    page.get_by_role("button", name="Proponer al nivel político").click()
    page.get_by_text("ya tiene el aviso").wait_for()
    address = page.url

    ivonne = visit("Ivonne Elvir")
    ivonne.page.get_by_text("Contratos puente en las regiones").first.wait_for()
    ivonne.page.goto(address)
    ivonne.assert_accessible()
    ivonne.page.get_by_label("Razones de la decisión").fill("Es lo que se puede hacer ya.")
    ivonne.page.get_by_role("button", name="Aprobar").press("Enter")
    ivonne.page.get_by_text("Aprobado por el nivel político").wait_for()
    ivonne.assert_accessible()


def test_a_section_is_written_and_goes_to_the_document(visit):
    visitor = visit("Marta Zúniga")
    page = visitor.page
    visitor.open(f"{PRODUCTS}/diagnostico")
    page.get_by_label("Conclusiones").fill("La mesa atenderá primero el abastecimiento.")
    page.locator("#conclusions").get_by_role("button", name="Guardar la sección").press("Enter")
    page.get_by_text("Sección guardada").wait_for()
    visitor.assert_accessible()
    visitor.picture("mesa-diagnostico")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_a_plan_is_read_beside_the_matrix(visit):
    visitor = visit("Marta Zúniga")
    page = visitor.page
    visitor.open(f"{PRODUCTS}/poa")
    visitor.picture("mesa-poa")
    page.locator("tbody a").last.click()
    page.get_by_label("con hallazgos").check()
    page.get_by_label("Qué pide la mesa").fill("Completar la programación del cuarto trimestre.")
    visitor.assert_accessible()
    page.get_by_role("button", name="Guardar la conclusión").press("Enter")
    page.get_by_text("Conclusión guardada").wait_for()
