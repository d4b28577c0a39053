"""The quarters of a product make its year, in the way the product accumulates."""

from decimal import Decimal

import pytest

from sigpret.methodology.measure import Accumulation
from sigpret.methodology.plans import quarters
from sigpret.methodology.plans.facts import PlanFacts, ProductFacts
from tests.methodology.examples import MISSING, POLICY, decimal

SUM, LAST, AVERAGE, MAXIMUM = Accumulation


def product(cells: str, annual: str, **changes: object) -> ProductFacts:
    first, second, third, fourth = map(decimal, cells.split())
    facts = {"quarters": (first, second, third, fourth), "annual_output": decimal(annual)}
    return ProductFacts(1, "2.6", 2, **{"per_year": 4, **facts, **changes})


def said(facts: ProductFacts) -> list[str]:
    found = quarters.check(PlanFacts(2027, products=(facts,)), POLICY)
    return [line for one in found for line in (one.sentence(), *(fix.label() for fix in one.fixes))]


COHERENT = [
    ("the four add up", SUM, "1 2 1 2", "6"),
    ("what is not due is not counted", SUM, "— 1 — 1", "2"),
    ("nothing planned of a year of zero", SUM, "— — — —", "0"),
    ("nothing planned of a year left blank", SUM, "— — — —", MISSING),
    ("the last one is the year", LAST, "97 60 80 97", "97"),
    ("the mean is the year", AVERAGE, "80 90 100 90", "90"),
    ("a mean of thirds, as it is kept", AVERAGE, "1 — 1 2", "1.3333"),
    ("the highest is the year", MAXIMUM, "60 80 97 90", "97"),
]


@pytest.mark.parametrize(("why", "rule", "cells", "annual"), COHERENT)
def test_quarters_that_make_the_year_say_nothing(
    why: str, rule: Accumulation, cells: str, annual: str
) -> None:
    assert said(product(cells, annual, accumulation=rule)) == [], why


INCOHERENT = [
    (
        SUM,
        "1 2 1 1",
        "6",
        "Los trimestres suman 5 y la producción anual dice 6: falta ubicar 1.",
        ["Sumarlo al III trimestre", "Sumarlo al IV trimestre", "Poner 5 en anual"],
    ),
    (
        SUM,
        "1 2 0 1",
        "3",
        "Los trimestres suman 4 y la producción anual dice 3: sobra 1.",
        ["Restarlo al II trimestre", "Restarlo al IV trimestre", "Poner 4 en anual"],
    ),
    (
        SUM,
        "— — — —",
        "6",
        "La producción anual dice 6 y ningún trimestre la programa: repártala.",
        ["Sumarlo al III trimestre", "Sumarlo al IV trimestre"],
    ),
    (
        SUM,
        "1 — — 1",
        MISSING,
        "Los trimestres dan 2 y la producción anual está en blanco.",
        ["Poner 2 en anual"],
    ),
    (
        LAST,
        "97 60 80 90",
        "97",
        "El último trimestre dice 90 y la producción anual, 97.",
        ["Poner 97 en el IV trimestre", "Poner 90 en anual"],
    ),
    (
        AVERAGE,
        "80 90 100 98",
        "97",
        "El promedio de los trimestres es 92 y la producción anual dice 97.",
        ["Poner 92 en anual"],
    ),
    (
        MAXIMUM,
        "60 80 90 90",
        "97",
        "El mayor de los trimestres es 90 y la producción anual dice 97.",
        ["Poner 90 en anual"],
    ),
]


@pytest.mark.parametrize(("rule", "cells", "annual", "sentence", "fixes"), INCOHERENT)
def test_quarters_that_do_not_make_the_year_say_it_and_offer_what_mends_it(
    rule: Accumulation, cells: str, annual: str, sentence: str, fixes: list[str]
) -> None:
    assert said(product(cells, annual, accumulation=rule)) == [sentence, *fixes]


def test_the_difference_goes_to_the_quarters_in_which_it_is_due() -> None:
    found = said(product("— 1 — —", "2", per_year=2))
    assert found[1:] == ["Sumarlo al II trimestre", "Sumarlo al IV trimestre", "Poner 1 en anual"]


def test_any_repair_leaves_the_product_coherent() -> None:
    facts = product("1 2 1 1", "6")
    (finding,) = quarters.check(PlanFacts(2027, products=(facts,)), POLICY)
    for fix in finding.fixes:
        cells = [str(value) for value in facts.quarters]
        annual = "6"
        if fix.field == "annual_output":
            annual = str(fix.value)
        else:
            cells[int(fix.field) - 1] = str(fix.value)
        assert said(product(" ".join(cells), annual)) == []


def test_a_repair_never_leaves_less_than_nothing() -> None:
    (finding,) = quarters.check(PlanFacts(2027, products=(product("0 0 1 0", "0"),)), POLICY)
    assert all(fix.value is not None and fix.value >= Decimal(0) for fix in finding.fixes)


def test_an_average_is_rounded_as_people_round():
    planned = [Decimal("0.0001"), Decimal("0.0004")]
    assert quarters.year_made(AVERAGE, planned) == Decimal("0.0003")
    planned = [Decimal("0.0002"), Decimal("0.0003")]
    assert quarters.year_made(AVERAGE, planned) == Decimal("0.0003")
