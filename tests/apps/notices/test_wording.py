"""What a template may do: put facts in their place, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.apps.notices.kinds import all_kinds
from sigpret.apps.notices.wording import example, fill, one_line, unknown_words, write
from tests.apps.notices.kinds import PARCEL

HOSTILE = [
    "{cosa.__class__}",
    "{cosa!r}",
    "{0}",
    "{}",
    "{cosa:>1000000}",
    "{{ cosa }}{% load x %}",
    "%(cosa)s $cosa ${cosa}",
]


@pytest.mark.parametrize("template", HOSTILE)
def test_a_template_is_no_language(template):
    filled = fill(template, {"lugar": "Copán"})
    assert filled == template


def test_a_fact_brings_no_template_of_its_own():
    wording = write(PARCEL, PARCEL.subject, PARCEL.text, {"thing": "{lugar}", "place": "Copán"})
    assert wording.title == "Llegó {lugar} a Copán"


@pytest.mark.parametrize(
    "name", ["un libro\r\nBcc: otra@example.hn", "a\nb", "a\x00b", "a\u2028b", "a\x85b", "a\tb"]
)
def test_a_title_is_one_line_whatever_the_fact_says(name):
    wording = write(PARCEL, PARCEL.subject, PARCEL.text, {"thing": name, "place": "x"})
    assert len(wording.title.splitlines()) == 1
    assert "\x00" not in wording.title


@given(st.text(max_size=400))
def test_any_text_becomes_one_line_that_fits(text):
    line = one_line(text)
    assert len(line) <= 200
    assert not set(line) & set("\r\n\x00\x85\u2028\u2029\x0b\x0c")
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("fact", "reads"), [("5:00 p. m.", "Vence a las 5:00 p. m."), ("hoy", "Vence a las hoy.")]
)
def test_a_fact_that_ends_in_a_full_stop_needs_no_other(fact, reads):
    assert fill("Vence a las {hora}.", {"hora": fact}) == reads


def test_words_without_a_fact_are_named():
    assert unknown_words(PARCEL, "{cosa} {precio}", "{precio} {}") == ("precio", "")


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.code)
def test_every_kind_reads_well_with_its_examples(kind):
    wording = example(kind, kind.subject, kind.text)
    assert not unknown_words(kind, kind.subject, kind.text)
    assert "{" not in wording.title + wording.body
    assert 0 < len(wording.title) <= 100
