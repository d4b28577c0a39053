"""The minutes and the proof of a conformity as another reader sees them: poppler.

pdfium reads them in the other tests; a document that only the maker's own library opens proves
nothing. Without poppler-utils on the machine these tests are skipped and say so.
"""

import shutil
import subprocess
from dataclasses import replace

import pytest

from sigpret.documents.conformity import ConformityProof, conformity_pdf
from sigpret.documents.minutes import minutes_pdf
from tests.documents.test_minutes import MOMENT, PAPER

TOOLS = ("pdfinfo", "pdftotext", "pdffonts")
pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="poppler-utils is not installed"
)
PROOF = ConformityProof(
    mesa="MESGEPRET Salud",
    code="07-2026",
    version=5,
    name="Julia Haylock",
    post="Dirección de Redes",
    institution="SESAL",
    session="martes 20 de octubre de 2026, 9:00 a 11:10 a. m.",
    agreed_at="viernes 23 de octubre de 2026, 7:42 a. m.",
    digest="c41e07b2" * 8,
    verified_at="https://sigpret.example/verificar/c41e07b2c41e07b2",
    mine=(("7.3", "Entregar la lista de repuestos", "28 de octubre de 2026"),),
)
MADE = {
    "minutes": lambda: minutes_pdf(PAPER, written_at=MOMENT),
    "draft": lambda: minutes_pdf(replace(PAPER, is_final=False), written_at=MOMENT),
    "proof": lambda: conformity_pdf(PROOF, written_at=MOMENT),
}


@pytest.fixture(scope="module", params=MADE)
def document(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("poppler") / f"{request.param}.pdf"
    path.write_bytes(MADE[request.param]())
    return path


def said(tool: str, *arguments: str) -> str:
    done = subprocess.run([tool, *arguments], capture_output=True, check=True, timeout=60)
    # The titles of the structure come as UTF-16 among the UTF-8.
    return done.stdout.decode("utf-8", errors="replace")


def test_poppler_finds_pdf_a_with_tags_and_nothing_that_runs(document):
    facts = {
        key.strip(): value.strip()
        for key, _colon, value in (
            line.partition(":") for line in said("pdfinfo", str(document)).splitlines()
        )
    }
    assert (facts["Tagged"], facts["JavaScript"], facts["Encrypted"]) == ("yes", "no", "no")
    assert "07-2026" in facts["Title"]
    declared = said("pdfinfo", "-meta", str(document))
    assert "<pdfaid:part>3</pdfaid:part>" in declared
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in declared


def test_its_structure_has_headings_and_tables(document):
    structure = said("pdfinfo", "-struct", str(document))
    assert {"Document", "H1", "H2", "Table"} <= set(structure.split())


def test_every_font_is_embedded_and_says_its_letters(document):
    _names, _rule, *fonts = said("pdffonts", str(document)).splitlines()
    assert fonts
    for font in fonts:
        embedded, _subset, letters = font.split()[-5:-2]
        assert (embedded, letters) == ("yes", "yes"), font


def test_its_words_are_read_in_order(document):
    text = said("pdftotext", str(document), "-")
    assert "07-2026" in text
    assert "á" in text or "é" in text
    flat = "".join(text.split())
    assert "c41e07b2" * 2 in flat
