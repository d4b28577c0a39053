"""Sentences of the pure core read in Spanish, and can be said again in another language."""

import pickle

import pytest

from sigpret.methodology.chain import Level, LinkError, check_levels
from sigpret.methodology.formula import FormulaError, check_parts, parse
from sigpret.methodology.matrix import sheet_pending
from sigpret.methodology.sentences import Sentence, sentence, spoken
from sigpret.methodology.values import ZERO

ENGLISH = {
    "Una meta %(child)s contribuye a una meta %(right)s, no a una %(wrong)s.": (
        "A %(child)s goal serves a %(right)s goal, not a %(wrong)s one."
    ),
    "institucional": "institutional",
    "sectorial": "sectoral",
    "presidencial": "presidential",
    "Antes de «%(piece)s» falta un dato.": "Something is missing before “%(piece)s”.",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


def test_a_sentence_is_its_spanish_text():
    made = sentence("Faltan %(n)s filas.", n=3)
    assert made == "Faltan 3 filas."
    assert f"{made}" == "Faltan 3 filas."


def test_a_sentence_is_said_again_with_the_sentences_inside_it():
    with pytest.raises(LinkError) as refused:
        check_levels(Level.INSTITUTIONAL, Level.PRESIDENTIAL)
    text = refused.value.args[0]
    assert text == "Una meta institucional contribuye a una meta sectorial, no a una presidencial."
    assert (
        spoken(text, english) == "A institutional goal serves a sectoral goal, not a presidential "
        "one."
    )


def test_what_somebody_wrote_is_never_translated():
    with pytest.raises(FormulaError) as refused:
        parse("sectorial + * 2")
    assert spoken(refused.value.args[0], english) == "Something is missing before “*”."
    assert spoken("sectorial", english) == "sectorial"


def test_a_text_without_places_may_say_percent():
    assert sentence("Suman 100 %.") == "Suman 100 %."
    assert spoken(sentence("Suman 100 %."), english) == "Suman 100 %."


def test_a_sentence_travels_between_processes():
    made = pickle.loads(pickle.dumps(sentence("Sobra «%(piece)s» del 5 %%.", piece="x")))  # noqa: S301
    assert (made, made.template, made.params) == (
        "Sobra «x» del 5 %.", "Sobra «%(piece)s» del 5 %%.", {"piece": "x"}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        (["source"], "Ficha pendiente: falta fuente"),
        (["source", "baseline"], "Ficha pendiente: faltan fuente y línea base"),
        (["source", "indicator"], "Ficha pendiente: faltan fuente e indicador"),
        (["formula", "source", "baseline"], "Ficha pendiente: faltan fórmula, fuente y línea base"),
    ],
)
def test_a_pending_sheet_lists_what_it_lacks(missing, text):
    assert sheet_pending(missing) == text


def test_what_the_parts_say_keeps_its_numbers():
    (problem,) = check_parts(ZERO + 5, {"Mujeres": ZERO + 2, "Hombres": ZERO + 4})
    assert isinstance(problem.text, Sentence)
    assert problem.text == "Las partes suman 6 y el total es 5: sobran 1."
