"""The rows of the one sheet of a workbook that holds an execution, as text that knows what it was.

Runs only in the child process: opening a workbook is opening a stranger's file.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import openpyxl

from sigpret.intake.execution.amounts import Formula, Written
from sigpret.intake.execution.columns import propose
from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.rows import error
from sigpret.intake.workbooks.container import check_container, refusal

LARGEST_FILE = 24 * 1024 * 1024
LARGEST_INSIDE = 512 * 1024 * 1024
MOST_COLUMNS, HEAD = 200, 40
ALIKE = 4


def sheet_rows(data: bytes) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """The name and the rows of the sheet with an execution. Raises RefusalError.

    Two sheets that look like one are refused: which of them counts is not guessed.
    """
    check_container(data, largest=LARGEST_FILE, inside=LARGEST_INSIDE)
    warnings.simplefilter("ignore")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        known = [(_recognised(sheet), sheet) for sheet in sheets]
    except Exception:
        # Whatever the library stumbles on, the file is what is wrong.
        raise refusal("damaged") from None
    if not sheets:
        raise refusal("damaged")
    alike = [sheet.title for found, sheet in known if found >= ALIKE]
    if len(alike) > 1:
        raise RefusalError(error("two_sheets", None, _two(alike)))
    sheet = max(known, key=lambda pair: pair[0])[1]
    return str(sheet.title), rows_of(sheet)


def _two(titles: list[str]) -> str:
    return (
        f"Las hojas «{titles[0]}» y «{titles[1]}» parecen traer lo mismo. Deje en el libro sólo "
        "la que se importa."
    )


def _recognised(sheet: Any) -> int:
    return max((len(propose(cells)) for _line, cells in islice(rows_of(sheet), HEAD)), default=0)


def rows_of(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them; the size a sheet declares is not believed."""
    sheet.reset_dimensions()
    blank = None
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        # The library fills a gap with one and the same row; a gap may be a million rows.
        if row is blank:
            continue
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield number, cells
        else:
            blank = row


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return Written(number(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:7]
    return str(value).replace("\x00", "").strip()


def number(value: float) -> str:
    """A float as the spreadsheet shows it, without an exponent: 0.1 + 0.2 is 0.3."""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(f"{value:.15g}").normalize() + 0, "f")
