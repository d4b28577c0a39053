"""What came out of a workbook: sheets, rows and typed cells, as the file has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CellKind(StrEnum):
    """What a cell holds. PERCENT is a number the spreadsheet shows as a percentage (0.61 is 61 %);
    the text of a FORMULA is what it says and not what it gives."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell that is not empty; `text` of a number is its plain decimal form."""

    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with something in it: its number from 1, its cells by column from 1."""

    number: int
    cells: Mapping[int, ReadCell]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet of the book."""

    name: str
    is_hidden: bool
    rows: tuple[ReadRow, ...]


Sheets = tuple[ReadSheet, ...]


def sheets_from_json(told: Any) -> Sheets:
    """What the child answered, believed only as far as it has this form. Raises ValueError."""
    try:
        return tuple(
            ReadSheet(
                str(sheet["name"]),
                bool(sheet["is_hidden"]),
                tuple(
                    ReadRow(
                        int(number),
                        {
                            int(place): ReadCell(CellKind(kind), str(text))
                            for place, kind, text in row
                        },
                    )
                    for number, row in sheet["rows"]
                ),
            )
            for sheet in told
        )
    except (TypeError, KeyError) as problem:
        raise ValueError(str(problem)) from problem


def column_letters(place: int) -> str:
    """`A` from 1, `AA` from 27: how a spreadsheet calls its columns."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
