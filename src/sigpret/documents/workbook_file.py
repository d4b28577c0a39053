"""A `Workbook` as .xlsx bytes: locked grey, open white, lists, comments, a hidden identity.

Written cell by cell as text, number or blank: no value is ever interpreted. Excel cannot unfold
groups of a protected sheet, so what is only to be seen stands on a sheet of its own.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sigpret.documents.workbook import (
    CATALOGUES_SHEET,
    FILL_SHEET,
    IDENTIFIER_HEADER,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    REST_SHEET,
    SITUATION_HEADER,
    Column,
    Kind,
    Row,
    Value,
    Workbook,
)

LONGEST_TEXT = 32_767
#: What a spreadsheet takes for a formula when the cell is typed again, also in full width.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
}
GREY, LINE, INK, WHITE, BLUE = "#EEF1F4", "#C9D0D8", "#3B4754", "#FFFFFF", "#0B5CAD"
RED, RED_INK, HEADING = "#FBD9D5", "#8C1D18", "#DDE6EF"
LARGEST = 10**15
IDENTIFIER_WIDTH = 15
SITUATION_WIDTH = 46

Looks = dict[str, Any]


class CellTooLongError(ValueError):
    """A text does not fit in a cell of a workbook; cutting it would lose what it says."""


def write(workbook: Workbook, *, written_at: datetime) -> bytes:
    """The bytes of the .xlsx; the same for the same workbook and date. Raises CellTooLongError."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": workbook.title, "created": written_at.replace(tzinfo=None)})
        pen = Pen(book)
        _fill_sheet(pen, workbook)
        if any(row.is_apart for row in workbook.rows):
            _rest_sheet(pen, workbook)
        _instructions(pen, workbook)
        _catalogues(pen, workbook)
        _identity(pen, workbook)
    return target.getvalue()


class Pen:
    """Writes cells with their looks; each look is made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._formats: dict[str, Format] = {}

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPágina &P de &N")
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, **looks: Any) -> None:
        """One cell: a number as a number, anything else as the text it is."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.look(**looks))
        elif isinstance(value, str):
            self._put_text(sheet, row, column, value, looks)
        else:
            places = "#,##0" if value == int(value) else "#,##0.0###"
            look = self.look(**{"num_format": places, "align": "right", **looks})
            sheet.write_number(row, column, float(value), look)

    def _put_text(self, sheet: Worksheet, row: int, column: int, text: str, looks: Looks) -> None:
        if len(text) > LONGEST_TEXT:
            raise CellTooLongError(text[:80])
        quoted = {"quote_prefix": True} if text.startswith(DANGEROUS) else {}
        sheet.write_string(row, column, text, self.look(**looks, **quoted))

    def look(self, **looks: Any) -> Format:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        key = json.dumps(looks, sort_keys=True)
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**base, **looks})
        return self._formats[key]


BOXED: Looks = {"border": 1, "border_color": LINE, "text_wrap": True}
LOCKED: Looks = {**BOXED, "bg_color": GREY, "font_color": INK, "locked": True}
OPEN: Looks = {**BOXED, "bg_color": WHITE, "locked": False}
WRONG: Looks = {"bg_color": RED, "font_color": RED_INK}
HEADER: Looks = {**BOXED, "bg_color": INK, "font_color": WHITE, "bold": True, "valign": "vcenter"}
OPEN_HEADER: Looks = {**HEADER, "bg_color": BLUE}


def _fill_sheet(pen: Pen, workbook: Workbook) -> None:
    sheet = pen.sheet(FILL_SHEET)
    columns = workbook.columns
    header = _top(pen, sheet, workbook, columns)
    sheet.freeze_panes(header + 1, 3)
    sheet.repeat_rows(header)
    line = header
    for row in workbook.rows:
        if not row.is_apart:
            line += 1
            _row(pen, sheet, line, row, workbook)
    for _ in range(workbook.blank_rows):
        line += 1
        _row(pen, sheet, line, Row("", is_new=True), workbook)
    for place, column in enumerate(columns, 1):
        if column.is_open:
            _rules(sheet, column, workbook, (header + 1, place, max(line, header + 1), place))
    sheet.protect("", PROTECTION)
    sheet.activate()


def _rest_sheet(pen: Pen, workbook: Workbook) -> None:
    sheet = pen.sheet(REST_SHEET)
    columns = tuple(column for column in workbook.columns if not column.is_open)
    line = _top(pen, sheet, workbook, columns)
    sheet.repeat_rows(line)
    for row in workbook.rows:
        if row.is_apart:
            line += 1
            pen.put(sheet, line, 0, row.identifier, **LOCKED)
            for place, column in enumerate(columns, 1):
                pen.put(sheet, line, place, row.values.get(column.key), **LOCKED)
    sheet.protect("", PROTECTION)


