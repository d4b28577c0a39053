"""Rows of a file of execution, many at once while all of them are ordinary.

What one row at a time would say, at a fraction of its time: a block with a row that needs a look
is read again row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from sigpret.intake.execution.amounts import COMMA, Written, amounts_of_rows
from sigpret.intake.execution.keys import KeyFormatError
from sigpret.intake.execution.moments import MomentError
from sigpret.intake.execution.rows import END, RowError, RowReader

ROWS_AT_ONCE = 500

Rows = Sequence[list[str]]


def staged_blocks(reader: RowReader, rows: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    """The COPY lines of the rows, each with its line in the file, in blocks."""
    coming = iter(rows)
    while block := list(islice(coming, ROWS_AT_ONCE)):
        yield all_at_once(reader, block) or "".join(reader.lines(block))


def all_at_once(reader: RowReader, block: Sequence[tuple[int, list[str]]]) -> str:
    """Empty when one of the rows is not ordinary; nothing was counted then."""
    numbers, rows = zip(*block, strict=True)
    if min(map(len, rows)) < reader.width:
        return ""
    found = amounts_of(reader, rows)
    if not found:
        return ""
    try:
        keys, periods = keys_of(reader, rows), periods_of(reader, rows)
    except (KeyFormatError, RowError, MomentError):
        return ""
    reader.summary.rows += len(rows)
    start = reader.start
    return "".join(
        [
            f"{start}{number}\t{period}\t{key}\t{amounts}{END}"
            for number, period, key, amounts in zip(numbers, periods, keys, found, strict=True)
        ]
    )


def amounts_of(reader: RowReader, rows: Rows) -> list[str]:
    cells = list(map(reader.cells_of_money, rows))
    mark = reader.order.mark
    if mark == COMMA and any(isinstance(cell, Written) for row in cells for cell in row):
        return []
    return amounts_of_rows(cells, mark)


def keys_of(reader: RowReader, rows: Rows) -> list[str]:
    """The key of each row; files say the same one in one row after another."""
    at_once = reader.key_place
    cells_of = itemgetter(*reader.segment_places) if at_once is None else itemgetter(at_once)
    keys: list[str] = []
    last: object = None
    key = ""
    for row in rows:
        cells = cells_of(row)
        if cells != last:
            parts = reader.key_of(row)
            reader.check_key(parts)
            last, key = cells, "-".join(parts)
        keys.append(key)
    return keys


def periods_of(reader: RowReader, rows: Rows) -> list[str]:
    if reader.order.period:
        return [reader.order.period] * len(rows)
    cells = map(itemgetter(reader.period_place or 0), rows)
    return list(map(reader.periods.__getitem__, cells))
