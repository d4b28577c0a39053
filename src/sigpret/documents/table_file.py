"""Tables to be read, as .xlsx bytes: numbers are numbers, and nothing in them is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from sigpret.documents.workbook import Value
from sigpret.documents.workbook_file import BOXED, HEADER, OPTIONS, Pen


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, what stands above it, and a width in characters for each column."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Value, ...], ...]


def tables_xlsx(sheets: Iterable[Sheet], *, written_at: datetime) -> bytes:
    """One sheet after another; the same bytes for the same tables and moment. Raises
    CellTooLongError."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": written_at.replace(tzinfo=None)})
        pen = Pen(book)
        for sheet in sheets:
            _write(pen, sheet)
    return target.getvalue()


def _write(pen: Pen, sheet: Sheet) -> None:
    page = pen.sheet(sheet.name)
    pen.put(page, 0, 0, sheet.title, bold=True, font_size=14)
    for line, note in enumerate(sheet.notes, 1):
        pen.put(page, line, 0, note)
    header = len(sheet.notes) + 2
    for place, (name, width) in enumerate(sheet.columns):
        page.set_column(place, place, width)
        pen.put(page, header, place, name, **HEADER)
    for line, row in enumerate(sheet.rows, header + 1):
        for place, value in enumerate(row):
            pen.put(page, line, place, value, **BOXED)
    page.freeze_panes(header + 1, 2)
    page.repeat_rows(header)
