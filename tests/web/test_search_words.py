"""A search forgives accents, endings and a word that is not finished yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.web.search import SearchWords, stems

TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("educación", "educacion"),
        ("educación", "educaciones"),
        ("mujer", "mujeres"),
        ("año", "años"),
        ("niña", "niños"),
        ("Conectar", "CONECTADAS"),
        ("inversión", "inversiones"),
        ("médico", "medicas"),
        ("escuela", "Escuelas"),
        ("región", "regiones"),
        ("país", "países"),
        ("red", "redes"),
        ("plan", "planes"),
        ("base", "bases"),
        ("hospital", "hospitales"),
    ],
)
def test_two_forms_of_a_word_have_one_stem(one, other):
    assert stems(one) == stems(other)


def test_the_enye_is_a_letter():
    assert stems("caña") != stems("cana")


def test_words_without_meaning_are_left_out():
    assert stems("Conectar las escuelas y las escuelas") == "conect escuel"


@pytest.mark.parametrize("typed", ["banda ancha", "ancha de banda", "ban", "BANDAS anch", "Bánda"])
def test_a_title_is_found(typed):
    assert SearchWords.of(typed).match("Centros con banda ancha")


@pytest.mark.parametrize("typed", ["educ", "educac", "educaci", "educacio", "educación"])
def test_a_word_is_found_while_it_is_typed(typed):
    assert SearchWords.of(typed).match("Educación media")


def test_every_word_must_be_there():
    assert not SearchWords.of("banda médica").match("Centros con banda ancha")


def test_only_empty_words_look_for_nothing():
    assert not SearchWords.of(" de la ")
    assert SearchWords.of("").query == ""


def test_the_query_is_the_words_and_a_prefix():
    assert SearchWords.of("banda anch").query == "'band' & ('anch':*)"


def test_what_was_looked_for_is_marked():
    pieces = SearchWords.of("banda").split("Con banda ancha")
    assert pieces == (("Con ", False), ("banda", True), (" ancha", False))


def test_two_words_have_two_stems():
    assert not SearchWords.of("validar").match("Valle")


@given(TEXT)
def test_whatever_is_typed_is_a_query_of_letters_and_digits(text):
    words = SearchWords.of(text)
    assert all(found.isalnum() for found in (*words.stems, *words.endings))


@given(TEXT, TEXT)
def test_the_pieces_of_a_text_make_the_text(query, text):
    assert "".join(piece for piece, _ in SearchWords.of(query).split(text)) == text
