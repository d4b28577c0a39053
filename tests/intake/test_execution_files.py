"""Files of execution: what is read, what is refused with its reason, what is never guessed."""

import io
import json
from contextlib import suppress
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from sigpret.intake.execution.amounts import (
    COMMA,
    POINT,
    AmountError,
    Formula,
    Written,
    amount,
    amounts,
    amounts_of_rows,
    marks_in,
)
from sigpret.intake.execution.blocks import staged_blocks
from sigpret.intake.execution.columns import headers_digest, missing, propose
from sigpret.intake.execution.keys import KeyFormatError, code_of, name_of, segments_of
from sigpret.intake.execution.moments import MomentError, period_of
from sigpret.intake.execution.reading import ExecutionFileError, Rows, look_at, whole_lines
from sigpret.intake.execution.rows import Order, RowReader, columns_of
from tests.methodology.examples import quick

TWELVE = (
    "Gestión;Institución;GA;UE;Programa;Subprograma;Proyecto;Actividad/Obra;Fuente;Organismo;"
    "Objeto;Beneficiario"
)
MONEY = "Aprobado;Vigente;Devengado"
KEY = "2026;60;1;53;1;0;0;5;11;1;29200;0"


def read(text, *, period="2026-Q1", institution="60", encoding="utf-8", mark=""):
    """The staged rows of a file as dicts, the refused ones by line, and the summary."""
    data = text if isinstance(text, bytes) else text.encode(encoding)
    layout = look_at(io.BytesIO(data))
    order = Order(
        7, 2026, period, institution, mark or layout["mark"] or POINT, layout["mapping"],
        tuple(layout["headers"]),
    )  # fmt: skip
    rows = Rows(io.BytesIO(data), layout, order)
    lines = b"".join(rows).decode().splitlines()
    names = columns_of(layout["mapping"])
    staged = [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
    good = [row for row in staged if row["reason"] == "\\N"]
    refused = {int(row["line_number"]): row["reason"] for row in staged if row not in good}
    return good, refused, rows.summary


@pytest.mark.parametrize(
    ("text", "mark", "plain"),
    [
        ("1,234.50", POINT, "1234.50"),
        ("1234.5", POINT, "1234.5"),
        ("1.234,50", COMMA, "1234.50"),
        ("1.234", COMMA, "1234"),
        ("1,234", POINT, "1234"),
        ("-12.50", POINT, "-12.50"),
        ("(12.50)", POINT, "-12.50"),
        ("12.50-", POINT, "-12.50"),
        ("−12", POINT, "-12"),
        ("L 1,000.00", POINT, "1000.00"),
        ("L. 1,000.00", POINT, "1000.00"),
        ("0", POINT, "0"),
        ("", POINT, ""),
        (" - ", POINT, ""),
        (Written("12.5"), COMMA, "12.5"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, mark, plain):
    assert amount(text, mark) == plain


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1.200", POINT),
        ("1,20", POINT),
        ("1234,567.00", POINT),
        ("12.3.4", POINT),
        ("doce", POINT),
        ("1e9", POINT),
        ("9" * 16, POINT),
        ("=A1+B1", POINT),
        ("٣", POINT),
        ("NaN", POINT),
        (Formula("=SUM(F2:F9)"), POINT),
        (Written("0.125"), POINT),
    ],
)
def test_what_is_no_amount_is_never_guessed(text, mark):
    with pytest.raises(AmountError):
        amount(text, mark)
    assert amounts(text, mark) == ""


@pytest.mark.parametrize(
    ("cells", "mark", "doubtful"),
    [
        (["1,234.50", "10"], POINT, ""),
        (["1.234,50"], COMMA, ""),
        (["12.5"], POINT, ""),
        (["12,50"], COMMA, ""),
        (["1,234,567"], POINT, ""),
        (["1.234.567"], COMMA, ""),
        (["10", "20"], POINT, ""),
        (["1.200"], "", "1.200"),
        (["1,200", "1.200"], "", "1,200"),
        (["1.200", "3.50"], POINT, ""),
        (["1,200.50", "3,5"], "", ""),
        ([Written("12.5"), "1.200"], "", "1.200"),
    ],
)
def test_the_decimal_mark_is_told_or_asked_for(cells, mark, doubtful):
    found = marks_in(cells)
    assert (found.mark, found.doubtful) == (mark, doubtful)


@quick
@given(some.decimals(-(10**14), 10**14, places=2), some.sampled_from([POINT, COMMA]))
def test_what_is_written_with_a_mark_comes_back(value, mark):
    swap = str.maketrans(",.", ".,")
    written = f"{value:,}" if mark == POINT else f"{value:,}".translate(swap)
    assert Decimal(amount(written, mark)) == value
    assert Decimal(amounts(written, mark)) == value


@quick
@given(some.lists(some.text("0123456789.,-() L", max_size=8), min_size=1, max_size=4))
def test_reading_together_says_the_same_as_one_by_one(cells):
    together = amounts("\t".join(cells), POINT)
    if together:
        assert together.split("\t") == [amount(cell, POINT) for cell in cells]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["1", "2,000"], ["3.5", "-4"]], ["1\t2000", "3.5\t-4"]),
        ([["1", "2,000"], ["3.5", "x"]], []),
        ([["1", ""]], []),
        ([["1\t2", "3"]], []),
        ([["1\n2", "3"], ["4", "5"]], []),
        ([["1\t2"], ["3\n4"]], []),
    ],
)
def test_a_cell_never_becomes_two(rows, told):
    assert amounts_of_rows(rows, POINT) == told


