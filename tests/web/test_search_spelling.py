"""One wrong letter is forgiven, and said; only when there is nothing with what was typed."""

import pytest

from sigpret.web.search import SearchWords
from sigpret.web.search.spelling import respelled

TEXTS = ("Kilómetros de carretera pavimentados", "Niñez con educación inicial", "Educación media")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("educasion", "educación"),
        ("carretra", "carretera"),
        ("carrretera", "carretera"),
        ("carertera", "carretera"),
        ("kilometros de carretra", "kilómetros de carretera"),
        ("MP-17 educasion", "mp 17 educación"),
    ],
    ids=["another", "missing", "to spare", "changed places", "among others", "beside a code"],
)
def test_one_wrong_letter_is_forgiven(typed, meant):
    assert respelled(SearchWords.of(typed), TEXTS).text == meant


@pytest.mark.parametrize(
    "typed", ["educasoin media", "hospital", "mesa", "educación", "2026", ""],
    ids=["two letters", "another word", "too short", "well written", "a number", "nothing"],
)  # fmt: skip
def test_nothing_else_is_guessed(typed):
    assert respelled(SearchWords.of(typed), TEXTS) is None
