"""The ayuda memoria in Word, for whoever must copy or go on writing: same words, real headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from sigpret.documents.minutes import DRAFT, RECIPE, MinutesPaper, MinutesTopic, paragraphs

#: Word asks for a date; one that never changes gives the same words the same file.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
PEOPLE = ("Nombre", "Cargo", "Institución", "Calidad", "Asistencia")
PREVIOUS = ("Acuerdo", "Texto", "Institución", "Vence", "Estado")
SIGNED = ("Nombre", "Institución", "Qué respondió")


def minutes_docx(paper: MinutesPaper) -> bytes:
    """The minutes as an Office Open XML text. It is a copy: the PDF is the document."""
    document = Document()
    prepare(document, paper)
    document.add_heading(paper.title, 0)
    if not paper.is_final:
        document.add_paragraph().add_run(DRAFT).bold = True
    if paper.is_demo:
        document.add_paragraph("Datos ficticios de demostración.")
    for label, said in paper.facts:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(said)
    document.add_heading("Participantes", 1)
    table(
        document,
        PEOPLE,
        ((p.name, p.position, p.institution, p.standing, p.attendance) for p in paper.people),
    )
    document.add_heading("Agenda de trabajo", 1)
    for topic in paper.topics:
        document.add_paragraph(f"{topic.number}. {topic.title}")
    told(document, "Apertura", paper.opening)
    document.add_heading("Lo tratado y lo acordado", 1)
    for topic in paper.topics:
        add_topic(document, topic)
    document.add_heading("Seguimiento de los acuerdos anteriores", 1)
    add_previous(document, paper)
    told(document, "Cierre y seguimiento", paper.closing)
    if paper.signatures:
        document.add_heading("Conformidad", 1)
        table(document, SIGNED, ((s.name, s.institution, s.said) for s in paper.signatures))
    document.add_heading("Huella", 1)
    document.add_paragraph(paper.digest)
    document.add_paragraph(RECIPE)
    if paper.verify_at:
        document.add_paragraph(f"Compruebe el documento en {paper.verify_at}")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def prepare(document: Any, paper: MinutesPaper) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.language = paper.title, "SIGPRET", "es-HN"
    facts.created = facts.modified = WRITTEN
    facts.comments = ""
    document.styles["Normal"].font.size = Pt(10.5)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.59), Cm(27.94)
    page.left_margin = page.right_margin = Cm(2)


def add_topic(document: Any, topic: MinutesTopic) -> None:
    document.add_heading(f"{topic.number}. {topic.title}", 2)
    if topic.detail:
        document.add_paragraph().add_run(topic.detail).italic = True
    for line in paragraphs(topic.notes):
        document.add_paragraph(line)
    if not topic.agreements:
        document.add_paragraph("Sin acuerdos.")
    for row in topic.agreements:
        line = document.add_paragraph()
        line.add_run(f"Acuerdo {row.number}. ").bold = True
        line.add_run(row.text)
        for label, said in (
            ("Resultado esperado", row.result or "—"),
            ("Responsable", row.responsible),
            ("A más tardar", row.due),
            ("Vinculado a", row.linked),
            ("Nota", row.supersedes),
        ):
            if said:
                line.add_run(f"\n{label}: {said}")


def add_previous(document: Any, paper: MinutesPaper) -> None:
    if not paper.previous:
        document.add_paragraph("No había acuerdos pendientes al iniciar la sesión.")
        return
    rows = ((p.number, p.text, p.institution, p.due, p.state) for p in paper.previous)
    table(document, PREVIOUS, rows)


def told(document: Any, heading: str, text: str) -> None:
    if text.strip():
        document.add_heading(heading, 1)
        for line in paragraphs(text):
            document.add_paragraph(line)


def table(document: Any, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose first row is its header on every page."""
    listed = [headers, *rows]
    made = document.add_table(rows=len(listed), cols=len(headers), style="Table Grid")
    for line, said in zip(made.rows, listed, strict=True):
        for cell, text in zip(line.cells, said, strict=True):
            cell.text = text
    for cell in made.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    properties = made.rows[0]._tr.get_or_add_trPr()
    header = properties.makeelement(HEADER, {})
    properties.append(header)


#: The element that repeats a row at the top of every page.
HEADER = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"