A_CELL = some.sampled_from(["1", "2,000.50", "", "x", "3\t4", "5\n6", "(7)", "L 8", "9.999"])
A_KEY = some.sampled_from([KEY, "2025;60;" + KEY[8:], "2026;60;;;;;;;;;;", "TOTAL" + ";" * 11])
A_ROW = some.tuples(A_KEY, some.sampled_from(["Enero", "II trimestre", "hoy"]), A_CELL, A_CELL)


@quick
@given(some.lists(A_ROW, max_size=4), some.integers(0, 3), some.sampled_from([POINT, COMMA]))
def test_rows_read_at_once_say_the_same_as_one_by_one(odd, ordinary, mark):
    rows = [*[(KEY, "Enero", "1", "2")] * ordinary, *odd]
    cells = [[*key.split(";"), moment, *money] for key, moment, *money in rows]
    mapping = propose([*TWELVE.split(";"), "Mes", "Aprobado", "Devengado"])
    order = Order(7, 2026, "", "60", mark, mapping, ())
    at_once, one_by_one = RowReader(order), RowReader(order)
    told = "".join(staged_blocks(at_once, enumerate(cells, 2)))
    assert told == "".join(one_by_one.lines(enumerate(cells, 2)))
    assert at_once.finished() == one_by_one.finished()


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("60", "60", ""),
        ("060 - Secretaría de Salud", "60", "Secretaría de Salud"),
        ("01 - ACTIVIDADES  CENTRALES", "1", "ACTIVIDADES CENTRALES"),
        ("000", "0", ""),
        (" 29200 ", "29200", ""),
        ("A1: Obras", "A1", "Obras"),
    ],
)
def test_a_segment_is_a_code_and_perhaps_a_name(cell, code, name):
    assert (code_of(cell), name_of(cell)) == (code, name)


@pytest.mark.parametrize("cell", ["", "Secretaría de Salud", "6 0", "=1", "12345678901"])
def test_what_is_no_code_is_refused(cell):
    with pytest.raises(KeyFormatError):
        code_of(cell)


def test_a_key_has_twelve_segments():
    assert segments_of("2020-60-1-53-01-0-0-5-11-1-29200-0")[4] == "1"
    with pytest.raises(KeyFormatError, match="11 segmentos y debe tener 12"):
        segments_of("2020-60-1-53-1-0-0-5-11-1-29200")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Enero", "2026-M01"),
        ("ENE", "2026-M01"),
        ("setiembre", "2026-M09"),
        ("12", "2026-M12"),
        ("202603", "2026-M03"),
        ("2026-M03", "2026-M03"),
        ("2026-03", "2026-M03"),
        ("marzo de 2026", "2026-M03"),
        ("I Trimestre", "2026-Q1"),
        ("Trimestre 4", "2026-Q4"),
        ("T2", "2026-Q2"),
        ("2026-Q3", "2026-Q3"),
    ],
)
def test_a_moment_is_a_month_or_a_quarter(cell, code):
    assert period_of(cell, 2026) == code


