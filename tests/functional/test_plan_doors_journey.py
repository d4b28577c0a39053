"""A plan by its doors: a spreadsheet, a copy, its papers, its curve, and a program."""

import json
import re
import urllib.error
import urllib.request

import openpyxl
import pytest

from sigpret.intake.read_plan import read_plan_bytes
from sigpret.intake.writers.report_text import report_text

PLANNER, ADMINISTRATOR, SESAL = "Óscar Rivera", "Héctor Paz", "060"
PLAN, NEXT = f"/poa/2027/{SESAL}", f"/poa/2028/{SESAL}"
# The year after the next one is open to the administration only.
DOORS = (
    (PLANNER, f"{PLAN}/excel"),
    (ADMINISTRATOR, f"/poa/2029/{SESAL}/copiar"),
    (PLANNER, "/cuenta/programas"),
)
NEW = {
    "Objetivo operativo": "1.1",
    "Producto": "Tablero de abastecimiento publicado",
    "Producción anual": 4,
    "IV trimestre": 4,
}


@pytest.fixture
def download(tmp_path):
    def down(visitor, words: str, name: str):
        with visitor.page.expect_download() as waiting:
            visitor.page.get_by_role("link", name=words, exact=True).first.click()
        target = tmp_path / name
        waiting.value.save_as(target)
        return target

    return down


def filled(path, out):
    """The sheet with an ambiguous quantity in its first product, and one product more."""
    book = openpyxl.load_workbook(path)
    sheet = book["Llenar"]
    header = next(row for row in sheet if row[0].value == "Identificador")
    columns = {cell.value: cell.column for cell in header}
    first = next(row for row in sheet if str(row[0].value).startswith("product-"))
    sheet.cell(first[0].row, columns["Producción anual"]).value = "1.200"
    last = max(row[0].row for row in sheet if str(row[0].value).startswith("product-"))
    for name in ("Unidad de medida", "Periodicidad"):
        sheet.cell(last + 1, columns[name]).value = sheet.cell(last, columns[name]).value
    for name, value in NEW.items():
        sheet.cell(last + 1, columns[name]).value = value
    book.save(out)
    return out


def test_a_planner_edits_the_plan_in_a_spreadsheet(visit, download, tmp_path):
    oscar = visit(PLANNER)
    oscar.open(PLAN)
    oscar.page.get_by_role("link", name="Editar en Excel").click()
    oscar.assert_accessible()
    sheet = download(oscar, "Bajar Excel", "plan.xlsx")
    oscar.page.locator("input[type=file]").set_input_files(filled(sheet, tmp_path / "lleno.xlsx"))
    oscar.page.get_by_role("button", name="Subir y revisar").click()
    oscar.page.wait_for_url(re.compile(r"/excel/\d+"))
    assert "1 fila cambia, 1 por resolver" in oscar.page.locator("h1").inner_text()
    oscar.assert_accessible()
    oscar.picture("plan-excel-revisar")
    oscar.page.get_by_role("button", name="Usar 1,200").click()
    oscar.page.wait_for_load_state()
    oscar.page.get_by_role("button", name=re.compile("Aplicar las 2 filas")).click()
    oscar.page.wait_for_url(re.compile(PLAN))
    assert "Se guardaron 2 filas" in oscar.page.locator("main").inner_text()
    assert oscar.page.get_by_text(NEW["Producto"]).count()


def test_the_official_report_is_read_back_identical(visit, download):
    oscar = visit(PLANNER)
    oscar.open(PLAN)
    oscar.page.get_by_text("Descargar", exact=True).click()
    data = download(oscar, "Reporte oficial, texto", "reporte.txt").read_bytes()
    outcome = read_plan_bytes(data)
    assert outcome.document is not None, outcome.findings
    assert report_text(outcome.document) == data
    paper = download(oscar, "POA narrativo, PDF", "poa.pdf").read_bytes()
    assert paper.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_curve_is_drawn_with_its_figures(visit, width):
    oscar = visit(PLANNER, width=width)
    oscar.open(f"/poa/2026/{SESAL}/curva")
    assert "se ha producido" in oscar.page.locator("h1").inner_text()
    oscar.assert_accessible()
    if width > 800:
        oscar.picture("plan-curva")


def test_the_last_plan_is_copied_with_quantities_to_review(visit):
    hector = visit(ADMINISTRATOR)
    hector.open(NEXT)
    hector.page.get_by_role("link", name="Copiar el último plan").click()
    hector.assert_accessible()
    hector.picture("plan-copiar")
    boxes = hector.page.locator("input[name=producto]")
    boxes.first.uncheck()
    copied = boxes.count() - 1
    hector.page.locator("input.quantity").nth(1).fill("1.200")
    hector.page.get_by_role("button", name="Copiar lo elegido").click()
    assert "Corrija una cantidad" in hector.page.locator(".error-summary").inner_text()
    hector.page.locator("input.quantity").nth(1).fill("1,200")
    hector.page.get_by_role("button", name="Copiar lo elegido").click()
    hector.page.wait_for_url(re.compile(f"{NEXT}$"))
    told = hector.page.locator("main").inner_text()
    assert f"Se copiaron {copied} productos del POA 2027" in told


@pytest.mark.parametrize(("person", "path"), DOORS)
def test_the_doors_fit_a_phone(visit, person, path):
    visitor = visit(person, width=390)
    visitor.open(path)
    visitor.assert_accessible()


def test_a_program_reads_the_plan_until_its_token_ends(visit, site):
    oscar = visit(PLANNER)
    oscar.open("/cuenta/programas")
    oscar.assert_accessible()
    oscar.page.get_by_label("Para qué es").fill("Sistema de la UPGRET")
    oscar.page.get_by_role("button", name="Crear la clave").click()
    secret = oscar.page.get_by_label("Clave nueva").input_value()
    told = ask(site, f"/api/v1/planes/2027/{SESAL}", secret)
    assert told["fiscal_year"] == 2027
    oscar.page.get_by_role("button", name="Anular").click()
    assert "quedó anulada" in oscar.page.locator("main").inner_text()
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(site, f"/api/v1/planes/2027/{SESAL}", secret)


def ask(site, path: str, secret: str) -> dict:
    wanted = urllib.request.Request(  # noqa: S310 - our own host
        site.url + path, headers={"Authorization": f"Bearer {secret}"}
    )
    with urllib.request.urlopen(wanted) as answer:  # noqa: S310
        return json.load(answer)
