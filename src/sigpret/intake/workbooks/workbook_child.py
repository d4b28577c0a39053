"""Run alone, with little memory and time: a workbook on stdin, its cells as JSON on stdout.

Imports nothing of the product. Only cells with something in them are answered, each with what
it is: a number keeps the fifteen digits a spreadsheet keeps; a formula is told as one, uncomputed.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

MEMORY_LIMIT = 1024 * 1024 * 1024
CPU_SECONDS = 30
MOST_SHEETS = 30
MOST_ROWS = 1_048_576
MOST_COLUMNS = 128
MOST_CELLS = 400_000
MOST_CHARACTERS = 16_000_000

CONTROL = re.compile("_x00([01][0-9A-Fa-f])_")

Cell = tuple[int, str, str]


class RefusedError(Exception):
    """The workbook is refused; the message is the key of the reason."""


def main() -> int:
    """Print {"sheets": […]} or {"refused": "reason"}; a crash means that the limits were met."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: dict[str, Any]
    try:
        answer = {"sheets": read(sys.stdin.buffer.read())}
    except RefusedError as reason:
        answer = {"refused": str(reason)}
    json.dump(answer, sys.stdout)
    return 0


def read(data: bytes) -> list[dict[str, Any]]:
    """Each sheet: its name, whether it is hidden, its rows as [number, cells]; or RefusedError."""
    warnings.simplefilter("ignore")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = list(book.worksheets)
        if len(sheets) > MOST_SHEETS:
            raise RefusedError("sheets")
        budget = Budget()
        return [
            {
                "name": str(sheet.title),
                "is_hidden": sheet.sheet_state != "visible",
                "rows": list(rows_of(sheet, budget)),
            }
            for sheet in sheets
        ]
    except (RefusedError, MemoryError):
        raise
    except Exception:
        # Whatever the library stumbles on, the file is what is wrong.
        raise RefusedError("damaged") from None


class Budget:
    """How many cells and characters are still answered."""

    def __init__(self) -> None:
        self.cells, self.characters = MOST_CELLS, MOST_CHARACTERS

    def spend(self, text: str) -> None:
        """One cell of that text. Raises RefusedError when nothing is left."""
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise RefusedError("cells")


def rows_of(sheet: Any, budget: Budget) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that have something; the size a sheet declares is not believed."""
    sheet.reset_dimensions()
    blank = None
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise RefusedError("damaged")
        # The library fills a gap with one and the same row; a gap may be a million rows.
        if row is blank:
            continue
        if cells := list(cells_of(row, budget)):
            yield number, cells
        else:
            blank = row


def cells_of(row: Iterable[Any], budget: Budget) -> Iterator[Cell]:
    """(column from 1, kind, text) of each cell that is not empty."""
    for place, cell in enumerate(row, 1):
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        kind, text = told(value, cell)
        budget.spend(text)
        yield place, kind, text


def told(value: Any, cell: Any) -> tuple[str, str]:
    """What a cell holds, and its text: for a formula what it says, for a date its ISO form."""
    if cell.data_type == "f":
        return "formula", str(getattr(value, "text", value))
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "boolean", "1" if value else "0"
    if isinstance(value, int | float):
        return ("percent" if "%" in str(cell.number_format) else "number"), number(value)
    if isinstance(value, datetime | date | time):
        return "date", value.isoformat()
    if isinstance(value, timedelta):
        return "date", str(value)
    return "text", plain(str(value))


def plain(text: str) -> str:
    """The text without the format's escapes, and without what no text can be stored with."""
    unescaped = CONTROL.sub(lambda found: chr(int(found[1], 16)), text)
    return unescaped.encode("utf-8", "replace").decode().replace("\x00", "")


def number(value: float) -> str:
    """A float as the spreadsheet shows it: 0.1 + 0.2 is 0.3."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise RefusedError("damaged")
    return f"{value:.15g}"


if __name__ == "__main__":  # pragma: no cover -- only in the child
    sys.exit(main())
