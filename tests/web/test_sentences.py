"""The shell says a refusal of the pure core in the language of whoever reads it."""

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from sigpret.methodology.chain import LinkError, check_not_itself
from sigpret.web.sentences import said

TEXT = "Una meta no puede contribuir a sí misma."


@pytest.fixture
def english(monkeypatch):
    """A catalogue with one sentence, as a country with another language would bring it."""
    catalogue = trans_real.translation("en")
    monkeypatch.setitem(catalogue._catalog._catalogs[0], TEXT, "A goal cannot serve itself.")
    with translation.override("en"):
        yield


def test_a_refusal_is_said_in_the_language_of_the_reader(english):
    with pytest.raises(LinkError) as refused:
        check_not_itself("I1", "I1")
    assert said(refused.value) == "A goal cannot serve itself."


def test_without_a_translation_it_is_said_in_spanish():
    with pytest.raises(LinkError) as refused:
        check_not_itself("I1", "I1")
    assert said(refused.value) == TEXT
    assert said("Texto de una persona") == "Texto de una persona"
    assert said(ValueError(7)) == "7"
