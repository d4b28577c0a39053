"""The child process of `reading`: looks at any file, and reads the rows of a workbook.

The request is one line of JSON on standard input and then the bytes of the file. To `look` it
answers one line of JSON; to `rows`, lines for COPY, and on standard error one line of JSON at the
end. Whatever a file does to the reader, it does to a process that opens and writes nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from sigpret.intake.execution.layout import look
from sigpret.intake.execution.problems import LayoutError
from sigpret.intake.execution.sheets import sheet_rows
from sigpret.intake.execution.text_child import limit, send_rows
from sigpret.intake.readers.problems import RefusalError


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    limit("xlsx")
    answer = answered(request)
    told = sys.stdout if request["do"] == "look" else sys.stderr
    told.write(json.dumps(answer, ensure_ascii=False))


def answered(request: dict[str, Any]) -> dict[str, Any]:
    """What the file looks like, or the summary of its rows, or why it is refused."""
    try:
        if request["do"] == "look":
            return {"look": look(sys.stdin.buffer).to_json()}
        _title, rows = sheet_rows(sys.stdin.buffer.read())
        body = (pair for pair in rows if pair[0] > request["header_line"])
        return {"summary": send_rows(request["order"], body, sys.stdout)}
    except (LayoutError, RefusalError) as problem:
        return {"refused": str(problem)}


if __name__ == "__main__":
    main()
