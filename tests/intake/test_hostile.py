"""Hostile and random text: never a crash, never a value that the file does not state."""

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from sigpret.intake.read_plan import ReadOutcome
from tests.intake.layouts import Style, render
from tests.intake.plans import EXAMPLES, fixture_bytes, plan, read

TEXT = fixture_bytes().decode()
TRAPS = (
    *("\t", "  ", "\n", "\n\n", "\f", "\r", " - ", "-", ":", "0", "9", "12 - ", "1,2", ".", "\x85"),
    *("\ufeff", "\u200b", "\u2028", "\xa0", "\u0301", "²", "REPÚBLICA DE HONDURAS\n", "OBJETIVO: "),
    *("Producto\n", "Página 2\n", "01/01/2026", "Institución: 1 - X\n", "2 - Semestral", "2\n"),
)
LINES = TEXT.split("\n")
# Every whole cell of the fixture: a mutation may lose one, never make up another.
PRODUCTS = {
    (objective.number, product.number): product
    for objective, _, product in plan().placed_products()
}


def assert_states_only_what_is_written(outcome: ReadOutcome, text: str) -> None:
    """Each value of each product stands in the text, spaces and wraps aside."""
    if outcome.document is None:
        assert outcome.findings
        return
    written = "".join(unicodedata.normalize("NFC", text).split())
    for _, _, product in outcome.document.placed_products():
        for value in (product.name, product.unit_of_measure.name, product.periodicity.name):
            for word in value.split():
                assert word in written
        if product.annual_output is not None:
            assert format(product.annual_output, "f").lstrip("0") in written.replace(",", "")


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_without_a_crash(data):
    # Not through a child process: whatever starts like a PDF is tried elsewhere.
    assert read(data.replace(b"%PDF-", b"")).document is None


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(st.lists(st.sampled_from([*LINES, *TRAPS]), max_size=60))
def test_any_shuffle_of_the_lines_of_a_report_is_read_or_refused(lines):
    text = "\n".join(lines)
    assert_states_only_what_is_written(read(text), text)


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.sampled_from(TRAPS)), min_size=1, max_size=4),
    st.integers(0, 12),
    st.sampled_from(["tabs", "columns", "cells", "spaces"]),
)
def test_a_report_with_traps_in_it_states_only_what_is_written(traps, cut, layout):
    text = render(plan(), Style(layout=layout, name_width=50, rows_per_page=4)).decode()
    for place, trap in traps:
        text = text[:place] + trap + text[place + cut :]
    assert_states_only_what_is_written(read(text), text)


def test_a_lost_line_never_moves_a_value_to_another_product():
    for place in range(0, len(LINES), 2):
        outcome = read("\n".join(LINES[:place] + LINES[place + 1 :]))
        for objective, _, product in outcome.document.placed_products() if outcome.document else ():
            original = PRODUCTS.get((objective.number, product.number))
            if original is not None and original.name == product.name:
                assert product.annual_output == original.annual_output
                assert product.unit_of_measure == original.unit_of_measure


def test_a_line_of_noise_anywhere_never_changes_a_product():
    noise = random.Random(7)
    for place in range(0, len(LINES), 2):
        line = noise.choice(
            ["ruido", "@@@ 12", "9", "9 - Nada", "\t\t\t9", "REP", "1,000", "Resultado"]
        )
        outcome = read("\n".join([*LINES[:place], line, *LINES[place:]]))
        if outcome.document is None:
            continue
        for objective, _, product in outcome.document.placed_products():
            original = PRODUCTS[objective.number, product.number]
            kept = (product.unit_of_measure, product.periodicity)
            assert kept == (original.unit_of_measure, original.periodicity)
            assert product.name.startswith(original.name)


def test_a_report_cut_anywhere_is_read_as_far_as_it_goes_or_refused():
    for place in range(0, len(TEXT), 97):
        assert_states_only_what_is_written(read(TEXT[:place]), TEXT[:place])


def test_long_digits_do_not_stop_the_reader():
    outcome = read(TEXT.replace("912 -", "9" * 5000 + " -").replace("1 - Bordos", "9" * 5000))
    assert outcome.document is None
