"""A product that a mesa writes (diagnosis, progress report): archivable PDF, and Word to edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document

from sigpret.documents.minutes import paragraphs
from sigpret.documents.minutes_word import WRITTEN, table
from sigpret.documents.pdf import compile_pdf

NOT_APPROVED = "El nivel político de la mesa no lo ha aprobado: puede cambiar."
COLUMNS = ("N.º", "Desafío", "Evidencia", "Meta")


@dataclass(frozen=True, slots=True)
class ProductSection:
    """A heading and its text; a line break starts a paragraph."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ProductPaper:
    """Everything the document says. `facts` are label and value, `challenges` the rows of
    `COLUMNS`; `digest` is hexadecimal, or empty while it was never proposed."""

    kind: str
    title: str
    mesa: str
    version: int
    facts: tuple[tuple[str, str], ...]
    sections: tuple[ProductSection, ...]
    challenges: tuple[tuple[str, str, str, str], ...] = ()
    is_approved: bool = False
    digest: str = ""
    is_demo: bool = False


def product_pdf(paper: ProductPaper, *, written_at: datetime) -> bytes:
    """Tagged PDF/A-3a. `written_at` (aware) is when it was last written or decided; with the same
    paper and moment the bytes are the same."""
    data = {
        "kind": paper.kind,
        "title": paper.title,
        "corner": [f"Mesa de {paper.mesa}", f"Versión {paper.version}"],
        "footer": f"{paper.title} · versión {paper.version}",
        "is_demo": paper.is_demo,
        "notice": "" if paper.is_approved else NOT_APPROVED,
        "facts": [list(fact) for fact in paper.facts],
        "sections": [[one.heading, paragraphs(one.text)] for one in paper.sections],
        "columns": list(COLUMNS),
        "challenges": [list(row) for row in paper.challenges],
        "digest": paper.digest,
    }
    return compile_pdf("mesa_product.typ", data, written_at=written_at)


def product_docx(paper: ProductPaper) -> bytes:
    """The same words in a file that word processors open."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language = paper.title, "SIGPRET", "es-HN"
    facts.created = facts.modified = WRITTEN
    facts.comments = ""
    document.add_heading(paper.title, 0)
    if not paper.is_approved:
        document.add_paragraph().add_run(NOT_APPROVED).bold = True
    if paper.is_demo:
        document.add_paragraph("Datos ficticios de demostración.")
    for label, said in paper.facts:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(said)
    for section in paper.sections:
        document.add_heading(section.heading, 1)
        for text in paragraphs(section.text) or ["—"]:
            document.add_paragraph(text)
    if paper.challenges:
        document.add_heading("Desafíos del sector", 1)
        table(document, COLUMNS, paper.challenges)
    if paper.digest:
        document.add_paragraph(f"Huella de lo propuesto: {paper.digest}")
    made = BytesIO()
    document.save(made)
    return made.getvalue()
