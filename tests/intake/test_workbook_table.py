"""The table of a workbook that came back: found by its header, matched by identifier."""

import pytest

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.workbooks.cells import CellKind, ReadCell, ReadRow, ReadSheet
from sigpret.intake.workbooks.table import (
    Table,
    TableSpec,
    folded,
    read_identity,
    read_table,
)

SPEC = TableSpec(
    identifier="Identificador",
    columns={"value": "Ejecutado", "category": "Tipo de causa", "cause": "Causa"},
    identity_sheet="_sigpret",
)
HEADER = ("Identificador", "Producto", "Ejecutado", "Tipo de causa", "Causa")


def sheet(*rows, name="Llenar", is_hidden=False, first=1) -> ReadSheet:
    return ReadSheet(
        name,
        is_hidden,
        tuple(
            ReadRow(
                number,
                {
                    place: ReadCell(CellKind.TEXT, text)
                    for place, text in enumerate(row, 1)
                    if text is not None
                },
            )
            for number, row in enumerate(rows, first)
        ),
    )


IDENTITY = sheet(
    ("kind", "report"),
    ("scope", "0801"),
    ("period", "2026-Q3"),
    ("version", "1"),
    ("row product-1", '{"version": "3", "value": "24"}'),
    ("row product-2", "not JSON"),
    name="_sigpret",
    is_hidden=True,
)


def texts(table: Table) -> dict[str, dict[str, str]]:
    return {
        row.identifier: {key: cell.text for key, cell in row.cells.items()} for row in table.rows
    }


def refusal(*sheets: ReadSheet) -> str:
    with pytest.raises(RefusalError) as refused:
        read_table(sheets, SPEC)
    return str(refused.value)


ROWS = (("product-1", "Camas", "24", None, None), ("product-2", "Becas", "7", "Personal", "Falta"))
EXPECTED = {
    "product-1": {"value": "24"},
    "product-2": {"value": "7", "category": "Personal", "cause": "Falta"},
}


def shuffled(order: tuple[int, ...]) -> ReadSheet:
    return sheet(*(tuple(row[place] for place in order) for row in (HEADER, *ROWS)))


SAME = {
    "as it went": sheet(HEADER, *ROWS),
    "rows in another order": sheet(HEADER, *reversed(ROWS)),
    "columns in another order": shuffled((4, 2, 0, 3, 1)),
    "a column added in between": sheet(
        (*HEADER[:2], "Nota mía", *HEADER[2:]), *((*row[:2], "x", *row[2:]) for row in ROWS)
    ),
    "a title above": sheet(("Reporte",), ("SESAL",), HEADER, *ROWS),
    "a header retyped": sheet(
        ("IDENTIFICADOR", "Producto", " ejecutado ", "Tipo  de causa:", "CAUSA."), *ROWS
    ),
    "a column of ours that is not written removed": sheet(
        *((row[0], *row[2:]) for row in (HEADER, *ROWS))
    ),
}


@pytest.mark.parametrize("changed", SAME.values(), ids=SAME.keys())
def test_what_people_may_do_to_a_sheet_changes_nothing(changed):
    assert texts(read_table((changed, IDENTITY), SPEC)) == EXPECTED


def test_a_row_knows_its_number_and_a_column_its_letter():
    table = read_table((sheet(("Reporte",), HEADER, *ROWS),), SPEC)
    assert table.letters == {"value": "C", "category": "D", "cause": "E"}
    assert [row.number for row in table.rows] == [3, 4]


def test_a_row_somebody_added_has_no_identifier():
    table = read_table((sheet(HEADER, (None, "Otra", "5", None, None)),), SPEC)
    assert texts(table) == {"": {"value": "5"}}


def test_a_repeated_identifier_says_its_rows():
    table = read_table((sheet(HEADER, ROWS[0], ROWS[1], ROWS[0]),), SPEC)
    assert table.repeated == {"product-1": (2, 4)}


def test_a_renamed_column_is_named_with_what_took_its_place():
    said = refusal(sheet(("Identificador", "Ejecutdo", "Tipo de causa", "Causa")))
    assert "Falta la columna «Ejecutado» en la hoja «Llenar»." in said
    assert "¿Es «Ejecutdo»?" in said


def test_a_column_that_is_gone_is_named():
    assert "«Causa»" in refusal(sheet(("Identificador", "Ejecutado", "Tipo de causa")))


def test_a_column_that_stands_twice_is_named_with_its_letters():
    said = refusal(sheet((*HEADER, "Ejecutado")))
    assert "La columna «Ejecutado» está dos veces (C y F)" in said


def test_two_sheets_alike_are_named():
    said = refusal(sheet(HEADER, *ROWS), sheet(HEADER, *ROWS, name="Llenar (2)"))
    assert "«Llenar» y «Llenar (2)»" in said


def test_a_hidden_copy_is_no_second_sheet():
    copy = sheet(HEADER, *ROWS, name="Copia", is_hidden=True)
    assert texts(read_table((sheet(HEADER, *ROWS), copy), SPEC)) == EXPECTED


def test_a_book_without_header_is_refused():
    assert "«Identificador»" in refusal(sheet(("Producto", "Ejecutado")))


def test_the_identity_comes_with_what_each_row_said():
    identity = read_identity((IDENTITY,), SPEC)
    assert (identity.kind, identity.scope, identity.period) == ("report", "0801", "2026-Q3")
    assert identity.base == {"product-1": {"version": "3", "value": "24"}}


def test_a_book_without_identity_is_refused():
    with pytest.raises(RefusalError, match="identificación"):
        read_identity((sheet(HEADER),), SPEC)


@pytest.mark.parametrize(
    "text", ["Situación", " SITUACION ", "situacio\u0301n", "Situación:", "Situación *"]
)
def test_headers_are_compared_without_accents_or_marks(text):
    assert folded(text) == "situacion"


def test_an_optional_column_may_be_missing():
    spec = TableSpec(
        "Identificador", {**SPEC.columns, "note": "Nota"}, "_sigpret", frozenset(["note"])
    )
    table = read_table((sheet(HEADER, *ROWS),), spec)
    assert "note" not in table.letters
