"""The official report written here is read back as the identical plan."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigpret.intake.rows import (
    Coded,
    Objective,
    OperationalObjective,
    PlanDocument,
    PrintedReport,
    Product,
    Result,
)
from sigpret.intake.writers.report_text import (
    UnprintableError,
    printable,
    printed_moment,
    printed_quantity,
    report_text,
)
from tests.intake.plans import EXAMPLES, documents, plan, without_lines

#: Whatever a person may type or paste in a cell, with what the report uses as marks.
TYPED = st.text(
    st.one_of(
        st.sampled_from(list("aeñÑ óí.,;:()-–—\t\n\"'=+@#/0123456789")),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Mn", "Me")),
    ),
    min_size=1,
    max_size=60,
)
HOSTILE = st.one_of(
    TYPED,
    st.sampled_from(
        [
            "OBJETIVO: 2 - otro",
            "- con guion",
            "12 - con código",
            "Producto Unidad de Medida",
            "REP:R00822953",
            "Página 2 de 3",
            "NP",
            "Institución: 5 - X",
        ]
    ),
)
QUANTITIES = st.one_of(
    st.none(), st.decimals(min_value=0, max_value=10**14, places=4, allow_nan=False)
)


@st.composite
def typed_documents(draw) -> PlanDocument:
    """Plans with any text and number: the ones a screen lets a person keep."""
    numbers = st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True).map(sorted)
    unit = draw(st.sampled_from([Coded("149", "INFORME"), Coded("U25", "CAMPAÑA")]))

    def products():
        return tuple(
            Product(number, draw(HOSTILE), unit, Coded("4", "Trimestral"), draw(QUANTITIES), 0)
            for number in draw(numbers)
        )

    objectives = tuple(
        Objective(
            number,
            draw(HOSTILE),
            draw(st.sampled_from([None, "PG-11"])),
            (Result(1, draw(HOSTILE), draw(st.none() | HOSTILE), draw(st.none() | st.just(unit))),),
            (OperationalObjective(1, draw(HOSTILE), products()),),
        )
        for number in draw(numbers)
    )
    return PlanDocument(
        draw(st.sampled_from([Coded("912", "Instituto"), Coded("SC34", "Instituto")])),
        2026,
        PrintedReport("R00822953", draw(st.sampled_from([None, "2026-04-09T12:02:04"]))),
        draw(st.none() | HOSTILE),
        draw(st.none() | HOSTILE),
        objectives,
    )


def read_back(data: bytes) -> PlanDocument:
    return without_lines(plan(data))


@settings(max_examples=EXAMPLES * 5, deadline=None)
@given(documents())
def test_a_plan_is_read_back_identical(document):
    assert read_back(report_text(document)) == document


@settings(max_examples=EXAMPLES * 10, deadline=None)
@given(typed_documents())
def test_whatever_was_typed_is_read_back_or_named(document):
    try:
        data = report_text(document)
    except UnprintableError as refusal:
        named = refusal.sentences
        data = b""
    else:
        named = ()
    assert all(named)
    assert named or read_back(data) == printable(document)


def test_the_report_of_the_fixture_is_read_back_identical():
    document = without_lines(plan())
    assert read_back(report_text(document)) == document


def test_a_report_written_twice_has_the_same_bytes():
    data = report_text(plan())
    assert report_text(plan(data)) == data


@pytest.mark.parametrize(
    ("quantity", "printed"),
    [
        (None, ""),
        ("0", "0"),
        ("2.0000", "2"),
        ("1.25", "1.25"),
        ("1.125", "1.1250"),
        ("1250", "1250"),
        ("1.2345", "1.2345"),
    ],
)
def test_a_quantity_is_printed_so_that_it_means_one_thing(quantity, printed):
    assert printed_quantity(None if quantity is None else Decimal(quantity)) == printed


@pytest.mark.parametrize(
    ("moment", "printed"),
    [
        ("2026-04-09T10:02:04", "09/04/2026 10:02:04 a.m."),
        ("2026-04-09T00:00:00", "09/04/2026 12:00:00 a.m."),
        ("2026-04-09T12:00:00", "09/04/2026 12:00:00 p.m."),
        ("2026-04-09", "09/04/2026"),
    ],
)
def test_the_moment_is_printed_as_the_report_prints_it(moment, printed):
    assert printed_moment(moment) == printed


def test_a_text_that_would_become_a_programme_is_named():
    document = plan()
    first = replace(document.objectives[0], text="Cuidar (PG-3)", program_ref=None)
    with pytest.raises(UnprintableError, match=r"Objetivo 1"):
        report_text(replace(document, objectives=(first, *document.objectives[1:])))


def test_codes_that_are_not_of_the_siafi_are_read_back():
    document = without_lines(plan())
    objective = document.objectives[2]
    result = replace(objective.results[0], target_population=Coded("B03", "MUJERES"))
    group = objective.operational_objectives[0]
    product = replace(group.products[0], unit_of_measure=Coded("U25", "CAMPAÑA"))
    changed = replace(
        objective,
        results=(result,),
        operational_objectives=(replace(group, products=(product,)),),
    )
    document = replace(document, institution=Coded("SC34", "Instituto"), objectives=(changed,))
    assert read_back(report_text(document)) == document


def test_an_empty_text_is_named():
    document = plan()
    first = replace(document.objectives[0], text=" ", program_ref=None)
    with pytest.raises(UnprintableError):
        report_text(replace(document, objectives=(first, *document.objectives[1:])))
