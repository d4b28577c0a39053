"""The header of a page in the orders and shapes it is met in."""

import pytest

from tests.intake.plans import fixture_bytes, plan, read, rules

TEXT = fixture_bytes().decode()
HEADER, BODY = TEXT[: TEXT.index("MISIÓN")], TEXT[TEXT.index("MISIÓN") :]
CLOCKS = {
    "morning": ("03/02/2026 09:15:30 a.m.", "2026-02-03T09:15:30"),
    "afternoon": ("03/02/2026 09:15:30 p.m.", "2026-02-03T21:15:30"),
    "noon": ("03/02/2026 12:00:00 p.m.", "2026-02-03T12:00:00"),
    "midnight": ("03/02/2026 12:00:00 a. m.", "2026-02-03T00:00:00"),
    "capitals": ("3/2/2026 9:15:30 PM", "2026-02-03T21:15:30"),
    "24 hours": ("03/02/2026 21:15:30", "2026-02-03T21:15:30"),
    "no seconds": ("03/02/2026 21:15", "2026-02-03T21:15:00"),
    "only the day": ("03/02/2026", "2026-02-03"),
    "day and hour on two lines": ("03/02/2026\n09:15:30 a.m.", "2026-02-03T09:15:30"),
    "with their labels": ("Fecha: 03/02/2026 Hora: 09:15", "2026-02-03T09:15:00"),
}
SHAPES = {
    "one line": (
        "REPÚBLICA DE HONDURAS   PLAN ESTRATÉGICO Y OPERATIVO   REP:R00822953   GESTIÓN:2026\n"
        "Institución: 912 - Instituto Ficticio de Riberas y Cuencas   03/02/2026 09:15:30 a.m.\n"
    ),
    "items that touch": (
        "SECRETARÍA DE FINANZAS REP:R00822953 GESTIÓN:2026 03/02/2026 09:15:30 a.m.\n"
        "Institución: 912 - Instituto Ficticio de Riberas y Cuencas EJERCICIO: 2026\n"
    ),
    "values under their labels": (
        "Institución:\n912 - Instituto Ficticio de Riberas y Cuencas\nREP:\nR00822953\n"
        "EJERCICIO:\n2026\n03/02/2026 09:15:30 a.m.\n"
    ),
    "a wrapped institution": (
        "REP: R00822953\nEJERCICIO: 2026\n03/02/2026 09:15:30 a.m.\n"
        "INSTITUCION: 0912 - Instituto Ficticio de Riberas y\nCuencas\n"
    ),
    "an institution with wide gaps": (
        "Institución: 912 - Instituto Ficticio   de Riberas y Cuencas\nREP: r00822953\n"
        "ejercicio fiscal: 2026\n03/02/2026 09:15:30 a.m.\nPágina 1 de 1\n"
    ),
}


@pytest.mark.parametrize(("printed", "instant"), CLOCKS.values(), ids=CLOCKS.keys())
def test_the_instant_of_printing_is_local_and_on_24_hours(printed, instant):
    text = TEXT.replace("03/02/2026 09:15:30 a.m.", printed)
    assert plan(text).report.printed_at == instant


@pytest.mark.parametrize("header", SHAPES.values(), ids=SHAPES.keys())
def test_a_header_reads_in_any_shape(header):
    one_page = BODY[: BODY.index("\n\n\nPLAN")]
    expected = plan(HEADER + one_page)
    got = plan(f"{header}\n{one_page}")
    assert got.institution == expected.institution
    assert (got.fiscal_year, got.report) == (expected.fiscal_year, expected.report)


def test_an_institution_may_bear_the_name_of_a_title():
    text = TEXT.replace(
        "912 - Instituto Ficticio de Riberas y Cuencas", "100 - Secretaría de Finanzas"
    )
    assert str(plan(text).institution) == "100 - Secretaría de Finanzas"


def test_a_line_under_a_short_institution_is_not_its_name():
    text = HEADER.replace("912 - Instituto Ficticio de Riberas y Cuencas", "912 - INFIR\nruido")
    assert ("unknown_line", 6) in rules(read(text + BODY))


def test_an_hour_without_its_day_tells_nothing():
    text = TEXT.replace("03/02/2026 09:15:30 a.m.", "09:15:30 a.m.")
    assert plan(text).report.printed_at is None


