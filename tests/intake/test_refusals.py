"""What cannot be understood is refused: which line, why, and nothing claimed."""

import pytest

from tests.intake.plans import fixture_bytes, plan, read, rules

TEXT = fixture_bytes().decode()
ROW = "5 - Estaciones de alerta instaladas\t145 - REPORTE\t2 - Semestral\t2"

# name: (what the fixture says, what the damaged file says instead, rule, line)
DAMAGE = {
    "a line of noise in a table": (ROW, ROW + "\n@@@@ ####", "unknown_line", 33),
    "a line of noise before any text": ("\n\nPLAN", "ruido\n\nPLAN", "unknown_line", 1),
    "a line of noise after a blank": (
        "\n\nVISIÓN",
        "\n\nQué es esto\n\nVISIÓN",
        "unknown_line",
        18,
    ),
    "a line of noise under a short text": (
        "Población Objetivo: 170 - BENEFICIARIAS\n",
        "Población Objetivo: 170 - BENEFICIARIAS\nBENEFICIARIOS\n",
        "unknown_line",
        94,
    ),
    "a row that lost its number": (ROW, ROW[4:], "unknown_line", 32),
    "a row that lost its dash": (ROW, ROW.replace("5 - E", "5 E"), "unknown_line", 32),
    "a row that lost its unit": (ROW, ROW.replace("\t145 - REPORTE", ""), "incomplete_row", 32),
    "an empty unit": (ROW, ROW.replace("145 - REPORTE", ""), "incomplete_row", 32),
    "a unit without code": (ROW, ROW.replace("145 - ", ""), "incomplete_row", 32),
    "a periodicity without code": (ROW, ROW.replace("2 - S", "S"), "incomplete_row", 32),
    "a fifth cell": (ROW, ROW + "\t9", "unreadable_table", 32),
    "a repeated product": (ROW, ROW + "\n" + ROW, "duplicated_number", 33),
    "an objective without number": ("OBJETIVO: 1 - ", "OBJETIVO: ", "missing_number", 20),
    "an empty label": (
        "VISIÓN: Ser una institución reconocida por la calidad de sus mediciones; cercana,"
        " ordenada y transparente.",
        "VISIÓN:",
        "empty_text",
        18,
    ),
    "an empty objective": (
        "OBJETIVO: 3 - Acercar el agua segura a las familias de las aldeas",
        "OBJETIVO:",
        "empty_text",
        81,
    ),
    "a population without code": ("170 - BENEF", "BENEF", "unreadable_code", 93),
    "a date that does not exist": ("03/02/2026 0", "31/02/2026 0", "unreadable_header", 14),
    "an hour that does not exist": ("09:15:30 a", "13:15:30 a", "unreadable_header", 14),
    "a minute that does not exist": ("09:15:30 a.m.", "09:75:30", "unreadable_header", 14),
    "a title printed twice": (
        "REPÚBLICA DE HONDURAS",
        "REPÚBLICA DE HONDURAS\nREPÚBLICA DE HONDURAS",
        "unreadable_header",
        8,
    ),
    "columns in doubt": (
        "Producto\tUnidad de Medida\tPeriodicidad\tProducción Anual\n1 - Bordos",
        "Producto\tProducción Anual\n1 - Bordos",
        "unknown_line",
        30,
    ),
}


