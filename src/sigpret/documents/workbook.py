"""The shape of a workbook people fill in: what is in it, what may be written, who it is for.

`workbook_file.write` turns it into bytes. A text is always a text: nothing here can become a
formula or a link, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

#: The sheet where people write, the one that explains, the one with the lists.
FILL_SHEET = "Llenar"
INSTRUCTIONS_SHEET = "Instrucciones"
CATALOGUES_SHEET = "Catálogos"
#: What is there to be seen and not to be written now.
REST_SHEET = "No vence"
#: Hidden: whose workbook it is and what each row said when it was downloaded.
IDENTITY_SHEET = "_sigpret"
IDENTIFIER_HEADER = "Identificador"
SITUATION_HEADER = "Situación"

Value = str | Decimal | int | None


class Kind(StrEnum):
    """How the cells of a column are read and written."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters. `is_open`: people write here. `choices`: the catalogue it offers.

    `word`: what a column of numbers takes besides a number, such as `NP`.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    width: int = 16
    is_open: bool = False
    choices: str = ""
    help: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with a cell, beside it: red with the comment."""

    comment: str


@dataclass(frozen=True, slots=True)
class Row:
    """`values` by the key of their column. `heading`: a title across the sheet instead.

    `is_apart`: on the sheet of what is only seen. `is_locked`: nothing in it is written, though its
    columns are open. `base` is kept hidden beside the identifier and comes back with the file.
    `situation` fills the last column, when the workbook has one.
    """

    identifier: str
    values: Mapping[str, Value] = field(default_factory=dict)
    heading: str = ""
    is_apart: bool = False
    is_locked: bool = False
    base: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    situation: str = ""
    #: A blank row for something new: every cell of it is open.
    is_new: bool = False
    #: Columns that are open in other rows and not in this one.
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose workbook it is. `kind` report or matrix; `scope` the institution's code, or empty;
    `period` an SDMX code (`2026-Q3`), a year, or empty; `version` of the layout."""

    kind: str
    scope: str
    period: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """One sheet to fill with its instructions and lists.

    `title` and `notes` stand above the header; `catalogues` by name; `blank_rows` are left open
    below the last row, for new ones without identifier. With `has_situation` the last column
    says what became of each row.
    """

    identity: Identity
    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    instructions: tuple[str, ...]
    catalogues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blank_rows: int = 0
    has_situation: bool = False
