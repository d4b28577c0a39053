"""The narrative plan in Word, for whoever must go on writing: same words, real headings."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from sigpret.documents.minutes_word import WRITTEN, table
from sigpret.documents.plan_narrative import (
    CURVE_HEADERS,
    CURVE_NOTE,
    PRODUCT_HEADERS,
    TITLE,
    ended,
    product_cells,
    summary,
    told_objective,
    told_products,
    told_result,
)
from sigpret.documents.plan_paper import PaperGroup, PaperObjective, PlanPaper
from sigpret.documents.plan_report import DEMO


def plan_narrative_docx(paper: PlanPaper) -> bytes:
    """The narrative as an Office Open XML text. It is a copy: the PDF is the document."""
    document = Document()
    prepare(document, paper)
    document.add_heading(f"{TITLE} {paper.fiscal_year}", 0)
    document.add_paragraph(paper.institution)
    document.add_paragraph(f"{paper.printed_at} · {paper.standing}")
    if paper.is_demo:
        document.add_paragraph(DEMO)
    document.add_paragraph(summary(paper))
    for heading, text in (("Misión", paper.mission), ("Visión", paper.vision)):
        if text:
            document.add_heading(heading, 1)
            document.add_paragraph(text)
    for objective in paper.objectives:
        add_objective(document, objective)
    if paper.curve:
        document.add_heading("Curva agregada de producción física", 1)
        rows = ((row.quarter, row.planned, row.to_date, row.percent) for row in paper.curve)
        table(document, CURVE_HEADERS, rows)
        document.add_paragraph(CURVE_NOTE)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def prepare(document: Any, paper: PlanPaper) -> None:
    stated = document.core_properties
    stated.title, stated.author = f"{TITLE} {paper.fiscal_year}", "SIGPRET"
    stated.language, stated.comments = "es-HN", ""
    stated.created = stated.modified = WRITTEN
    document.styles["Normal"].font.size = Pt(10.5)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.59), Cm(27.94)
    page.left_margin = page.right_margin = Cm(2)


def add_objective(document: Any, objective: PaperObjective) -> None:
    document.add_heading(f"Objetivo {objective.number}", 1)
    document.add_paragraph(told_objective(objective))
    for result in objective.results:
        document.add_paragraph(told_result(result))
    for group in objective.groups:
        add_group(document, objective, group)


def add_group(document: Any, objective: PaperObjective, group: PaperGroup) -> None:
    document.add_heading(f"Objetivo operativo {group.number}", 2)
    document.add_paragraph(ended(group.text))
    if not group.products:
        document.add_paragraph("Sin productos.")
        return
    rows = (product_cells(objective, product) for product in group.products)
    table(document, PRODUCT_HEADERS, rows)
    for name, *lines in told_products(objective, group):
        document.add_paragraph().add_run(name).bold = True
        for line in lines:
            document.add_paragraph(line, style="List Bullet")
