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
WORD = re.compile(r"\S+")
MOST_LINES = 7
LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The columns in the order printed; `starts` (character columns) when all stand on one line."""

    order: tuple[Column, ...]
    starts: dict[Column, int] | None


def table_header(lines: list[str], place: int) -> tuple[TableHeader, int] | None:
    """The heading that begins at `place` and how many lines it takes, or None."""
    seen: Counter[str] = Counter()
    order: list[Column] = []
    for taken in range(min(MOST_LINES, len(lines) - place)):
        words = _words(lines[place + taken])
        seen.update(word for word, _ in words)
        if not words or not seen <= HEADING:
            if lines[place + taken].strip() or not taken:
                return None
            continue
        order += [STARTS[word] for word, _ in words if word in STARTS]
        if order[:1] != [Column.NAME]:
            return None
        if seen == HEADING:
            return _header(lines[place], order), taken + 1
    return None


def _words(line: str) -> list[tuple[str, int]]:
    if len(line) > LONGEST_LINE:
        return []
    return [(_singular(fold(found.group())), found.start()) for found in WORD.finditer(line)]


def _singular(word: str) -> str:
    return "producto" if word == "productos" else word


def _header(first_line: str, order: list[Column]) -> TableHeader:
    starts = {STARTS[word]: start for word, start in _words(first_line) if word in STARTS}
    return TableHeader(tuple(order), starts if len(starts) == len(PRINTED_ORDER) else None)
