"""Cells gathered into products: wrapped names joined, and nothing joined that was not wrapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, groupby, repeat

from sigpret.intake.readers.layout import CATALOGUED, CODED, OPENS_CODE, Break, continues
from sigpret.intake.readers.problems import Problems
from sigpret.intake.readers.quantity import NOT_PUBLISHED, QuantityError, parse_quantity
from sigpret.intake.readers.scan import Table, unknown_line
from sigpret.intake.readers.table_cells import Edges, Piece, UnreadableTableError, cells_of
from sigpret.intake.readers.table_header import Column
from sigpret.intake.rows import Coded, Product

CODED_COLUMNS = (Column.UNIT, Column.PERIODICITY)


@dataclass(slots=True)
class _Row:
    line: int
    cells: dict[Column, list[str]] = field(default_factory=dict)
    last: Column = Column.NAME

    def add(self, column: Column, text: str) -> None:
        self.cells.setdefault(column, []).append(text)
        self.last = column


@dataclass(slots=True)
class ProductRows:
    """The products of one operational objective, gathered table by table across its pages."""

    problems: Problems
    rows: list[_Row] = field(default_factory=list)
    width: int = 0
    edges: Edges | None = None
    early: list[Piece] = field(default_factory=list)

    def take(self, table: Table) -> None:
        """Add the rows of one more table; what cannot be told apart goes to the problems."""
        try:
            pieces, self.edges = cells_of(table, self.edges)
        except UnreadableTableError as reason:
            self.problems.add("unreadable_table", reason.line, str(reason))
            return
        widest = _widest(pieces)
        # What a page begins with can only continue a line that filled the page before.
        widths = chain([(self.width, Break.PAGE)], repeat((widest, Break.NONE)))
        for (_, line), (width, after) in zip(
            groupby(pieces, key=lambda piece: piece.line), widths, strict=False
        ):
            self._take_line(list(line), width, after)
        self.width = widest

    def _take_line(self, line: list[Piece], width: int, after: Break) -> None:
        if self._is_orphan(line):
            text = " ".join(piece.text for piece in line)
            self.problems.add("unknown_line", line[0].line, unknown_line(line[0].line, text))
            return
        for piece in line:
            self._take(piece, width, piece.after if after is Break.NONE else after)

    def _is_orphan(self, line: list[Piece]) -> bool:
        """A line with the codes of a product, when the last product already has its own."""
        columns = {piece.column for piece in line}
        if not columns.issuperset(CODED_COLUMNS) or _begins_row(line[0]):
            return False
        return not self.rows or all(
            CATALOGUED.fullmatch(" ".join(self.rows[-1].cells.get(column, ())))
            for column in CODED_COLUMNS
        )

    def products(self) -> tuple[Product, ...]:
        """The products read; an incomplete row goes to the problems."""
        for piece in self.early:
            self.problems.add("unknown_line", piece.line, unknown_line(piece.line, piece.text))
        made = (self._product(row) for row in self.rows)
        return tuple(product for product in made if product is not None)

    def _take(self, piece: Piece, width: int, after: Break) -> None:
        row = self.rows[-1] if self.rows else None
        column = piece.column or _column_in_order(row, piece.text)
        if column is Column.NAME and _begins_row(piece):
            self._begin(piece)
        elif piece.column in CODED_COLUMNS and self._is_early(row, piece):
            self.early.append(piece)
        elif row is None or not _fits(row, column, piece, width, after):
            self.problems.add("unknown_line", piece.line, unknown_line(piece.line, piece.text))
        else:
            row.add(column, piece.text)

    def _begin(self, piece: Piece) -> None:
        row = _Row(piece.line, {Column.NAME: [piece.text]})
        for early in self.early:
            row.add(early.column or Column.NAME, early.text)
        self.early.clear()
        self.rows.append(row)

    def _is_early(self, row: _Row | None, piece: Piece) -> bool:
        """A centred cell of more lines than its name begins above the line of the product."""
        if any(early.column is piece.column for early in self.early):
            return not OPENS_CODE.fullmatch(piece.text)
        is_taken = row is None or piece.column in row.cells
        return is_taken and OPENS_CODE.fullmatch(piece.text) is not None

    def _product(self, row: _Row) -> Product | None:
        found = CODED.fullmatch(" ".join(row.cells[Column.NAME]))
        unit = self._coded(row, Column.UNIT)
        periodicity = unit and self._coded(row, Column.PERIODICITY)
        try:
            output = parse_quantity(" ".join(row.cells.get(Column.OUTPUT, [])))
        except QuantityError as reason:
            self.problems.add("unreadable_quantity", row.line, f"En la línea {row.line} {reason}.")
            return None
        if found is None or unit is None or periodicity is None:
            return None
        return _product(row.line, int(found[1]), found[2], unit, periodicity, output)

    def _coded(self, row: _Row, column: Column) -> Coded | None:
        text = " ".join(row.cells.get(column, []))
        if found := CATALOGUED.fullmatch(text):
            return Coded(found[1], found[2])
        name = str(column).lower()
        message = f"Al producto de la línea {row.line} le falta la {name} con su código."
        if text:
            shown = text if len(text) <= 40 else text[:40] + "…"
            message = f"En la línea {row.line} la {name} «{shown}» no es «código - nombre»."
        self.problems.add("incomplete_row", row.line, message)
        return None


def _product(
    line: int, number: int, name: str, unit: Coded, periodicity: Coded, output: Decimal | None
) -> Product:
    return Product(number, name, unit, periodicity, output, line)


def _widest(pieces: Iterable[Piece]) -> int:
    names = (len(piece.text) for piece in pieces if piece.column in (Column.NAME, None))
    return max(names, default=0)


def _begins_row(piece: Piece) -> bool:
    return piece.column in (Column.NAME, None) and CODED.fullmatch(piece.text) is not None


def _fits(row: _Row, column: Column, piece: Piece, width: int, after: Break) -> bool:
    wraps = column is Column.NAME or (piece.column is None and column is row.last)
    if wraps:
        return continues(len(row.cells[column][-1]), piece.text, width, after)
    # A second code opens another cell, it is not the end of the first.
    return column not in row.cells or not OPENS_CODE.fullmatch(piece.text)


def _column_in_order(row: _Row | None, text: str) -> Column:
    """One cell per line: what comes next after what the row has, told by the shape of the text."""
    is_coded = CODED.fullmatch(text) is not None
    if row is None:
        return Column.NAME
    if Column.PERIODICITY in row.cells:
        if is_coded:
            return Column.NAME
        return Column.OUTPUT if _looks_like_output(text) else row.last
    if not is_coded:
        return row.last
    return Column.PERIODICITY if Column.UNIT in row.cells else Column.UNIT


def _looks_like_output(text: str) -> bool:
    return text[0].isdigit() or text[0] in "-+" or text.upper() in NOT_PUBLISHED
