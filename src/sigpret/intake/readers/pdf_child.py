"""Run alone, with little memory and time: a PDF on stdin, its lines as JSON on stdout.

Imports nothing of the product. Text is placed on a grid of characters by its position on the page,
so that what is printed in columns comes out in columns.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY_LIMIT = 1024 * 1024 * 1024
CPU_SECONDS = 60
MOST_PAGES = 300
MOST_CHARACTERS = 4_000_000
# In heights of a letter: words of one cell are closer than a cell gap, letters than a word gap.
CELL_GAP = 0.75
WORD_GAP = 0.12
SAME_LINE = 0.5
SAME_EDGE = 1.0
FINEST_GRID = 0.5
# Narrow enough that two cells side by side keep two characters between them.
GRID_SHARE = 0.6
LINE_END_HYPHEN = 0x02
UNREADABLE = "\ufffd"


class Letter(NamedTuple):
    """A character with its box and baseline, in points from the bottom left corner."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


class Word(NamedTuple):
    """Letters without a gap; `starts_cell` when a wide gap stands before."""

    left: float
    right: float
    text: str
    starts_cell: bool


Run = list[Word]


class RefusedError(Exception):
    """The document is refused; the message is the key of the reason."""


def main() -> int:
    """Print {"lines": […]} or {"refused": "reason"}; a crash means that the limits were met."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    answer: dict[str, Any]
    try:
        answer = {"lines": read(sys.stdin.buffer.read())}
    except RefusedError as reason:
        answer = {"refused": str(reason)}
    json.dump(answer, sys.stdout)
    return 0


def read(data: bytes) -> list[str]:
    """The lines of every page, a blank one after each. Raises RefusedError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as reason:
        raise RefusedError("password" if "assword" in str(reason) else "damaged") from None
    if len(document) > MOST_PAGES:
        raise RefusedError("pages")
    rows: list[list[Run]] = []
    budget = MOST_CHARACTERS
    for number in range(len(document)):
        letters = _letters(document, number, budget)
        budget -= len(letters)
        rows += _cut_at_edges([_runs(row) for row in _rows(letters)])
        rows.append([])
    if not any(rows):
        raise RefusedError("no_text")
    return grid(rows)


def _letters(document: pypdfium2.PdfDocument, number: int, budget: int) -> list[Letter]:
    try:
        page = document[number].get_textpage()
    except pypdfium2.PdfiumError:
        raise RefusedError("damaged") from None
    count = page.count_chars()
    if count > budget:
        raise RefusedError("characters")
    made = (_letter(page.raw, place) for place in range(count))
    return [letter for letter in made if letter is not None]


def _letter(page: Any, place: int) -> Letter | None:
    code = pdfium.FPDFText_GetUnicode(page, place)
    if pdfium.FPDFText_IsGenerated(page, place) == 1 or chr(code).isspace():
        return None
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(page, place, box)
    pdfium.FPDFText_GetCharOrigin(page, place, x, y)
    return Letter(_text(code), box.left, box.right, y.value, box.top - box.bottom)


def _text(code: int) -> str:
    if code == LINE_END_HYPHEN:
        return "-"
    has_meaning = code >= 0x20 and not 0xD800 <= code <= 0xDFFF
    return chr(code) if has_meaning else UNREADABLE


def _rows(letters: list[Letter]) -> list[list[Letter]]:
    """Letters on one baseline, from the top of the page down, each row from left to right."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: -letter.baseline):
        if not rows or _is_below(letter, rows[-1][0]):
            rows.append([])
        rows[-1].append(letter)
    return [sorted(row, key=lambda letter: letter.left) for row in rows]


def _is_below(letter: Letter, first: Letter) -> bool:
    return first.baseline - letter.baseline > SAME_LINE * first.height


def _words(row: list[Letter]) -> Iterator[Word]:
    starts = [
        place
        for place, letter in enumerate(row)
        if not place or letter.left - row[place - 1].right > WORD_GAP * letter.height
    ]
    for start, end in pairwise([*starts, len(row)]):
        letters = row[start:end]
        gap = letters[0].left - row[start - 1].right
        starts_cell = not start or gap > CELL_GAP * letters[0].height
        text = "".join(letter.text for letter in letters)
        yield Word(letters[0].left, letters[-1].right, text, starts_cell)


def _runs(row: list[Letter]) -> list[Run]:
    """The words of a row, a list for each cell."""
    runs: list[Run] = []
    for word in _words(row):
        if word.starts_cell:
            runs.append([])
        runs[-1].append(word)
    return runs


def grid(rows: list[list[Run]]) -> list[str]:
    """Lines of text with every cell at a column in proportion to its place, on every page alike."""
    cells = [[(run[0].left, run[-1].right, _join(run)) for run in runs] for runs in rows]
    widths = [(right - left) / len(text) for row in cells for left, right, text in row]
    unit = max(FINEST_GRID, GRID_SHARE * min(widths, default=1.0))
    return [_line([(left, text) for left, _, text in row], unit) for row in cells]


def _cut_at_edges(rows: list[list[Run]]) -> list[list[Run]]:
    edges = {round(run[0].left / SAME_EDGE) for runs in rows for run in runs}
    return [[part for run in runs for part in _split_at_edges(run, edges)] for runs in rows]


def _split_at_edges(run: Run, edges: set[int]) -> Iterator[Run]:
    """A full cell touches the next one: cut where a code begins at an edge of other lines."""
    start = 0
    for place in range(1, len(run) - 1):
        is_code = run[place].text.isdecimal() and run[place + 1].text in "-–—"
        if is_code and not edges.isdisjoint(_around(run[place].left)):
            yield run[start:place]
            start = place
    yield run[start:]


def _around(left: float) -> tuple[int, int, int]:
    nearest = round(left / SAME_EDGE)
    return nearest - 1, nearest, nearest + 1


def _join(run: Run) -> str:
    return " ".join(word.text for word in run)


def _line(cells: list[tuple[float, str]], unit: float) -> str:
    parts: list[str] = []
    column = 0
    for left, text in cells:
        place = max(int(left / unit), column + 2 if parts else 0)
        parts.append(" " * (place - column) + text)
        column = place + len(text)
    return "".join(parts)


if __name__ == "__main__":  # pragma: no cover -- only in the child
    sys.exit(main())
