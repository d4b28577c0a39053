"""The child process of `reading`: limits itself, looks at a file or reads it whole, and answers.

The request is one line of JSON on standard input and then the bytes of the file. To `look` it
answers one line of JSON; to `rows`, lines for COPY, and on standard error one line of JSON at the
end. Whatever a file does to the reader, it does to a process that opens and writes nothing.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, TextIO

from sigpret.intake.execution.layout import LayoutError, look
from sigpret.intake.execution.rows import Order, RowReader
from sigpret.intake.execution.sheets import sheet_rows
from sigpret.intake.readers.problems import RefusalError

MEMORY = {"csv": 512 * 1024 * 1024, "xlsx": 1024 * 1024 * 1024}
PROCESSOR_SECONDS = 240
OPEN_FILES = 64
LINES_AT_ONCE = 2000
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
    limit(request.get("kind", ""))
    try:
        if request["do"] == "look":
            answer = {"look": look(sys.stdin.buffer).to_json()}
            sys.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            answer = {"summary": send_rows(request, sys.stdin.buffer, sys.stdout)}
            sys.stderr.write(json.dumps(answer, ensure_ascii=False))
    except (LayoutError, RefusalError) as problem:
        told = json.dumps({"refused": str(problem)}, ensure_ascii=False)
        (sys.stdout if request["do"] == "look" else sys.stderr).write(told)


def send_rows(request: dict[str, Any], data: BinaryIO, out: TextIO) -> dict[str, Any]:
    """Write the lines as they are read; the summary. Raises LayoutError and RefusalError."""
    order = request["order"]
    reader = RowReader(Order(**{**order, "headers": tuple(order["headers"])}))
    lines = reader.lines(body_of(request, data))
    while block := "".join(islice(lines, LINES_AT_ONCE)):
        out.write(block)
    out.flush()
    return reader.finished().to_json()


def body_of(request: dict[str, Any], data: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headers, with their line."""
    if request["kind"] == "xlsx":
        _title, rows = sheet_rows(data.read())
        return (pair for pair in rows if pair[0] > request["header_line"])
    return text_rows(request, data)


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