@pytest.mark.parametrize("cell", ["", "13", "0", "V trimestre", "en", "2025-03", "enero 2025"])
def test_another_moment_is_refused(cell):
    with pytest.raises(MomentError):
        period_of(cell, 2026)


def test_columns_are_recognised_however_they_are_written():
    headers = [*TWELVE.split(";"), "APROBADO", "Modificaciones (+/-)", "devengado"]
    assert missing(propose(headers)) == ()
    assert propose(["Descripción", "Prog.", "Prog."]) == {"program": 1}
    assert missing({"approved": 0}) == ("key", "accrued")
    assert missing({"key": 0, "approved": 1, "accrued": 2}) == ()
    assert missing(propose(headers[1:])) == ("year",)
    assert headers_digest(["Institución"]) == headers_digest(["INSTITUCION "])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_delimiter_and_encoding(encoding, delimiter):
    text = f"{TWELVE};{MONEY}\n{KEY};100;120;30\n".replace(";", delimiter)
    good, refused, _summary = read(text, encoding=encoding)
    assert [row["key"] for row in good] == ["2026-60-1-53-1-0-0-5-11-1-29200-0"]
    assert not refused


def test_titles_above_the_headers_and_notes_below_are_no_lines():
    text = (
        f"SECRETARÍA DE FINANZAS\nEjecución al 31 de marzo\n\n{TWELVE};{MONEY}\n{KEY};100;120;30\n"
        f"{TWELVE};{MONEY}\n;;;;\nFuente: SIAFI\n"
    )
    good, refused, summary = read(text)
    assert len(good) == 1
    assert refused == {8: "no trae la clave presupuestaria"}
    assert summary["rows"] == 2


def test_a_total_is_kept_to_be_compared_and_is_no_line():
    text = (
        f"{TWELVE};{MONEY}\n{KEY};100;120;30\nSubtotal programa 1;;;;;;;;;;;;100;120;30\n"
        "TOTAL GENERAL;;;;;;;;;;;;100.00;120.00;31.00\n"
    )
    good, refused, summary = read(text)
    assert (len(good), refused) == (1, {})
    assert summary["totals"] == {"approved": "100.00", "current": "120.00", "accrued": "31.00"}
    assert summary["totals_line"] == 4


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (KEY.replace("2026", "2025") + ";1;1;1", "es del ejercicio 2025 y aquí se importa el 2026"),
        (KEY.replace(";60;", ";50;") + ";1;1;1",
         "es de la institución 50 y aquí se importa la 60"),
        (KEY + ";1.2.3;1;1", "aprobado: «1.2.3» no es un monto con hasta dos decimales"),
        (KEY + ";1.500;1;1", "aprobado: «1.500» no es un monto con hasta dos decimales"),
        (KEY + ";1;1;", "no trae lo devengado"),
        (KEY.replace("29200", "") + ";1;1;1", "«» no es un código de la clave"),
        (KEY.replace(";11;", ";=1+1;") + ";1;1;1", "«=1+1» no es un código de la clave"),
    ],
)  # fmt: skip
def test_a_refused_row_says_why(row, reason):
    good, refused, summary = read(f"{TWELVE};{MONEY}\n{KEY};10.50;1;1\n{row}\n", mark=POINT)
    assert len(good) == 1
    assert refused == {3: reason}
    assert summary["refused"] == 1


def test_a_refused_row_keeps_what_it_said():
    text = f"{TWELVE};{MONEY}\n2026;x\\y z;1\n{KEY};10.50;1;1\n"
    layout = look_at(io.BytesIO(text.encode()))
    order = Order(7, 2026, "2026-Q1", "60", POINT, layout["mapping"], tuple(layout["headers"]))
    lines = b"".join(Rows(io.BytesIO(text.encode()), layout, order)).decode().splitlines()
    assert "2026 | x\\\\y z | 1" in lines[0]


