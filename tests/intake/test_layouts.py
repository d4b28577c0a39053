"""One plan, many ways to print it, one document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigpret.intake.rows import PlanDocument
from tests.intake.layouts import Style, render, without_accents
from tests.intake.plans import EXAMPLES, documents, plan, read, rules, without_lines

STYLES = {
    "tab-separated": Style(),
    "without the last cell": Style(missing_last_cell=True),
    "names wrapped before the tab": Style(name_width=40),
    "names that go on after the tabs": Style(layout="tabs_first", name_width=40),
    "every text wrapped": Style(name_width=60, text_width=70),
    "columns": Style(layout="columns"),
    "columns with texts wrapped": Style(layout="columns", text_width=90),
    "columns, cells on the last line of a name": Style(layout="columns", cells_at="last"),
    "columns, cells in the middle of a name": Style(layout="columns", cells_at="middle"),
    "columns that move on every page": Style(
        layout="columns", name_width=44, rows_per_page=4, header_seed=7
    ),
    "one cell per line": Style(layout="cells"),
    "one cell per line, wrapped": Style(layout="cells", name_width=50, text_width=64),
    "single spaces": Style(layout="spaces"),
    "single spaces, wrapped": Style(layout="spaces", name_width=48, text_width=80),
    "a page every two rows": Style(rows_per_page=2),
    "headers in another order on every page": Style(rows_per_page=3, header_seed=1),
    "pages marked with form feeds": Style(rows_per_page=3, form_feed=True),
    "Windows line ends": Style(newline="\r\n"),
    "old Macintosh line ends": Style(newline="\r"),
    "a byte order mark": Style(encoding="utf-8-sig"),
    "Windows-1252": Style(encoding="cp1252"),
    "Latin-1": Style(encoding="latin-1"),
    "UTF-16": Style(encoding="utf-16"),
    "non-breaking spaces": Style(space="\xa0"),
    "lower-case keywords": Style(keywords="lower"),
    "upper-case keywords": Style(keywords="upper"),
    "zero-padded codes": Style(padding=6),
    "a 24-hour clock": Style(clock_24=True),
    "thousands separated": Style(grouped=True),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_every_layout_reads_to_the_same_document(style):
    document = plan()
    assert without_lines(plan(render(document, style))) == without_lines(document)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_no_layout_adds_a_finding_of_its_own(style):
    assert rules(read(render(plan(), style))) == []


@pytest.mark.parametrize("layout", ["tabs", "columns", "cells", "spaces"])
def test_a_report_without_accents_reads_as_it_is_written(layout):
    printed = render(plan(), Style(layout=layout)).decode()
    plain = plan(without_accents(printed))
    expected = without_accents(str(without_lines(plan()).to_json()))
    assert str(without_lines(plain).to_json()) == expected


def styles() -> st.SearchStrategy[Style]:
    narrow = st.one_of(st.none(), st.integers(36, 90))
    return st.builds(
        Style,
        layout=st.sampled_from(["tabs", "tabs_first", "columns", "cells", "spaces"]),
        name_width=narrow,
        text_width=narrow,
        rows_per_page=st.one_of(st.none(), st.integers(1, 4)),
        header_seed=st.one_of(st.none(), st.integers(0, 99)),
        newline=st.sampled_from(["\n", "\r\n"]),
        encoding=st.sampled_from(["utf-8", "cp1252"]),
        keywords=st.sampled_from(["as_printed", "upper", "lower"]),
        padding=st.integers(0, 4),
        clock_24=st.booleans(),
        grouped=st.booleans(),
        missing_last_cell=st.booleans(),
        cells_at=st.sampled_from(["first", "last", "middle"]),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents(), styles())
def test_any_plan_in_any_layout_reads_back_equal(document: PlanDocument, style: Style):
    assert without_lines(plan(render(document, style))) == document


def test_the_fixture_has_the_shape_of_the_first_plan_of_the_country():
    document = plan()
    products = [placed.product for placed in document.placed_products()]
    produced = [p.annual_output for p in products if p.annual_output is not None]
    sizes = [
        [len(part.products) for part in objective.operational_objectives]
        for objective in document.objectives
    ]
    assert [len(objective.results) for objective in document.objectives] == [1, 1, 2]
    assert (sizes, len(produced), sum(produced)) == ([[6], [11], [13]], 17, 72)