def test_numbered_pages_in_order_raise_no_doubt():
    pages = number_pages(["Página 1 de 3", "Página 2 de 3", "Página 3 de 3"])
    assert rules(read(pages)) == []


@pytest.mark.parametrize(
    "numbers",
    [
        ["Página 1 de 3", "Página 3 de 3", "Página 3 de 3"],
        ["Pág. 1", "Pág. 2", "Pág. 4"],
        ["Página 1 de 4", "Página 2 de 4", "Página 3 de 4"],
    ],
)
def test_a_missing_page_is_a_warning(numbers):
    outcome = read(number_pages(numbers))
    assert outcome.document is not None
    assert "continuation_gap" in dict(rules(outcome))


def number_pages(numbers: list[str]) -> str:
    text = TEXT
    for number in numbers:
        text = text.replace("REP:R00822953", f"REP: R00822953\n{number}", 1)
    return text


def test_a_page_that_repeats_no_objective_goes_on_with_a_warning():
    start = TEXT.index("OBJETIVO: 2", TEXT.index("OBJETIVO: 2") + 1)
    text = TEXT[:start] + TEXT[TEXT.index("8 - Mapas") :]
    outcome = read(text)
    assert [rule for rule, _ in rules(outcome)] == ["continuation_gap"]
    sizes = [len(o.operational_objectives[0].products) for o in outcome.document.objectives]
    assert sizes == [6, 11, 13]


@pytest.mark.parametrize(
    ("before", "after", "rule", "severity"),
    [
        ("Institución: 912", "Institución: 913", "inconsistent_institution", "error"),
        ("GESTIÓN:2026", "GESTIÓN:2025", "inconsistent_fiscal_year", "error"),
        ("EJERCICIO: 2026", "EJERCICIO: 2025", "inconsistent_fiscal_year", "error"),
        ("REP:R00822953", "REP:R00811111", "inconsistent_report", "error"),
        ("Instituto Ficticio", "Institución Ficticia", "inconsistent_institution", "warning"),
        ("03/02/2026", "04/02/2026", "inconsistent_print_date", "warning"),
    ],
)
def test_a_page_of_another_report_is_noticed(before, after, rule, severity):
    last = TEXT.rindex(before)
    outcome = read(TEXT[:last] + after + TEXT[last + len(before) :])
    assert [(finding.rule, finding.severity) for finding in outcome.findings] == [(rule, severity)]
    assert (outcome.document is None) == (severity == "error")


CONTINUATIONS = {
    "the objective": ("OBJETIVO: 3 - Acercar", "OBJETIVO: 3 - Alejar"),
    "the operational objective": ("Objetivo Operativo: 1 Construir", "Objetivo Operativo: 1 Hacer"),
}


@pytest.mark.parametrize(("before", "after"), CONTINUATIONS.values(), ids=CONTINUATIONS.keys())
def test_a_continuation_that_says_something_else_is_a_warning(before, after):
    last = TEXT.rindex(before)
    outcome = read(TEXT[:last] + after + TEXT[last + len(before) :])
    assert [rule for rule, _ in rules(outcome)] == ["continuation_text_differs"]
    assert outcome.document.objectives == plan().objectives


def test_two_texts_for_one_number_on_one_page_are_refused():
    text = TEXT.replace("Resultado: 2 - Incrementado", "Resultado: 1 - Incrementado")
    assert [rule for rule, _ in rules(read(text))] == ["duplicated_number"] * 3


def test_pages_out_of_order_are_a_warning():
    at = TEXT.rindex("OBJETIVO: 3")
    again = TEXT[TEXT.index("OBJETIVO: 1") : TEXT.index("Resultado: 1")]
    outcome = read(TEXT[:at] + again + TEXT[at:])
    assert [rule for rule, _ in rules(outcome)] == ["continuation_gap", "continuation_gap"]
    assert outcome.document.objectives[0].number == 1


def test_a_skipped_objective_is_a_warning():
    text = TEXT.replace("OBJETIVO: 3", "OBJETIVO: 4")
    assert dict(rules(read(text))).keys() == {"continuation_gap"}


def test_mission_and_vision_may_be_repeated_on_every_page():
    mission = TEXT[TEXT.index("MISIÓN") : TEXT.index("OBJETIVO")]
    at = TEXT.rindex("OBJETIVO: 3")
    assert plan(TEXT[:at] + mission + TEXT[at:]).mission == plan().mission