def _top(pen: Pen, sheet: Worksheet, workbook: Workbook, columns: tuple[Column, ...]) -> int:
    """Title, notes and header; the line of the header, from 0."""
    pen.put(sheet, 0, 0, workbook.title, bold=True, font_size=14)
    for line, note in enumerate(workbook.notes, 1):
        pen.put(sheet, line, 0, note, font_color=INK)
    header = len(workbook.notes) + 2
    sheet.set_row(header, 32)
    sheet.set_column(0, 0, IDENTIFIER_WIDTH)
    pen.put(sheet, header, 0, IDENTIFIER_HEADER, **HEADER)
    for place, column in enumerate(columns, 1):
        sheet.set_column(place, place, column.width)
        pen.put(sheet, header, place, column.header, **(OPEN_HEADER if column.is_open else HEADER))
        if column.help:
            _comment(sheet, header, place, column.help)
    if workbook.has_situation and len(columns) == len(workbook.columns):
        sheet.set_column(len(columns) + 1, len(columns) + 1, SITUATION_WIDTH)
        pen.put(sheet, header, len(columns) + 1, SITUATION_HEADER, **HEADER)
    return header


def _row(pen: Pen, sheet: Worksheet, line: int, row: Row, workbook: Workbook) -> None:
    columns = workbook.columns
    if row.heading:
        for place in range(len(columns) + 1 + workbook.has_situation):
            pen.put(sheet, line, place, None, bg_color=HEADING)
        pen.put(sheet, line, 1, row.heading, bg_color=HEADING, bold=True)
        return
    pen.put(sheet, line, 0, row.identifier, **{**LOCKED, "font_size": 8})
    for place, column in enumerate(columns, 1):
        is_open = row.is_new or (
            column.is_open and not row.is_locked and column.key not in row.closed
        )
        looks = OPEN if is_open else LOCKED
        mark = row.marks.get(column.key)
        pen.put(
            sheet,
            line,
            place,
            row.values.get(column.key),
            **({**looks, **WRONG} if mark else looks),
        )
        if mark:
            _comment(sheet, line, place, mark.comment)
    if workbook.has_situation:
        looks = {**LOCKED, **WRONG} if row.marks else LOCKED
        pen.put(sheet, line, len(columns) + 1, row.situation, **looks)


def _comment(sheet: Worksheet, line: int, place: int, text: str) -> None:
    height = 30 + 16 * (len(text) // 34 + 1)
    sheet.write_comment(
        line, place, text, {"author": "SIGPRET", "width": 240, "height": min(height, 320)}
    )


def _rules(
    sheet: Worksheet, column: Column, workbook: Workbook, place: tuple[int, int, int, int]
) -> None:
    """What the spreadsheet itself refuses, with our words."""
    if column.choices:
        names = list(workbook.catalogues)
        letter = chr(ord("A") + names.index(column.choices))
        last = len(workbook.catalogues[column.choices]) + 1
        rule: Looks = {
            "validate": "list",
            "source": f"='{CATALOGUES_SHEET}'!${letter}$2:${letter}${last}",
            "error_title": column.header,
            "error_message": f"Elija una opción de la lista (hoja {CATALOGUES_SHEET}).",
        }
    elif column.word:
        cell = xl_rowcol_to_cell(place[0], place[1])
        rule = {
            "validate": "custom",
            "value": f'=OR(ISNUMBER({cell}),UPPER({cell})="{column.word}")',
            "error_title": column.header,
            "error_message": f"Escriba sólo el número, por ejemplo 1200 o 12.5, o {column.word}.",
        }
    elif column.kind is Kind.NUMBER:
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -LARGEST,
            "maximum": LARGEST,
            "error_title": column.header,
            "error_message": "Escriba sólo el número, por ejemplo 1200 o 12.5, sin signo de %.",
        }
    else:
        return
    sheet.data_validation(*place, {**rule, "ignore_blank": True})


def _instructions(pen: Pen, workbook: Workbook) -> None:
    sheet = pen.sheet(INSTRUCTIONS_SHEET)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 110)
    pen.put(sheet, 0, 0, workbook.title, bold=True, font_size=14)
    for number, text in enumerate(workbook.instructions, 1):
        pen.put(sheet, number + 1, 0, number, bold=True)
        pen.put(sheet, number + 1, 1, text, text_wrap=True, font_size=11)
    sheet.protect("", PROTECTION)


def _catalogues(pen: Pen, workbook: Workbook) -> None:
    sheet = pen.sheet(CATALOGUES_SHEET)
    for place, (name, values) in enumerate(workbook.catalogues.items()):
        sheet.set_column(place, place, 38)
        pen.put(sheet, 0, place, name, **HEADER)
        for line, value in enumerate(values, 1):
            pen.put(sheet, line, place, value, **LOCKED)
    sheet.protect("", PROTECTION)


def _identity(pen: Pen, workbook: Workbook) -> None:
    """Facts by name, then what each row said: the reader trusts none of it with a permission."""
    sheet = pen.book.add_worksheet(IDENTITY_SHEET)
    identity = workbook.identity
    facts: list[tuple[str, str]] = [
        ("kind", identity.kind),
        ("scope", identity.scope),
        ("period", identity.period),
        ("version", str(identity.version)),
    ]
    facts += [
        (f"row {row.identifier}", json.dumps(dict(row.base), ensure_ascii=False, sort_keys=True))
        for row in workbook.rows
        if row.identifier and not row.is_apart
    ]
    for line, (name, value) in enumerate(facts):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, value)
    sheet.hide()
