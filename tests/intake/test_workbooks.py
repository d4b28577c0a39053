"""Workbooks come in from anybody: refused with a sentence, or read without trusting them."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.workbooks import container, workbook_child
from sigpret.intake.workbooks.cells import CellKind, column_letters, sheets_from_json
from sigpret.intake.workbooks.container import check_container
from sigpret.intake.workbooks.reading import read
from tests.intake.workbook_files import BOOK, HEAD, TYPES, packed, parts, with_parts


def written(*rows, names=("Llenar",), formats=None) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def cells(data: bytes) -> list[tuple[str, str]]:
    (sheet,) = sheets_from_json(workbook_child.read(data))
    return [(cell.kind.value, cell.text) for row in sheet.rows for cell in row.cells.values()]


def reason(data: bytes) -> str:
    with pytest.raises(RefusalError) as refused:
        read(data)
    return refused.value.findings[0].rule.removeprefix("workbook_")


HOSTILE = {
    "nothing": (b"", "not_workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not_workbook"),
    "a page": (b"<html><table><tr><td>1</td></tr></table></html>", "not_workbook"),
    "old Excel, or a password": (container.OLD_EXCEL + b"\0" * 512, "old_excel"),
    "a zip of something else": (packed({"a.txt": "hola"}), "not_workbook"),
    "a cut zip": (packed(parts())[:-30], "not_workbook"),
    "macros by their part": (with_parts({"xl/vbaProject.bin": b"x"}), "macros"),
    "macros by their type": (
        with_parts(
            {"[Content_Types].xml": TYPES.replace(".sheet.main", ".sheet.macroEnabled.main")}
        ),
        "macros",
    ),
    "old macros": (with_parts({"xl/macrosheets/sheet1.xml": "<a/>"}), "macros"),
    "an embedded object": (with_parts({"xl/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "a nested zip": (with_parts({"xl/media/a.zip": packed({"b": "b"})}), "embedded"),
    "a nested workbook": (with_parts({"xl/media/a.xlsx": packed(parts())}), "embedded"),
    "links to other books": (with_parts({"xl/externalLinks/externalLink1.xml": "<a/>"}), "links"),
    "a query": (with_parts({"xl/connections.xml": "<a/>"}), "links"),
    "a path that climbs": (with_parts({"xl/../../etc/passwd": "x"}), "damaged"),
    "a path from the root": (with_parts({"/etc/passwd": "x"}), "damaged"),
    "a name with a line break": (with_parts({"xl/a\r\nb.xml": "<a/>"}), "damaged"),
    "too many parts": (with_parts({f"xl/media/{n}.png": b"" for n in range(300)}), "bomb"),
    "a bomb": (with_parts({"xl/media/a.png": b"\0" * 20_000_000}), "bomb"),
    "entities": (
        with_parts(
            {"xl/workbook.xml": BOOK.replace(HEAD, HEAD + '<!DOCTYPE a [<!ENTITY b "c">]>')}
        ),
        "damaged",
    ),
    "entities in another coding": (
        with_parts({"xl/workbook.xml": BOOK.replace("UTF-8", "UTF-16").encode("utf-16")}),
        "damaged",
    ),
    "a book that is not XML": (with_parts({"xl/workbook.xml": "hola"}), "damaged"),
    "a sheet that is not XML": (with_parts({"xl/worksheets/sheet1.xml": "<a"}), "damaged"),
    "a row beyond every row": (
        packed(parts('<row r="99999999"><c r="A99999999"><v>1</v></c></row>')),
        "damaged",
    ),
}


@pytest.mark.parametrize(("data", "rule"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_its_reason(data, rule):
    assert reason(data) == rule


def test_a_part_with_a_password_is_refused():
    data = bytearray(packed(parts()))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + flags] |= 1
            start = data.find(signature, start + 4)
    assert reason(bytes(data)) == "password"


def test_a_symbolic_link_is_refused():
    target = io.BytesIO(packed(parts()))
    with zipfile.ZipFile(target, "a") as book:
        link = zipfile.ZipInfo("xl/media/a.png")
        link.external_attr = 0o120777 << 16
        book.writestr(link, "/etc/passwd")
    assert reason(target.getvalue()) == "damaged"


def test_a_file_too_large_is_not_even_opened():
    assert reason(b"PK" + b"\0" * container.LARGEST_FILE) == "too_large"


def test_a_far_cell_costs_nothing():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    (sheet,) = read(packed(parts(rows)))
    assert [(row.number, dict(row.cells)[1].text) for row in sheet.rows] == [(1, "1")]


def test_a_million_empty_rows_are_no_rows():
    rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(2, 300_001))
    data = packed(parts('<row r="1"><c r="A1"><v>1</v></c></row>' + rows))
    (sheet,) = read(data)
    assert len(sheet.rows) == 1


def test_the_size_a_sheet_declares_is_not_believed():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 9))
    (sheet,) = read(packed(parts(rows, dimension="A1:A2")))
    assert len(sheet.rows) == 8


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_child, "MOST_CELLS", 3)
    with pytest.raises(workbook_child.RefusedError):
        workbook_child.read(written(["a", "b"], ["c", "d"]))


def test_too_many_sheets_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_child, "MOST_SHEETS", 1)
    with pytest.raises(workbook_child.RefusedError):
        workbook_child.read(written(["a"], names=("Uno", "Dos")))


KINDS = (
    (12, None, ("number", "12")),
    (12.5, None, ("number", "12.5")),
    (0.1 + 0.2, None, ("number", "0.3")),
    (0, None, ("number", "0")),
    (0.61, "0%", ("percent", "0.61")),
    (45000, "dd/mm/yyyy", ("date", "2023-03-15T00:00:00")),
    (True, None, ("boolean", "1")),
    ("=1+1", None, ("formula", "=1+1")),
    ("1,200", None, ("text", "1,200")),
    ("1.200", None, ("text", "1.200")),
    ("  ", None, None),
)


@pytest.mark.parametrize(("value", "look", "told"), KINDS)
def test_a_cell_says_what_it_holds(value, look, told):
    book = openpyxl.Workbook()
    book.active["A1"] = value
    if look:
        book.active["A1"].number_format = look
    target = io.BytesIO()
    book.save(target)
    assert cells(target.getvalue()) == ([told] if told else [])


def test_an_error_of_the_spreadsheet_is_told_as_one():
    data = packed(parts('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'))
    assert cells(data) == [("error", "#REF!")]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
@example("=1+1")
@example("_x0041_")
@example("a\rb\r\nc")
@example("\x01\x00")
def test_a_text_comes_back_as_it_went(text):
    (expected,) = [text.replace("\x00", "").replace("\ufffe", "").replace("\uffff", "")]
    found = cells(written([text]))
    if not expected.strip():
        return
    assert [kind for kind, _ in found] == [CellKind.TEXT]
    assert found[0][1].split() == expected.split()


@settings(max_examples=60, deadline=None)
@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False))
def test_a_number_comes_back_as_it_went(number):
    ((kind, text),) = cells(written([float(number)]))
    assert (kind, Decimal(text)) == ("number", number)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_spoiled_file_is_read_or_refused(place, noise):
    data = bytearray(written(["a", 1], ["b", 2]))
    data[place : place + len(noise)] = noise
    try:
        check_container(bytes(data))
        workbook_child.read(bytes(data))
    except (RefusalError, workbook_child.RefusedError):
        return


@pytest.mark.parametrize(
    ("place", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (100, "CV"), (200, "GR")]
)
def test_columns_are_called_as_the_spreadsheet_calls_them(place, letters):
    assert column_letters(place) == letters
