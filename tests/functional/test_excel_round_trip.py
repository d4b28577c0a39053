"""A quarter and the matrix filled in a spreadsheet: down, edited, up, seen, applied."""

import re

import openpyxl
import pytest

FILL = "Llenar"


def edited(path, out, changes):
    """Save a copy with those cells written: (row of data from 0, header) -> value."""
    book = openpyxl.load_workbook(path)
    sheet = book[FILL]
    header = next(row for row in sheet if row[0].value == "Identificador")
    columns = {cell.value: cell.column for cell in header}
    rows = data_rows(sheet)
    for (place, name), value in changes.items():
        sheet.cell(rows[place], columns[name]).value = value
    book.save(out)
    return out


def data_rows(sheet) -> list[int]:
    """The numbers of the rows that have an identifier."""
    header = next(row[0].row for row in sheet if row[0].value == "Identificador")
    return [row[0].row for row in sheet if row[0].row > header and row[0].value]


def identifiers(path) -> list[str]:
    sheet = openpyxl.load_workbook(path)[FILL]
    return [sheet.cell(row, 1).value for row in data_rows(sheet)]


@pytest.fixture
def download(tmp_path):
    def down(visitor, words: str, name: str):
        with visitor.page.expect_download() as waiting:
            visitor.page.get_by_role("link", name=words, exact=True).first.click()
        target = tmp_path / name
        waiting.value.save_as(target)
        return target

    return down


def upload(visitor, path):
    visitor.page.locator("input[type=file]").set_input_files(path)
    visitor.page.get_by_role("button", name="Subir y revisar").click()
    visitor.page.wait_for_url(re.compile(r"/excel/\d+"))


def heading(visitor) -> str:
    return visitor.page.locator("h1").inner_text()


def test_a_planner_fills_the_quarter_in_a_spreadsheet(visit, download, tmp_path):
    luis = visit("Luis Benítez")
    luis.open("/reporte")
    luis.page.get_by_role("link", name="Subir Excel").click()
    luis.assert_accessible()
    luis.picture("excel-subir")
    sheet = download(luis, "Bajar Excel", "reporte.xlsx")
    wrong = {(0, "Ejecutado"): "1.200", (1, "Ejecutado"): 3, (1, "Causa"): "Faltó personal"}
    upload(luis, edited(sheet, tmp_path / "lleno.xlsx", wrong))
    assert "1 fila cambia, 1 por resolver" in heading(luis)
    luis.assert_accessible()
    luis.picture("excel-revisar")
    luis.page.get_by_role("button", name="Usar 1,200").click()
    luis.page.wait_for_load_state()
    assert "2 filas cambian" in heading(luis)
    luis.page.get_by_role("button", name=re.compile("Aplicar las 2 filas")).click()
    luis.page.wait_for_url(re.compile("/reporte"))
    assert "Se guardaron 2 filas" in luis.page.locator("main").inner_text()


def test_the_same_sheet_again_says_without_changes(visit, download, tmp_path):
    luis = visit("Luis Benítez")
    luis.open("/reporte")
    luis.page.get_by_role("link", name="Subir Excel").click()
    upload(luis, download(luis, "Bajar Excel", "igual.xlsx"))
    assert "Sin cambios" in heading(luis)
    luis.assert_accessible()


def test_a_conflict_shows_both_values(visit, download, tmp_path):
    luis = visit("Luis Benítez")
    luis.open("/reporte")
    luis.page.get_by_role("link", name="Subir Excel").click()
    sheet = download(luis, "Bajar Excel", "base.xlsx")
    upload(luis, edited(sheet, tmp_path / "uno.xlsx", {(1, "Ejecutado"): 4}))
    luis.page.get_by_role("button", name=re.compile("Aplicar la fila")).click()
    luis.page.wait_for_url(re.compile("/reporte$"))
    luis.page.get_by_role("link", name="Subir Excel").click()
    upload(luis, edited(sheet, tmp_path / "dos.xlsx", {(1, "Ejecutado"): 5}))
    assert "1 por resolver" in heading(luis)
    row = luis.page.locator("main table tbody tr").first.inner_text()
    assert "4" in row
    assert "5" in row
    luis.assert_accessible()
    luis.page.get_by_role("button", name=re.compile("Conservar lo del sistema")).click()
    luis.page.wait_for_load_state()
    assert "Sin cambios" in heading(luis)


def test_a_file_of_something_else_says_which_is_the_right_one(visit, tmp_path):
    wrong = tmp_path / "foto.xlsx"
    wrong.write_bytes(b"no es un libro")
    luis = visit("Luis Benítez", width=390)
    luis.open("/cadena/excel")
    upload(luis, wrong)
    assert "No se pudo usar este archivo" in heading(luis)
    assert luis.page.get_by_role("link", name="Bajar la hoja correcta").count() == 1
    luis.assert_accessible()


def test_the_matrix_is_edited_in_a_spreadsheet(visit, download, tmp_path):
    luis = visit("Luis Benítez")
    luis.open("/cadena/tabla")
    luis.page.get_by_role("link", name="Subir Excel").click()
    luis.assert_accessible()
    sheet = download(luis, "Bajar Excel", "matriz.xlsx")
    upload(luis, sheet)
    assert "Sin cambios" in heading(luis)
    codes = identifiers(sheet)
    own = next(place for place, code in enumerate(codes) if code.startswith("MI-414"))
    luis.page.get_by_role("link", name="Excel", exact=True).click()
    upload(luis, edited(sheet, tmp_path / "otra.xlsx", {(own, "Definición"): "Otra definición"}))
    assert "1 fila cambia" in heading(luis)
    luis.assert_accessible()
    luis.picture("excel-matriz")
    luis.page.get_by_role("button", name=re.compile("Aplicar la fila")).click()
    luis.page.wait_for_url(re.compile("/cadena/tabla"))
    assert "Se guardó 1 fila" in luis.page.locator("main").inner_text()
