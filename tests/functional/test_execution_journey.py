"""A file of execution comes in, is looked at and stored; what it paid stands beside the work."""

import re

import pytest

HEADERS = "Clave;Aprobado;Modificaciones;Comprometido;Devengado;Pagado"
TAIL = "1-1-77-0-0-1-11-1-11100-0"
FILE = "\n".join(
    [
        "SECRETARÍA DE FINANZAS;;;;;",
        HEADERS,
        f"2026-60-{TAIL};1,000.00;0.00;500.00;400.00;300.00",
        f"2026-50-{TAIL};1,000.00;0.00;500.00;400.00;300.00",
        "TOTAL GENERAL;1,000.00;0.00;500.00;450.00;300.00",
        "",
    ]
)
START = "/presupuesto/ejecucion/importar"


@pytest.fixture
def administrator(visit):
    return visit("Héctor Paz")


def upload(visitor, text=FILE):
    """Choose Salud, the fourth quarter and the file; where it leads once it was read."""
    visitor.open(START)
    page = visitor.page
    page.get_by_label("Institución", exact=True).select_option("060")
    page.get_by_label("Periodo").select_option("Q4")
    page.get_by_label("Archivo del SIAFI (CSV o Excel)").set_input_files(
        {"name": "ejecucion.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Subir y revisar").click()
    page.wait_for_url(re.compile(r"/importar/\d+$"))
    return page


def test_a_file_is_looked_at_before_it_is_stored(administrator):
    page = upload(administrator)
    page.get_by_role("heading", name="1 fila está lista para guardarse").wait_for(timeout=60_000)
    assert page.get_by_text("Es de la institución 50 y aquí se importa la 60").is_visible()
    assert page.get_by_text("El total del archivo no es la suma de sus filas").is_visible()
    administrator.assert_accessible()
    administrator.picture("ejecucion-revision", full=True)
    page.set_viewport_size({"width": 390, "height": 844})
    administrator.assert_accessible()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Guardar 1 fila").click()
    page.get_by_role("alert").get_by_text("no es la suma de sus filas").wait_for()
    page.get_by_label("Guardar las filas aunque el total del archivo no cuadre").check()
    page.get_by_label("Crear estos códigos con los nombres del archivo").check()
    page.get_by_role("button", name="Guardar 1 fila").click()
    page.get_by_role("heading", name="Se guardó 1 fila").wait_for(timeout=60_000)


def test_columns_pointed_out_once_are_proposed_the_next_time(administrator):
    text = f"Código;Monto A;Monto B\n2026-50-{TAIL};1,000.00;400.00\n"
    page = upload(administrator, text)
    page.get_by_label("Clave presupuestaria, en una columna").select_option("0")
    page.get_by_label("Aprobado").select_option("1")
    page.get_by_role("button", name="Leer el archivo").click()
    page.get_by_role("alert").get_by_text("Falta señalar: Devengado").wait_for()
    page.get_by_label("Devengado").select_option("2")
    administrator.assert_accessible()
    administrator.picture("ejecucion-columnas")
    page.get_by_role("button", name="Leer el archivo").click()
    page.get_by_role("heading", name="El archivo no se pudo guardar").wait_for(timeout=60_000)
    administrator.assert_accessible()
    page.get_by_role("link", name="Señalar las columnas otra vez").click()
    page.get_by_label("Devengado").wait_for()
    page = upload(administrator, text.replace("2026-50", "2026-60"))
    page.get_by_text("Viene puesto lo que señaló Héctor Paz").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    administrator.assert_accessible()
    page.get_by_text("Descartar", exact=True).click()
    page.get_by_role("button", name="Sí, descartar").click()
    page.wait_for_url(re.compile(r"/importar$"))


def test_money_stands_beside_what_was_done(administrator):
    administrator.open("/fisico-financiero/060/2026/t2")
    page = administrator.page
    assert page.get_by_role("heading", name="Brecha por producto").is_visible()
    administrator.assert_accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    administrator.assert_accessible()
