"""Reasons survive being stored, and are printed for people only when read."""

from decimal import Decimal

import pytest

from sigpret.methodology.achievement import achieve
from sigpret.methodology.explain import Explanation, Part, period_word
from sigpret.methodology.measure import AcrossYears, Sense
from sigpret.methodology.periods import Period
from tests.methodology.examples import POLICY, measure

CASES = [
    measure("10 20 30 40", "10 — 12.5"),
    measure("10 20 30 40", "— — —"),
    measure("4 3 2 1", "5 3 3", sense=Sense.DESCENDING, baseline=Decimal(6)),
    measure("2025: 4; 2026: 3", "2025: 4; 2026-Q1: 9", kind=AcrossYears.ANNUAL_REDUCTION),
    measure("4 4 4", "4 4 9", sense=Sense.MAINTAIN, tolerance=Decimal("0.5")),
]


@pytest.mark.parametrize("chosen", CASES)
def test_a_stored_reason_reads_the_same(chosen):
    seen = achieve(chosen, as_of=Period.quarter(2026, 3), policy=POLICY)
    for figure in (seen.period, seen.to_date, seen.annual, seen.multi_year):
        stored = figure.explanation.to_json()
        again = Explanation.from_json(stored)
        assert again == figure.explanation
        assert again.sentence() == stored["sentence"]


def test_a_sentence_prints_each_kind_of_parameter():
    explanation = Explanation(
        "rule",
        "%(period)s, %(year)s, %(word)s: %(number)s y %(missing)s, %(share)s %%",
        {
            "period": period_word(Period.quarter(2026, 3)),
            "year": period_word(Period.of_year(2026)),
            "word": "palabra",
            "number": Decimal("1234.5"),
            "missing": None,
            "share": Decimal("61.005"),
        },
    )
    assert explanation.sentence() == (
        "III trimestre de 2026, ejercicio 2026, palabra: 1,234.5 y sin\u00a0dato, 61.01\u00a0%"
    )


def test_template_and_words_may_be_translated():
    explanation = Explanation("rule", "%(word)s", {"word": "meta"})
    assert explanation.sentence({"%(word)s": "¡%(word)s!", "meta": "goal"}.__getitem__) == "¡goal!"


def test_every_number_opens_to_its_parts():
    seen = achieve(CASES[0], as_of=Period.quarter(2026, 3), policy=POLICY)
    assert seen.to_date.explanation.parts == (
        Part("X", "", Period.quarter(2026, 1), Decimal(10), Decimal(10)),
        Part("X", "", Period.quarter(2026, 2), Decimal(20), None),
        Part("X", "", Period.quarter(2026, 3), Decimal(30), Decimal("12.5")),
    )
    assert sum(part.planned for part in seen.to_date.explanation.parts) == seen.to_date.planned


def test_a_part_without_a_period_survives_being_stored():
    part = Part("meta 1", "Escuelas", value=Decimal("80.50"), weight=Decimal(1))
    assert Part.from_json(part.to_json()) == part
