"""The ayuda memoria on paper: what the guidelines ask, archivable, tagged, and the same in Word."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document

from sigpret.documents.minutes import (
    DRAFT,
    MinutesAgreement,
    MinutesPaper,
    MinutesPerson,
    MinutesPrevious,
    MinutesSignature,
    MinutesTopic,
    minutes_pdf,
)
from sigpret.documents.minutes_word import minutes_docx

MOMENT = datetime(2026, 10, 20, 22, 10, tzinfo=UTC)
HOSTILE = '#import "x"; {{ 7*7 }} <script>alert(1)</script> \\ $ * _ =cmd'
PAPER = MinutesPaper(
    code="07-2026",
    mesa="Salud",
    meeting=7,
    version=5,
    facts=(
        ("No. de Acta", "07-2026"),
        ("Sesión", "martes 20 de octubre de 2026, 9:00 a 11:10 a. m."),
        ("Lugar", "Centro Cívico, torre 1, sala 4B"),
    ),
    people=tuple(
        MinutesPerson(f"Persona {n}", "Planificación", "SESAL", "acreditada", "presente")
        for n in range(60)
    ),
    opening="Se comprobó el quórum.",
    topics=tuple(
        MinutesTopic(
            number,
            f"Tema {number}",
            "Expuso: SESAL",
            "Se revisó la caída.\nSe oyó a la ONCAE.",
            (
                MinutesAgreement(
                    f"7.{number}",
                    "Solicitar la compra de emergencia",
                    "38 renglones comprados",
                    "Marta Zúniga, Coordinación técnica, SESAL",
                    "23 de octubre de 2026",
                ),
            ),
        )
        for number in range(1, 4)
    ),
    previous=(MinutesPrevious("6.1", "Remitir la lista", "SESAL", "5 de octubre", "pendiente"),),
    closing="La próxima sesión es en noviembre.",
    signatures=(MinutesSignature("Delmy Murillo", "SESAL", "Conforme, 21 de octubre"),),
    digest="c41e07b2" * 8,
    verify_at="https://sigpret.example/verificar/c41e07b2c41e07b2",
    is_final=True,
)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(said.split())


def words_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("is_final", [True, False])
def test_the_document_can_be_archived_and_read_aloud(is_final):
    data = minutes_pdf(replace(PAPER, is_final=is_final), written_at=MOMENT)
    document = pypdfium2.PdfDocument(data)
    assert b"<pdfaid:part>3</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert b"/Lang(es-HN)" in data
    assert "07-2026" in document.get_metadata_dict()["Title"]


def test_it_says_everything_the_guidelines_ask():
    said = text_of(minutes_pdf(PAPER, written_at=MOMENT))
    asked = (
        "07-2026",  # No. de Acta de Acuerdos
        "martes 20 de octubre de 2026, 9:00",  # Fecha y Hora
        "Centro Cívico",  # Lugar
        "Persona 59",  # Lista de Participantes
        "Agenda de trabajo",
        "Acuerdo 7.3.",  # acuerdos alcanzados
        "38 renglones comprados",  # con sus respectivos resultados relevantes
        "Remitir la lista",  # seguimiento de los acuerdos
    )
    for words in asked:
        assert words in said


def test_it_carries_its_digest_and_where_to_check_it():
    said = text_of(minutes_pdf(PAPER, written_at=MOMENT)).replace(" ", "")
    assert PAPER.digest in said
    assert "verificar/c41e07b2c41e07b2" in said


def test_a_draft_says_that_it_is_one():
    draft = replace(PAPER, is_final=False)
    assert DRAFT in text_of(minutes_pdf(draft, written_at=MOMENT))
    assert DRAFT in words_of(minutes_docx(draft))
    assert DRAFT not in text_of(minutes_pdf(PAPER, written_at=MOMENT))


def test_the_same_minutes_have_the_same_bytes():
    assert minutes_pdf(PAPER, written_at=MOMENT) == minutes_pdf(PAPER, written_at=MOMENT)


def test_what_somebody_wrote_is_text_and_never_markup():
    paper = replace(PAPER, opening=HOSTILE, closing=HOSTILE)
    assert "{{ 7*7 }}" in text_of(minutes_pdf(paper, written_at=MOMENT))
    assert HOSTILE in words_of(minutes_docx(paper))


def test_the_word_file_has_real_headings_tables_and_its_language():
    data = minutes_docx(PAPER)
    document = Document(BytesIO(data))
    styles = [one.style.name for one in document.paragraphs]
    assert {"Title", "Heading 1", "Heading 2"} <= set(styles)
    assert len(document.tables) == 3
    assert document.core_properties.language == "es-HN"
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert b"w:tblHeader" in packed.read("word/document.xml")


def test_word_says_the_same_as_the_document():
    said = words_of(minutes_docx(PAPER))
    for words in ("Acuerdo 7.2. ", "38 renglones comprados", "Persona 59", PAPER.digest):
        assert words in said