def test_a_key_in_one_column_and_a_month_in_another():
    text = (
        "Clave;Mes;Aprobado;Devengado\n2026-60-1-53-1-0-0-5-11-1-29200-0;Enero;10;1\n"
        "2026-60-1-53-1-0-0-5-11-1-29200-0;Feb;10;2\n2026-60-1;Marzo;1;1\n"
    )
    good, refused, _summary = read(text, period="")
    assert [row["period"] for row in good] == ["2026-M01", "2026-M02"]
    assert list(refused) == [4]


def test_the_names_of_what_is_new_come_with_the_file():
    text = (
        f"{TWELVE};{MONEY}\n2026;60 - Salud;1;53;1 - CENTRALES;0;0;5 - SERVICIOS;11 - Tesoro;"
        "1 - TGR;29200 - Vigilancia;0;1;1;1\n"
    )
    _good, _refused, summary = read(text)
    assert summary["names"] == {
        "category": {"60-1": "CENTRALES", "60-1-0-0-5": "SERVICIOS"},
        "source": {"11": "Tesoro"},
        "body": {"1": "TGR"},
        "object": {"29200": "Vigilancia"},
    }


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = [
    [*TWELVE.split(";"), *MONEY.split(";")],
    [2026, 60, 1, 53, "01 - CENTRALES", 0, 0, 5, 11, 1, 29200, 0, 1000.5, 1000.5, 0.1],
]


def test_a_workbook_is_read_like_a_text():
    good, refused, _summary = read(workbook(("Hoja", ROWS), ("Notas", [["hola"]])))
    assert not refused
    assert good[0] | {"approved": "1000.5", "accrued": "0.1"} == good[0]
    assert good[0]["key"] == "2026-60-1-53-1-0-0-5-11-1-29200-0"


@pytest.mark.parametrize("mark", [POINT, COMMA])
def test_a_number_of_a_workbook_has_no_mark_to_choose(mark):
    fine, doubtful = [*ROWS[1][:-1], 12.5], [*ROWS[1][:-1], 12.345]
    good, refused, _summary = read(workbook(("Hoja", [ROWS[0], fine, doubtful])), mark=mark)
    assert [row["accrued"] for row in good] == ["12.5"]
    assert refused == {3: "devengado: «12.345» no es un monto con hasta dos decimales"}


def test_a_formula_is_not_computed_here():
    formula = [*ROWS[1][:-1], "=N2*2"]
    _good, refused, _summary = read(workbook(("Hoja", [*ROWS, formula])))
    assert refused == {3: "devengado: es una fórmula; pegue su valor"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vacío"),
        (b"   \n ", "vacío"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "97-2003"),
        (b"PK\x03\x04 no es un libro", "no es un libro"),
        (b"a;b\x00c;d\n1;2;3", "no es de texto"),
        ((";".join(["x"] * 300) + "\n1;2\n").encode(), "300 columnas"),
        (f"{TWELVE};{MONEY}\n".encode(), "no tiene filas"),
        (workbook(("Enero", ROWS), ("Febrero", ROWS)), "«Enero» y «Febrero»"),
    ],
)
def test_a_file_that_is_no_execution_is_refused_with_a_sentence(data, said):
    with pytest.raises(ExecutionFileError, match=said):
        look_at(io.BytesIO(data))


def test_a_quote_without_end_names_its_line():
    text = f'{TWELVE};{MONEY}\n{KEY};10.50;1;1\n"{"x" * 30000}\n'
    with pytest.raises(ExecutionFileError, match="celda que no termina"):
        read(text)


def test_lines_are_never_cut():
    blocks = iter([b"ab", b"c\nde", b"f\n", b"g\nh\n"])
    assert list(whole_lines(blocks)) == [b"abc\n", b"def\n", b"g\nh\n"]
    with pytest.raises(ExecutionFileError):
        list(whole_lines(iter([b"a\nb"])))


@quick
@given(some.binary(max_size=300))
def test_no_bytes_crash_the_look(data):
    with suppress(ExecutionFileError):
        json.dumps(look_at(io.BytesIO(data)))
