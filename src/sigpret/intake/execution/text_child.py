"""The child process that reads a CSV: the same work as `child`, without opening workbooks.

A library that opens workbooks takes longer to start than a small file to read.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from sigpret.intake.execution.blocks import staged_blocks
from sigpret.intake.execution.problems import LayoutError
from sigpret.intake.execution.rows import Order, RowReader

MEMORY = {"csv": 512 * 1024 * 1024, "xlsx": 1024 * 1024 * 1024}
PROCESSOR_SECONDS = 240
OPEN_FILES = 64
LONGEST_CELL = 20_000


def limit(kind: str) -> None:
    """Memory, processor time and open files are bounded; no file is written, no core dumped."""
    bounds = {
        resource.RLIMIT_AS: MEMORY.get(kind, MEMORY["xlsx"]),
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, bound in bounds.items():
        resource.setrlimit(which, (bound, bound))


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    limit("csv")
    try:
        rows = text_rows(request, sys.stdin.buffer)
        answer: dict[str, Any] = {"summary": send_rows(request["order"], rows, sys.stdout)}
    except LayoutError as problem:
        answer = {"refused": str(problem)}
    sys.stderr.write(json.dumps(answer, ensure_ascii=False))


def send_rows(
    order: dict[str, Any], rows: Iterable[tuple[int, list[str]]], out: TextIO
) -> dict[str, Any]:
    """Write the lines as they are read; the summary. Raises LayoutError."""
    reader = RowReader(Order(**{**order, "headers": tuple(order["headers"])}))
    for block in staged_blocks(reader, rows):
        out.write(block)
    out.flush()
    return reader.finished().to_json()


def text_rows(request: dict[str, Any], data: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV. A cell without end is the file's fault: LayoutError names its line."""
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(data, request["encoding"], errors="replace", newline="")
    reader = csv.reader(text, delimiter=request["delimiter"])
    header_line = request["header_line"]
    try:
        for row in reader:
            if reader.line_num > header_line:
                yield reader.line_num, row
    except csv.Error:
        raise LayoutError(
            f"Cerca de la línea {reader.line_num} hay una celda que no termina: revise las "
            "comillas y suba el archivo otra vez."
        ) from None


if __name__ == "__main__":
    main()
