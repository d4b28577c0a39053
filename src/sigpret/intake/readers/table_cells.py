"""The lines of a product table as cells, whichever way the table was turned into text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sigpret.intake.readers.layout import CODED, OPENS_CODE, Break, Line, Segment, segments, tidy
from sigpret.intake.readers.scan import Table
from sigpret.intake.readers.table_header import PRINTED_ORDER, Column

# "12 - " inside a line of single-spaced cells.
MARKER = re.compile(r"(?<![^ ])[0-9]{1,9} [-–—] ")
CODES_AFTER_NAME = 2
DIGIT = re.compile("[0-9]")
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one cell on one line; column None when only the order of the lines tells it."""

    line: int
    column: Column | None
    text: str
    after: Break = Break.NONE


class UnreadableTableError(ValueError):
    """A table whose cells cannot be told apart; `line` is where, the message says why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the columns of one table start; they move from page to page."""

    unit: int
    periodicity: int

    def column(self, part: Segment) -> Column:
        """The column a segment stands in."""
        if part.start < self.unit:
            return Column.NAME
        if part.start < self.periodicity:
            return Column.UNIT
        return Column.PERIODICITY if LETTER.search(part.text) else Column.OUTPUT


def cells_of(table: Table, before: Edges | None) -> tuple[list[Piece], Edges | None]:
    """The cells of a table in reading order, and its columns if it has them side by side.

    `before` are the columns of the page before. Raises UnreadableTableError.
    """
    order = table.header.order if table.header else PRINTED_ORDER
    if any("\t" in line.text for line in table.pieces):
        return list(_by_tabs(table.pieces, order)), None
    if order != PRINTED_ORDER:
        message = "las columnas no vienen en el orden del reporte y no se pueden separar"
        raise UnreadableTableError(table.line, f"En la tabla de la línea {table.line} {message}.")
    rows = [(line, segments(line.text)) for line in table.pieces]
    if (before and table.header is None) or any(_coded_count(parts) > 1 for _, parts in rows):
        return _by_columns(table, rows, before)
    if any(len(MARKER.findall(line.text)) >= CODES_AFTER_NAME for line in table.pieces):
        return list(_by_markers(table.pieces)), None
    return [Piece(x.number, None, tidy(x.text), x.after) for x in table.pieces], None


def _by_tabs(lines: list[Line], order: tuple[Column, ...]) -> Iterator[Piece]:
    for line in lines:
        cells = [tidy(cell) for cell in line.text.split("\t")]
        if any(cells[len(order) :]):
            message = f"La línea {line.number} tiene más de cuatro celdas; deje una por columna."
            raise UnreadableTableError(line.number, message)
        # The heading always begins with the product, so its name comes first.
        for column, text in zip(order, cells, strict=False):
            if text:
                yield Piece(line.number, column, text, line.after)


def _coded_count(parts: list[Segment]) -> int:
    return sum(OPENS_CODE.fullmatch(part.text) is not None for part in parts)


def _by_markers(lines: list[Line]) -> Iterator[Piece]:
    for line in lines:
        text = tidy(line.text)
        unit, periodicity = _cuts(line.number, text)
        yield Piece(line.number, Column.NAME, text[:unit].strip(), line.after)
        if unit < len(text):
            yield Piece(line.number, Column.UNIT, text[unit:periodicity].strip())
            yield from _periodicity_and_output(line.number, text[periodicity:])


def _cuts(number: int, text: str) -> tuple[int, int]:
    """Where unit and periodicity begin in a single-spaced row; at the end when it has neither."""
    starts = [found.start() for found in MARKER.finditer(text)]
    begins_row = starts[:1] == [0]
    cells = starts[1:] if begins_row else starts
    if not cells:
        return len(text), len(text)
    if len(cells) != CODES_AFTER_NAME:
        raise UnreadableTableError(
            number,
            f"En la línea {number} no se sabe dónde termina el nombre del producto;"
            " separe las celdas con tabuladores.",
        )
    return cells[0], cells[1]


def _periodicity_and_output(number: int, text: str) -> Iterator[Piece]:
    words = text.split(" ")
    # The words after "4 - Trimestral" that carry a digit are the output, one or (an error) many.
    cut = next(
        (i for i, word in enumerate(words) if i > 2 and re.search(r"[0-9]", word)), len(words)
    )
    yield Piece(number, Column.PERIODICITY, " ".join(words[:cut]))
    if cut < len(words):
        yield Piece(number, Column.OUTPUT, " ".join(words[cut:]))


def _by_columns(
    table: Table, rows: list[tuple[Line, list[Segment]]], before: Edges | None
) -> tuple[list[Piece], Edges]:
    left = min(parts[0].start for _, parts in rows)
    whole = {line.number: _whole_row(parts, left) for line, parts in rows}
    edges = _edges(table, [cells for cells in whole.values() if cells], before)
    pieces: list[Piece] = []
    for line, parts in rows:
        cells = whole[line.number]
        if _coded_count(parts) > CODES_AFTER_NAME + 1:
            message = "tiene más celdas con código que una fila; deje un producto por línea"
            raise UnreadableTableError(line.number, f"La línea {line.number} {message}.")
        if cells is None:
            cells = [(edges.column(part), part) for part in _split_at(parts, edges)]
        if name := " ".join(part.text for column, part in cells if column is Column.NAME):
            pieces.append(Piece(line.number, Column.NAME, name, line.after))
        others = ((column, part) for column, part in cells if column is not Column.NAME)
        pieces += (Piece(line.number, column, part.text) for column, part in others)
    return pieces, edges


def _whole_row(parts: list[Segment], left: int) -> list[tuple[Column, Segment]] | None:
    """The cells of a line that ends in unit, periodicity and perhaps output, else None."""
    for tail in (2, 3):
        unit_at = len(parts) - tail
        if unit_at < 0 or parts[unit_at].start <= left + 3:
            continue
        if all(OPENS_CODE.fullmatch(part.text) for part in parts[unit_at : unit_at + 2]):
            names = [(Column.NAME, part) for part in parts[:unit_at]]
            return names + list(zip(PRINTED_ORDER[1:], parts[unit_at:], strict=False))
    return None


def _edges(
    table: Table, whole_rows: list[list[tuple[Column, Segment]]], before: Edges | None
) -> Edges:
    starts: dict[Column, int] = {}
    for cells in whole_rows:
        for column, part in cells:
            starts[column] = min(part.start, starts.get(column, part.start))
    if not whole_rows and table.header and table.header.starts:
        starts = table.header.starts
    if Column.UNIT in starts:
        return Edges(starts[Column.UNIT], starts[Column.PERIODICITY])
    if before is None:
        message = "no se reconocen las columnas; vuelva a descargar el reporte"
        raise UnreadableTableError(table.line, f"En la tabla de la línea {table.line} {message}.")
    return before


def _split_at(parts: list[Segment], edges: Edges) -> Iterator[Segment]:
    """Cut a segment where a coded cell begins exactly at a column edge after a single space."""
    for part in parts:
        for edge in (edges.unit, edges.periodicity):
            cut = edge - part.start
            if 0 < cut < len(part.text) and _begins_cell(part.text, cut):
                yield Segment(part.start, edge - 1, part.text[: cut - 1])
                part = Segment(edge, part.end, part.text[cut:])
        yield part


def _begins_cell(text: str, place: int) -> bool:
    return text[place - 1] == " " and CODED.match(text, place) is not None
