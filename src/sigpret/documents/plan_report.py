"""The plan as the official report: the fields of R00822953 in its order, as PDF/A and as XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sigpret.documents.pdf import compile_pdf
from sigpret.documents.plan_paper import (
    REPORT_ID,
    PaperObjective,
    PaperProduct,
    PlanPaper,
    printed,
)

TITLE = "Plan estratégico y operativo"
COLUMNS = (
    ("Producto", 68),
    ("Unidad de Medida", 24),
    ("Periodicidad", 20),
    ("Producción Anual", 14),
)
DEMO = "Datos ficticios de demostración."
INK, HEADING, LINE = "#0D3550", "#E3F0F7", "#DDE2E7"


def plan_report_pdf(paper: PlanPaper, *, written_at: datetime) -> bytes:
    """The report as tagged PDF/A-3a; the same bytes for the same plan and moment."""
    data = {
        "kind": TITLE,
        "title": f"{TITLE} {paper.fiscal_year}",
        "corner": [f"REP: {REPORT_ID}", paper.printed_at],
        "footer": f"{paper.institution} · {paper.fiscal_year} · {REPORT_ID} · {paper.standing}",
        "is_demo": paper.is_demo,
        "facts": [list(pair) for pair in facts(paper)],
        "headers": [name for name, _width in COLUMNS],
        "objectives": [objective_data(objective) for objective in paper.objectives],
    }
    return compile_pdf("plan_report.typ", data, written_at=written_at)


def facts(paper: PlanPaper) -> tuple[tuple[str, str], ...]:
    """What the header of the report states, then mission and vision when there are."""
    stated = (
        ("Institución", paper.institution),
        ("Ejercicio", str(paper.fiscal_year)),
        ("Gestión", str(paper.fiscal_year)),
        ("Misión", paper.mission),
        ("Visión", paper.vision),
    )
    return tuple(pair for pair in stated if pair[1])


def objective_data(objective: PaperObjective) -> dict[str, Any]:
    return {
        "text": objective.printed,
        "results": [
            [
                [label, said]
                for label, said in (
                    ("Resultado", f"{result.number} - {result.text}"),
                    ("Supuesto", result.assumption),
                    ("Población Objetivo", result.population),
                )
                if said
            ]
            for result in objective.results
        ],
        "groups": [
            {
                "text": f"{group.number} {group.text}",
                "rows": [list(cells(product)) for product in group.products],
            }
            for group in objective.groups
        ],
    }


def cells(product: PaperProduct) -> tuple[str, str, str, str]:
    """A row of the table as printed."""
    return (
        f"{product.number} - {product.name}",
        product.unit,
        product.periodicity,
        printed(product.annual_output),
    )


def plan_report_xlsx(paper: PlanPaper, *, written_at: datetime) -> bytes:
    """The report as XLSX, its quantities as numbers. A text is always a text, never a formula."""
    memory = BytesIO()
    book = Book(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": f"{TITLE} {paper.fiscal_year}", "created": written_at.replace(tzinfo=None)}
    )
    sheet = book.add_worksheet(REPORT_ID)
    for place, (_name, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
    pen = Pen(sheet, Looks.of(book))
    pen.text(f"{TITLE} {paper.fiscal_year}", pen.looks.title)
    for label, said in (*facts(paper), ("REP", REPORT_ID), ("Impreso", paper.printed_at)):
        pen.labelled(label, said)
    pen.labelled("Situación", paper.standing)
    if paper.is_demo:
        pen.text(DEMO, pen.looks.wrapped)
    for objective in paper.objectives:
        write_objective(pen, objective)
    finish(sheet)
    book.close()
    return memory.getvalue()


@dataclass(frozen=True, slots=True)
class Looks:
    """The few formats of the workbook, each made once."""

    title: Format
    wrapped: Format
    heading: Format
    header: Format
    cell: Format
    number: Format

    @classmethod
    def of(cls, book: Book) -> Looks:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        boxed = {**base, "border": 1, "border_color": LINE, "text_wrap": True}
        return cls(
            title=book.add_format({**base, "bold": True, "font_size": 14}),
            wrapped=book.add_format({**base, "text_wrap": True}),
            heading=book.add_format({**base, "bold": True, "bg_color": HEADING, "text_wrap": True}),
            header=book.add_format(
                {**boxed, "bold": True, "bg_color": INK, "font_color": "#FFFFFF"}
            ),
            cell=book.add_format(boxed),
            number=book.add_format({**boxed, "num_format": "#,##0.####", "align": "right"}),
        )


@dataclass(slots=True)
class Pen:
    """Writes line after line; texts that take the whole width are merged across the columns."""

    sheet: Worksheet
    looks: Looks
    line: int = 0

    def text(self, said: str, look: Format) -> None:
        last = len(COLUMNS) - 1
        self.sheet.merge_range(self.line, 0, self.line, last, "", look)
        self.sheet.write_string(self.line, 0, said, look)
        self.sheet.set_row(self.line, height_of(said))
        self.line += 1

    def labelled(self, label: str, said: str) -> None:
        self.text(f"{label}: {said}", self.looks.wrapped)

    def row(self, product: PaperProduct) -> None:
        *texts, _output = cells(product)
        for place, said in enumerate(texts):
            self.sheet.write_string(self.line, place, said, self.looks.cell)
        if product.annual_output is None:
            self.sheet.write_blank(self.line, len(texts), None, self.looks.number)
        else:
            amount = float(product.annual_output)
            self.sheet.write_number(self.line, len(texts), amount, self.looks.number)
        self.line += 1

    def header(self) -> None:
        for place, (name, _width) in enumerate(COLUMNS):
            self.sheet.write_string(self.line, place, name, self.looks.header)
        self.line += 1


#: A merged cell does not grow with its text: its row is as tall as the text needs.
LETTERS_PER_LINE, LINE_HEIGHT = 120, 14


def height_of(said: str) -> int:
    return LINE_HEIGHT * (len(said) // LETTERS_PER_LINE + 1) + 3


def write_objective(pen: Pen, objective: PaperObjective) -> None:
    pen.line += 1
    pen.text(f"OBJETIVO: {objective.printed}", pen.looks.heading)
    for result in objective.results:
        pen.labelled("Resultado", f"{result.number} - {result.text}")
        if result.assumption:
            pen.labelled("Supuesto", result.assumption)
        if result.population:
            pen.labelled("Población Objetivo", result.population)
    for group in objective.groups:
        pen.labelled("Objetivo Operativo", f"{group.number} {group.text}")
        pen.header()
        for product in group.products:
            pen.row(product)


def finish(sheet: Worksheet) -> None:
    """Ready to print on pages one wide."""
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPágina &P de &N")
