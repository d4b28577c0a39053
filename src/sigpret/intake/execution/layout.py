"""What a file looks like before anybody says what its columns are."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, BinaryIO

from sigpret.intake.execution.amounts import marks_in
from sigpret.intake.execution.columns import AMOUNTS, propose
from sigpret.intake.execution.problems import LayoutError
from sigpret.intake.execution.sheets import sheet_rows

CHUNK = 1024 * 1024
DELIMITERS = ";,\t|"
HEAD_LINES, SAMPLE, JUDGED = 40, 4, 500
MOST_COLUMNS = 200
LONGEST_SHOWN = 80
WIDE = (b"\xff\xfe", b"\xfe\xff")
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
RECOGNISED_AT_LEAST = 2

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Look:
    """The headers and the first rows of a file, and how to read the rest.

    `header_line` counts from 1. `mark` is the decimal mark, empty when somebody must say it;
    `doubtful` is then an example. `sheet` is empty in a text file.
    """

    kind: str
    encoding: str
    delimiter: str
    sheet: str
    header_line: int
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    mapping: dict[str, int]
    mark: str
    doubtful: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def look(data: BinaryIO) -> Look:
    """Look at the head of a file. Raises LayoutError, and RefusalError of a bad workbook."""
    head = data.read(len(ZIP))
    if head.startswith(OLD_EXCEL[: len(head)]) and head:
        raise LayoutError(
            "El archivo es de Excel 97-2003 (.xls) o tiene contraseña. Guárdelo como .xlsx o como "
            "CSV y súbalo otra vez."
        )
    if head == ZIP:
        sheet, rows = sheet_rows(head + data.read())
        return _look_at("xlsx", "", "", sheet, list(islice(rows, HEAD_LINES + JUDGED)))
    return _look_at_text(head, data)


def _look_at_text(head: bytes, data: BinaryIO) -> Look:
    encoding, text = _decoded(head, data)
    rows = [(delimiter, _head_rows(text, delimiter)) for delimiter in DELIMITERS]
    delimiter, best = max(rows, key=lambda pair: _score(pair[1]))
    return _look_at("csv", encoding, delimiter, "", best)


def _decoded(head: bytes, data: BinaryIO) -> tuple[str, str]:
    """The encoding of the whole, and the text of its beginning. Raises LayoutError."""
    first = head + data.read(CHUNK)
    if not first.strip():
        raise LayoutError("El archivo está vacío.")
    encoding = "utf-16" if first.startswith(WIDE) else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text, block = decoder.decode(first), first
        while block:
            block = data.read(CHUNK)
            decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        encoding, text = "cp1252", first.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise LayoutError("El archivo no es de texto ni de Excel. Suba el CSV o el XLSX del SIAFI.")
    return encoding, text


def _head_rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    with suppress(csv.Error):
        rows.extend(
            (reader.line_num, [cell.strip() for cell in row])
            for row in islice(reader, HEAD_LINES + JUDGED)
        )
    return rows


def _score(rows: Sequence[Row]) -> tuple[int, int]:
    """How much of it is understood, then how wide it is."""
    return max(
        ((len(propose(cells)), len(cells)) for _line, cells in rows[:HEAD_LINES]), default=(0, 0)
    )


def _look_at(kind: str, encoding: str, delimiter: str, sheet: str, rows: list[Row]) -> Look:
    place = _header_place(rows)
    line, headers = rows[place]
    if len(headers) > MOST_COLUMNS:
        raise LayoutError(f"El archivo tiene {len(headers)} columnas; el máximo es {MOST_COLUMNS}.")
    body = [cells for _line, cells in rows[place + 1 :] if any(cells)]
    if not body:
        raise LayoutError("El archivo no tiene filas debajo de los encabezados.")
    mapping = propose(headers)
    marks = marks_in(_cells_of_money(body, mapping))
    return Look(
        kind=kind,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        header_line=line,
        headers=tuple(header[:LONGEST_SHOWN] for header in headers),
        sample=tuple(tuple(cell[:LONGEST_SHOWN] for cell in row) for row in body[:SAMPLE]),
        mapping=mapping,
        mark=marks.mark,
        doubtful=marks.doubtful,
    )


def _header_place(rows: Sequence[Row]) -> int:
    """The row most of whose names are known; the widest when none is."""
    if not rows:
        raise LayoutError("El archivo está vacío.")
    head = [cells for _line, cells in rows[:HEAD_LINES]]
    known = [len(propose(cells)) for cells in head]
    if max(known) >= RECOGNISED_AT_LEAST:
        return known.index(max(known))
    filled = [sum(map(bool, cells)) for cells in head]
    return filled.index(max(filled))


def _cells_of_money(rows: Sequence[Sequence[str]], mapping: dict[str, int]) -> Iterator[str]:
    """Every cell that may be an amount: those of a code or a moment may not."""
    codes = {place for field, place in mapping.items() if field not in AMOUNTS}
    for row in rows[:JUDGED]:
        for place, cell in enumerate(row):
            if place not in codes:
                yield cell
