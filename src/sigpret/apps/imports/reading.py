"""Reading an uploaded file away from the server: a child process with little memory and time.

A file is hostile until proven otherwise. Whatever it does to the reader, it does it to a process
that may open nothing, write nothing and die alone; what comes back is validated again here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sigpret
from sigpret.apps.imports.storable import what_cannot_be_stored
from sigpret.intake.json_form import JsonFormError
from sigpret.intake.rows import Finding, PlanDocument, Severity, error

SOURCES = Path(sigpret.__file__).parents[1]
CHILD = "sigpret.apps.imports.reader_process"
#: Wall clock, far below what the server gives a request. The child's processor time is lower.
SECONDS = 15
ANSWER_LIMIT = 32 * 1024 * 1024

FAILED = error(
    "reading_failed",
    None,
    "El archivo no se pudo leer dentro de los límites de memoria y tiempo. Descárguelo otra vez "
    "del SIAFI y súbalo sin cambios.",
)


@dataclass(frozen=True)
class FileReading:
    """What a file says, or why it was refused: then `document` is None."""

    document: PlanDocument | None
    findings: tuple[Finding, ...]


def read_upload(data: bytes, filename: str) -> FileReading:
    """The plan the bytes state, read in a limited child process."""
    answer = ask_child(json.dumps({"filename": filename}).encode() + b"\n" + data)
    return understood(answer) if answer is not None else FileReading(None, (FAILED,))


def ask_child(request: bytes) -> bytes | None:
    """What the child answers; None when it failed, said too much or had to be ended."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-s", "-B", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(request, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        # The whole session: the child may have started a reader of its own.
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return None
    return answer if child.returncode == 0 and len(answer) <= ANSWER_LIMIT else None


def understood(answer: bytes) -> FileReading:
    """The child's answer, believed only as far as it has the form of a plan that can be stored."""
    try:
        told: dict[str, Any] = json.loads(answer)
        findings = tuple(
            Finding(Severity(row["severity"]), row["rule"], row["line"], row["message"])
            for row in told["findings"]
        )
        plan = told["document"]
        document = None if plan is None else PlanDocument.from_json(plan)
    except (ValueError, KeyError, TypeError, JsonFormError):
        return FileReading(None, (FAILED,))
    if document is None:
        return FileReading(None, findings or (FAILED,))
    unstorable = tuple(what_cannot_be_stored(document))
    return FileReading(None, unstorable) if unstorable else FileReading(document, findings)
