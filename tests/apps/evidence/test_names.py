"""The name a file is downloaded under can do nothing but name it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.apps.evidence.names import LONGEST, clean_name, shown_name
from sigpret.intake.files.kinds import CSV, JPEG, KINDS, PDF, XLSX

EXAMPLES = {
    "as people write it": ("Lista, asistencia (18-09).pdf", PDF, "Lista, asistencia (18-09).pdf"),
    "with accents": ("Capacitación_ñandú.PDF", PDF, "Capacitación_ñandú.pdf"),
    "with the folder of a computer": ("C:\\Users\\luis\\acta.pdf", PDF, "acta.pdf"),
    "that climbs": ("../../etc/passwd", PDF, "passwd.pdf"),
    "that breaks a header": ('acta.pdf"\r\nSet-Cookie: x=1', PDF, "acta.pdf_ Set-Cookie_ x_1.pdf"),
    "that reads backwards": ("acta\u202efdp.exe", PDF, "actafdp.exe.pdf"),
    "with what nobody sees": ("ac\u200bta\u00ad.csv", CSV, "acta.csv"),
    "of another kind": ("foto.exe", JPEG, "foto.exe.jpg"),
    "with the other ending of its kind": ("foto.JPEG", JPEG, "foto.jpeg"),
    "of a device": ("CON.pdf", PDF, "_CON.pdf"),
    "of nothing": ("", XLSX, "evidencia.xlsx"),
    "of points": (" .. . ", PDF, "evidencia.pdf"),
    "of marks": ("<b>=cmd|x", CSV, "_b__cmd_x.csv"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "kind", "clean"), EXAMPLES.values(), ids=EXAMPLES)
def test_a_name_keeps_what_people_read(raw, kind, clean):
    assert clean_name(raw, kind) == clean


def test_a_very_long_name_keeps_its_ending():
    name = clean_name("a" * 500 + ".pdf", PDF)
    assert len(name) == LONGEST
    assert name.endswith(".pdf")


names = st.text(max_size=300) | st.text(alphabet=" ./\\\r\n\t\u202e\u200f\u0301aé.pdf:\"'|<>*?")
kinds = st.sampled_from(sorted(KINDS.values(), key=lambda kind: kind.label))


@given(names, kinds)
def test_a_clean_name_is_fit_for_every_use(raw, kind):
    name = clean_name(raw, kind)
    assert 0 < len(name) <= LONGEST
    assert name.endswith(kind.suffixes)
    assert not set(name) & set('/\\\r\n\t"<>|:*?;%')
    assert not name.startswith((".", " "))
    assert all(unicodedata.category(character)[0] in "LNPSZ" for character in name)
    assert all(unicodedata.category(character) != "Cf" for character in name)


@given(names, kinds)
def test_cleaning_a_name_again_changes_nothing(raw, kind):
    name = clean_name(raw, kind)
    assert clean_name(name, kind) == name


@given(names)
def test_a_name_shown_in_a_sentence_is_one_line(raw):
    name = shown_name(raw)
    assert 0 < len(name) <= LONGEST
    assert name.isprintable()
