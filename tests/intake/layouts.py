"""A plan printed in every layout the report is met in: the inverse of the reader."""

from __future__ import annotations

import random
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sigpret.intake.rows import Coded, OperationalObjective, PlanDocument, Product

HEADING = ("Producto", "Unidad de Medida", "Periodicidad", "Producción Anual")
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Style:
    """How one file is printed; the defaults are those of the seed."""

    layout: str = "tabs"
    name_width: int | None = None
    text_width: int | None = None
    rows_per_page: int | None = None
    header_seed: int | None = None
    newline: str = "\n"
    encoding: str = "utf-8"
    space: str = " "
    keywords: str = "as_printed"
    padding: int = 0
    clock_24: bool = False
    missing_last_cell: bool = False
    grouped: bool = False
    form_feed: bool = False
    cells_at: str = "first"

    def code(self, code: str) -> str:
        return code.zfill(self.padding)

    def coded(self, entry: Coded) -> str:
        return f"{self.code(entry.code)} - {entry.name}"

    def keyword(self, text: str) -> str:
        if self.keywords == "upper":
            return text.upper()
        return text.lower() if self.keywords == "lower" else text

    def row(self, product: Product) -> Row:
        output = "" if product.annual_output is None else format(product.annual_output, "f")
        if output and self.grouped:
            output = f"{product.annual_output:,f}"
        return (
            f"{self.code(str(product.number))} - {product.name}",
            self.coded(product.unit_of_measure),
            self.coded(product.periodicity),
            output,
        )


def render(document: PlanDocument, style: Style) -> bytes:
    """The bytes of the file."""
    lines = [line.replace(" ", style.space) for line in _lines(document, style)]
    return style.newline.join([*lines, ""]).encode(style.encoding)


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _lines(document: PlanDocument, style: Style) -> Iterator[str]:
    pages = random.Random(style.header_seed)
    yield from _header(document, style, pages)
    for label, text in (("MISIÓN", document.mission), ("VISIÓN", document.vision)):
        if text is not None:
            yield from _text(label, text, style)
    for objective in document.objectives:
        stated = list(_objective(objective, style))
        yield from stated
        for result in objective.results:
            yield from _text("Resultado", f"{result.number} - {result.text}", style)
            if result.assumption is not None:
                yield from _text("Supuesto", result.assumption, style)
            if result.target_population is not None:
                yield from _text("Población Objetivo", style.coded(result.target_population), style)
        for operational in objective.operational_objectives:
            under = list(
                _text("Objetivo Operativo", f"{operational.number} {operational.text}", style)
            )
            yield from under
            for number, rows in enumerate(_page_rows(operational, style)):
                if number:
                    yield from _header(document, style, pages)
                    yield from [*stated, *under]
                yield from _table(rows, style, pages)


def _objective(objective, style):
    reference = f"({objective.program_ref})" if objective.program_ref else ""
    return _text("OBJETIVO", f"{objective.number} - {objective.text}{reference}", style)


def _page_rows(operational: OperationalObjective, style: Style) -> list[list[Row]]:
    rows = [style.row(product) for product in operational.products]
    size = style.rows_per_page or max(len(rows), 1)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _header(document: PlanDocument, style: Style, pages: random.Random) -> list[str]:
    instant = datetime.fromisoformat(document.report.printed_at)
    clock = instant.strftime("%H:%M:%S")
    if not style.clock_24:
        half = "a.m." if instant.hour < 12 else "p.m."
        clock = f"{instant.hour % 12 or 12:02}:{instant.minute:02}:{instant.second:02} {half}"
    blocks = [
        [style.keyword("PLAN ESTRATÉGICO Y OPERATIVO")],
        [f"{style.keyword('Institución')}: {style.coded(document.institution)}"],
        [style.keyword("REPÚBLICA DE HONDURAS"), style.keyword("SECRETARÍA DE FINANZAS")],
        [f"{style.keyword('EJERCICIO')}: {document.fiscal_year}"],
        [f"REP:{document.report.id}", f"{style.keyword('GESTIÓN')}:{document.fiscal_year}"],
        [f"{instant:%d/%m/%Y} {clock}"],
    ]
    if style.header_seed is not None:
        pages.shuffle(blocks)
    if style.layout == "columns":
        lines = [
            " " * 4 + (" " * 12).join(one + two)
            for one, two in zip(blocks[::2], blocks[1::2], strict=True)
        ]
    else:
        lines = [line for block in blocks for line in (*block, "")]
    feed = "\f" if style.form_feed else ""
    return [feed, "", *lines, ""]


def _text(label: str, text: str, style: Style) -> list[str]:
    whole = f"{style.keyword(label)}: {text}"
    if style.layout == "cells" and style.text_width is None:
        return [f"{style.keyword(label)}:", text, ""]
    pieces = [whole]
    if style.text_width:
        pieces = _wrap(whole, style.text_width)
    return [*pieces, ""]


def _wrap(text: str, width: int | None) -> list[str]:
    if width is None:
        return [text]
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _table(rows: list[Row], style: Style, pages: random.Random) -> Iterator[str]:
    heading = [style.keyword(title) for title in HEADING]
    gap = {"tabs": "\t", "tabs_first": "\t", "spaces": " "}.get(style.layout)
    if style.layout == "cells":
        yield from heading
        for row in rows:
            yield from (piece for cell in row for piece in _wrap(cell, style.name_width))
    elif gap:
        yield gap.join(heading)
        for row in rows:
            yield from _joined(row, gap, style)
    else:
        yield from _columns(heading, rows, style, pages)
    yield ""


def _joined(row: Row, gap: str, style: Style) -> list[str]:
    name = _wrap(row[0], style.name_width)
    cells = row if row[3] or not (style.missing_last_cell or gap == " ") else row[:3]
    at = 0 if style.layout == "tabs_first" else -1
    name[at] = gap.join((name[at], *cells[1:]))
    return name


def _columns(heading: list[str], rows: list[Row], style: Style, pages: random.Random):
    width = (style.name_width or 60) + (pages.randrange(12) if style.header_seed else 0)
    unit_width = max(len(row[1]) for row in [*rows, heading]) + 2 + pages.randrange(6)
    unit, left = width + 3, pages.randrange(4)
    period = unit + unit_width
    starts = (left, left + unit, left + period, left + period + 20)
    yield _place(heading, starts)
    for row in rows:
        name = _wrap(row[0], width)
        at = {"first": 0, "last": len(name) - 1, "middle": len(name) // 2}[style.cells_at]
        for place, piece in enumerate(name):
            cells = (piece, *row[1:]) if place == at else (piece,)
            yield _place(cells, starts)


def _place(cells, starts) -> str:
    line = ""
    for cell, start in zip(cells, starts, strict=False):
        if cell:
            line = line.ljust(start) + cell
    return line
