"""A workbook people fill in: what is locked, what is open, and that nothing in it is a formula."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from sigpret.documents.workbook import (
    CATALOGUES_SHEET,
    FILL_SHEET,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    REST_SHEET,
    Column,
    Identity,
    Kind,
    Mark,
    Row,
    Workbook,
)
from sigpret.documents.workbook_file import LONGEST_TEXT, CellTooLongError, write

WRITTEN = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
PAYLOADS = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "{=1+1}",
    "http://ejemplo.hn",
    "mailto:a@b.hn",
    "internal:A1",
)
COLUMNS = (
    Column("name", "Producto", width=40),
    Column("planned", "Programado", Kind.NUMBER),
    Column("value", "Ejecutado", Kind.NUMBER, is_open=True, help="Sólo el número"),
    Column("category", "Tipo de causa", is_open=True, choices="Tipos de causa"),
)


def workbook(*rows: Row, **changes) -> Workbook:
    return Workbook(
        **{
            "identity": Identity("report", "0801", "2026-Q3"),
            "title": "Reporte",
            "notes": ("SESAL",),
            "columns": COLUMNS,
            "rows": rows,
            "instructions": ("Escriba sólo en las celdas blancas.",),
            "catalogues": {"Tipos de causa": ("Contratación", "Personal")},
            **changes,
        }
    )


def opened(made: Workbook):
    return openpyxl.load_workbook(io.BytesIO(write(made, written_at=WRITTEN)))


ROW = Row("product-1", {"name": "Camas", "planned": Decimal("12.5"), "value": Decimal(3)})


def test_the_sheets_are_named_and_the_identity_is_hidden():
    book = opened(workbook(ROW))
    assert book.sheetnames == [FILL_SHEET, INSTRUCTIONS_SHEET, CATALOGUES_SHEET, IDENTITY_SHEET]
    assert book[IDENTITY_SHEET].sheet_state == "hidden"
    told = {row[0]: row[1] for row in book[IDENTITY_SHEET].iter_rows(values_only=True)}
    assert (told["kind"], told["scope"], told["period"]) == ("report", "0801", "2026-Q3")


def test_only_the_open_columns_can_be_written():
    sheet = opened(workbook(ROW))[FILL_SHEET]
    locked = {cell.value: cell.protection.locked for cell in sheet[5]}
    assert sheet.protection.sheet
    assert locked == {"product-1": True, "Camas": True, 12.5: True, 3: False, None: False}


def test_a_locked_row_is_only_to_be_read():
    sheet = opened(workbook(Row("x", {"value": Decimal(1)}, is_locked=True)))[FILL_SHEET]
    assert all(cell.protection.locked for cell in sheet[5])


def test_what_does_not_fall_due_stands_on_a_sheet_without_open_columns():
    book = opened(workbook(ROW, Row("product-2", {"name": "Otra"}, is_apart=True)))
    assert [cell.value for cell in book[REST_SHEET][4]] == [
        "Identificador",
        "Producto",
        "Programado",
    ]
    assert book[REST_SHEET]["A5"].value == "product-2"
    assert "product-2" not in [cell.value for cell in book[FILL_SHEET]["A"]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link(payload):
    row = Row(payload, {"name": payload, "category": payload}, marks={"value": Mark(payload)})
    made = workbook(
        row,
        Row("", heading=payload),
        title=payload,
        notes=(payload,),
        instructions=(payload,),
        catalogues={"Tipos de causa": (payload,)},
    )
    with zipfile.ZipFile(io.BytesIO(write(made, written_at=WRITTEN))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
        assert not [name for name in parts.namelist() if "externalLink" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not any(b"<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("payload", ["=1+1", "-2", "＝1"])
def test_a_dangerous_text_stays_text_when_the_cell_is_typed_again(payload):
    sheet = opened(workbook(Row("x", {"category": payload})))[FILL_SHEET]
    assert sheet["E5"].value == payload
    assert sheet["E5"].quotePrefix


def test_lists_and_numbers_are_checked_by_the_spreadsheet():
    rules = opened(workbook(ROW))[FILL_SHEET].data_validations.dataValidation
    by_kind = {rule.type: rule for rule in rules}
    assert by_kind["list"].formula1 == "'Catálogos'!$A$2:$A$3"
    assert str(by_kind["list"].sqref) == "E5"
    assert str(by_kind["decimal"].sqref) == "D5"


def test_a_marked_cell_is_red_with_its_comment_and_says_its_situation():
    row = Row("x", {"value": "3O"}, marks={"value": Mark("Termina en letra O")}, situation="Error")
    sheet = opened(workbook(row, has_situation=True))[FILL_SHEET]
    assert sheet["D5"].comment.text == "Termina en letra O"
    assert sheet["D5"].fill.fgColor.rgb == "FFFBD9D5"
    assert (sheet["F4"].value, sheet["F5"].value) == ("Situación", "Error")


def test_a_text_that_does_not_fit_is_refused_and_not_cut():
    with pytest.raises(CellTooLongError):
        write(workbook(Row("x", {"name": "a" * (LONGEST_TEXT + 1)})), written_at=WRITTEN)


def test_the_same_workbook_gives_the_same_bytes():
    assert write(workbook(ROW), written_at=WRITTEN) == write(workbook(ROW), written_at=WRITTEN)
