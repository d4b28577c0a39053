"""The heading of the product table, on one line, wrapped over several, or one cell per line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sigpret.intake.spelling import fold


class Column(StrEnum):
    """The cells of a product; the value is how the report heads them."""

    NAME = "Producto"
    UNIT = "Unidad de Medida"
    PERIODICITY = "Periodicidad"
    OUTPUT = "Producción Anual"


PRINTED_ORDER = tuple(Column)
HEADING = Counter(("producto", "unidad", "de", "medida", "periodicidad", "produccion", "anual"))
STARTS = {"producto": Column.NAME, "unidad": Column.UNIT, "periodicidad": Column.PERIODICITY}
STARTS["produccion"] = Column.OUTPUT
# Most lines are no heading; telling so must be cheap.
MAY_BEGIN = re.compile(r"[ \t]*(?:produc|unidad|perio|de |medida|anual)", re.IGNORECASE)
WORD = re.compile(r"\S+")
MOST_LINES = 14
LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The columns in the order printed; `starts` (character columns) when side by side."""

    order: tuple[Column, ...]
    starts: dict[Column, int] | None


def table_header(lines: list[str], place: int) -> tuple[TableHeader, int] | None:
    """The heading that begins at `place` and how many lines it takes, or None."""
    if not MAY_BEGIN.match(lines[place]):
        return None
    seen: Counter[str] = Counter()
    starts: dict[Column, int] = {}
    for taken in range(min(MOST_LINES, len(lines) - place)):
        words = _words(lines[place + taken])
        if not words and taken:
            continue
        seen.update(word for word, _ in words)
        if not words or not seen <= HEADING:
            return None
        starts.update((STARTS[word], start) for word, start in words if word in STARTS)
        if seen == HEADING:
            return _header(starts, taken + 1)
    return None


def _header(starts: dict[Column, int], taken: int) -> tuple[TableHeader, int] | None:
    if len(set(starts.values())) < len(starts):
        # One cell per line: nothing stands beside anything.
        order, known = tuple(starts), None
    else:
        order, known = tuple(sorted(starts, key=starts.__getitem__)), starts
    return (TableHeader(order, known), taken) if order[0] is Column.NAME else None


def _words(line: str) -> list[tuple[str, int]]:
    if len(line) > LONGEST_LINE:
        return [(line, 0)]
    return [(_singular(fold(found.group())), found.start()) for found in WORD.finditer(line)]


def _singular(word: str) -> str:
    return "producto" if word == "productos" else word
