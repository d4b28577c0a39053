"""The sheets of a workbook, read by a child process that can only spend so much."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.rows import error
from sigpret.intake.workbooks.cells import Sheets, sheets_from_json
from sigpret.intake.workbooks.container import check_container, refusal

SECONDS = 45
CHILD = Path(__file__).with_name("workbook_child.py")
REASONS = {
    "sheets": "El libro tiene más de 30 hojas. Suba sólo la que descargó de aquí.",
    "cells": "El libro tiene más celdas que cualquier hoja de trabajo. Suba sólo la que descargó.",
    "limits": (
        "El libro exige demasiado tiempo o memoria para leerlo. Descárguelo otra vez de aquí."
    ),
}


def read(data: bytes) -> Sheets:
    """The sheets of an .xlsx with their cells as they are. Raises RefusalError with the sentence.

    The zip is judged first, without opening its parts; then a child process with limits of memory
    and processor reads the cells.
    """
    check_container(data)
    try:
        # -I: the child sees no path or variable of the caller.
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise _refusal("limits") from None
    if child.returncode != 0:
        raise _refusal("limits")
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise _refusal(answer["refused"])
    try:
        return sheets_from_json(answer["sheets"])
    except ValueError:
        raise refusal("damaged") from None


def _refusal(reason: str) -> RefusalError:
    if reason not in REASONS:
        return refusal(reason)
    return RefusalError(error(f"workbook_{reason}", None, REASONS[reason]))