@pytest.mark.parametrize(("before", "after", "rule", "line"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_refused_naming_the_line(before, after, rule, line):
    assert before in TEXT
    outcome = read(TEXT.replace(before, after, 1))
    assert (rule, line) in rules(outcome)
    assert outcome.to_json().keys() == {"findings"}
    assert {finding.severity for finding in outcome.findings} == {"error"}


@pytest.mark.parametrize(("before", "after", "rule", "line"), DAMAGE.values(), ids=DAMAGE.keys())
def test_every_sentence_that_has_a_line_says_it(before, after, rule, line):
    outcome = read(TEXT.replace(before, after, 1))
    for finding in outcome.findings:
        assert str(finding.line) in finding.message
        assert finding.message.endswith(".")


UNDER = "OBJETIVO: 1 - Algo\n\nObjetivo Operativo: 1 Algo\n\n"
SIDE_BY_SIDE = "Producto  Unidad de Medida  Periodicidad  Producción Anual"

MISPLACED = {
    "a result before any objective": "Resultado: 1 - Algo",
    "an assumption before any result": "OBJETIVO: 1 - Algo\n\nSupuesto: Algo",
    "a population before any result": "OBJETIVO: 1 - Algo\n\nPoblación Objetivo: 1 - Algo",
    "an operational objective before any objective": "Objetivo Operativo: 1 Algo",
    "products before any operational objective": (
        "OBJETIVO: 1 - Algo\n\nProducto\tUnidad de Medida\tPeriodicidad\tProducción Anual\n"
        "1 - Algo\t1 - A\t1 - Anual\t1"
    ),
}


@pytest.mark.parametrize("text", MISPLACED.values(), ids=MISPLACED.keys())
def test_what_hangs_from_nothing_is_refused(text):
    assert "misplaced_text" in dict(rules(read(header() + text)))


def header(*, without: str = "") -> str:
    lines = TEXT[: TEXT.index("MISIÓN")].split("\n")
    return "\n".join(line for line in lines if not without or without not in line)


INCOMPLETE = {
    "nothing at all": (b"", "empty_file"),
    "only blanks": (b" \n\r\n\x00", "empty_file"),
    "more than twenty megabytes": (b"a" * (20 * 1024 * 1024 + 1), "file_too_large"),
    "a letter to somebody": ("Estimada señora:\n\nLe escribo.".encode(), "not_a_plan_report"),
    "another report": (header().replace("R00822953", "R00811111").encode(), "not_a_plan_report"),
    "no report line": (TEXT.replace("REP:R00822953", "").encode(), "not_a_plan_report"),
    "only the header": (header().encode(), "no_objectives"),
    "no institution": (TEXT.replace("Institución: 912", "").encode(), "unknown_line"),
    "a workbook": (b"PK\x03\x04" + b"\x00" * 40, "unsupported_type"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 40, "unsupported_type"),
    "an image": (b"\x89PNG\r\n", "unsupported_type"),
    "bytes of no kind": (b"REP\x81\x8d\x8f", "unsupported_type"),
    "half a UTF-16 file": (b"\xff\xfea", "unsupported_type"),
    "zero bytes inside": (TEXT.replace("Ser una", "Ser\x00una").encode(), "unreadable_characters"),
    "characters already lost": (TEXT.replace("ñ", "\ufffd").encode(), "unreadable_characters"),
    "one broken byte in UTF-8": (TEXT.encode() + b"\xf3", "mixed_encoding"),
    "an accent without a letter, among other alphabets": (
        (TEXT + "\n\n" + "λόγος" * 20).encode(),
        "unknown_line",
    ),
    "a letter under a tower of accents": (
        TEXT.replace("VISIÓN: S", "VISIÓN: S" + "\u0301" * 50).encode(),
        "unreadable_characters",
    ),
}


@pytest.mark.parametrize(("data", "rule"), INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_what_is_not_the_report_is_refused_in_a_sentence(data, rule):
    outcome = read(data)
    assert outcome.document is None
    assert outcome.findings[0].rule == rule


@pytest.mark.parametrize(
    ("missing", "rule"),
    [("Institución", "incomplete_header"), ("2026", "incomplete_header")],
)
def test_a_report_that_does_not_say_whose_or_when_is_refused(missing, rule):
    body = "OBJETIVO: 1 - Algo"
    kept = header(without=missing).replace("GESTIÓN:2026", "")
    assert rules(read(kept + body)) == [(rule, None)]


def test_a_hostile_file_shows_its_first_errors_and_counts_the_rest():
    outcome = read(TEXT + "\n\nruido" * 300)
    assert len(outcome.findings) == 101
    assert outcome.findings[-1].rule == "too_many_problems"
    assert "problemas más" in outcome.findings[-1].message


def test_many_repeated_products_show_the_first_and_count_the_rest():
    outcome = read(TEXT.rstrip() + ("\n" + ROW) * 300)
    assert len(outcome.findings) == 101
    assert "200 problemas más" in outcome.findings[-1].message


def test_texts_that_are_foreign_to_the_report_do_not_hide_in_it():
    """Accents in pieces and in one are one letter; three dots of a page header are nobody's."""
    decomposed = TEXT.replace("ó", "o\u0301")
    assert plan(decomposed) == plan()


AMBIGUOUS = {
    "two products side by side": (
        "1 - Obra   145 - REPORTE   1 - Anual   2   2 - Obra   145 - REPORTE   1 - Anual   2"
    ),
    "single spaces and a name with a code": "1 - Plan 12 - Obra 145 - REPORTE 1 - Anual 2",
    "a lone number before any product": "12",
    "a cell that begins no product": "Obra\t145 - REPORTE\t1 - Anual\t2",
    "two outputs": "1 - Obra   145 - REPORTE   1 - Anual   2   3",
    "a coded cell of no product": (
        "1 - Obra   145 - REPORTE   1 - Anual   2\n           150 - INSTITUCION"
    ),
    "a second unit for the product that follows": (
        "1 - Obra   145 - REPORTE   1 - Anual   2\n           150 -\n           151 -\n"
        "2 - Pozo   145 - REPORTE   1 - Anual   2"
    ),
    "a unit above no product": "1 - Obra\t1 - A\t1 - Anual\t2\n\t1 - B\t\t",
}


@pytest.mark.parametrize("row", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_a_row_that_can_be_read_two_ways_is_refused(row):
    outcome = read(header() + UNDER + f"{SIDE_BY_SIDE}\n{row}\n")
    assert outcome.document is None
    assert outcome.findings[0].line > 15


HEADINGS = {
    "columns in another order, without tabs": (
        "Producto  Periodicidad  Unidad de Medida  Producción Anual",
        "1 - Obra  1 - Anual  145 - REPORTE  2",
    ),
    "a heading that does not begin with the product": (
        "Periodicidad\tProducto\tUnidad de Medida\tProducción Anual",
        "1 - Anual\t1 - Obra\t145 - REPORTE\t2",
    ),
    "columns nothing tells apart": (
        "Producto\nUnidad de Medida\nPeriodicidad\nProducción Anual",
        "1 - Obra 145 - REPORTE   1 - Anual   2",
    ),
}


@pytest.mark.parametrize(("heading", "row"), HEADINGS.values(), ids=HEADINGS.keys())
def test_a_table_whose_columns_are_in_doubt_is_refused(heading, row):
    outcome = read(header() + UNDER + f"{heading}\n{row}\n")
    assert outcome.document is None
    assert outcome.findings[0].line > 15


def test_a_full_cell_that_touches_the_next_is_cut_where_the_columns_say():
    rows = "1 - Obras de riego 145 - REPORTE     1 - Anual     2"
    heading = "Producto           Unidad de Medida  Periodicidad  Producción Anual"
    (placed,) = plan(header() + UNDER + f"{heading}\n{rows}\n").placed_products()
    assert (placed.product.name, str(placed.product.unit_of_measure)) == (
        "Obras de riego",
        "145 - REPORTE",
    )


def test_a_page_that_goes_on_keeps_the_columns_of_the_page_before():
    heading = "Producto           Unidad de Medida  Periodicidad  Producción Anual"
    first = "1 - Pozos          145 - REPORTE     1 - Anual     2"
    second = "2 - Obras de riego 145 - REPORTE     1 - Anual     3"
    text = header() + UNDER + f"{heading}\n{first}\n{header()}\n{second}\n"
    names = [placed.product.name for placed in plan(text).placed_products()]
    assert names == ["Pozos", "Obras de riego"]


def test_blank_lines_between_cells_do_not_matter():
    cells = "Producto\n\nUnidad de\nMedida\n\nPeriodicidad\n\nProducción\nAnual\n\n"
    row = "1 - Pozos\n\n145 - REPORTE\n\n1 - Anual\n\n3\n"
    (placed,) = plan(header() + UNDER + cells + row).placed_products()
    assert placed.product.annual_output == 3


def test_a_long_line_that_begins_like_a_heading_is_text():
    text = "OBJETIVO: 1 - Algo\n\nProducto " + "x" * 3000
    assert [rule for rule, _ in rules(read(header() + text))] == ["unknown_line"]


def test_a_label_whose_value_is_nowhere_is_refused():
    assert ("unknown_line", 1) in rules(read("Institución:\n" + TEXT))


def test_columns_in_another_order_are_read_by_their_heading_when_tabs_part_them():
    text = (
        "OBJETIVO: 1 - Algo\n\nObjetivo Operativo: 1 Algo\n\n"
        "Productos\tPeriodicidad\tUnidad de Medida\tProducción Anual\n"
        "1 - Obra\t1 - Anual\t145 - REPORTE\t2\n"
    )
    (placed,) = plan(header() + text).placed_products()
    assert str(placed.product.unit_of_measure) == "145 - REPORTE"


def test_texts_side_by_side_are_told_apart():
    text = "OBJETIVO: 1 - Algo\n\nResultado: 1 - Logrado      Supuesto: Hay agua\n"
    (objective,) = plan(header() + text).objectives
    assert (objective.results[0].text, objective.results[0].assumption) == ("Logrado", "Hay agua")


def test_a_title_inside_a_name_is_not_a_page_header():
    long = "Informe sobre la cooperación de los municipios con la"
    rest = "\t149 - INFORME\t1 - Anual\t1"
    table = (
        "OBJETIVO: 1 - Algo\n\nObjetivo Operativo: 1 Algo\n\n"
        "Producto\tUnidad de Medida\tPeriodicidad\tProducción Anual\n"
        f"1 - {long}\nRepública de Honduras{rest}\n"
    )
    (placed,) = plan(header() + table).placed_products()
    assert placed.product.name == f"{long} República de Honduras"
    # The title has room for the word below it: whatever it is, it was not wrapped.
    doubtful = table + f"2 - {long}\nRepública de Honduras\nfin{rest}\n"
    assert [rule for rule, _ in rules(read(header() + doubtful))] == ["unknown_line"]


def test_noise_that_looks_like_a_row_never_enters_the_row_above():
    noise = ROW.replace("5 - ", "5 ").replace("145 - ", "145 ")
    outcome = read(TEXT.replace(ROW, noise))
    assert rules(outcome) == [("unknown_line", 32)]
