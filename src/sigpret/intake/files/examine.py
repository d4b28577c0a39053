"""Asking the child process what a file is, or to draw one of its pages.

A file is hostile until proven otherwise: nothing here opens it. Whatever it does to its reader,
it does to a process that can write nothing, has little memory and time, and dies alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sigpret
from sigpret.intake.files.kinds import KINDS, MOST_BYTES, FileRefusedError, Kind, Reason

SOURCES = Path(sigpret.__file__).parents[1]
CHILD = "sigpret.intake.files.child"
#: Wall clock; the child's processor time is lower.
SECONDS = 20


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is, and the bytes to keep: a photograph's are not those that arrived."""

    kind: Kind
    pages: int | None
    data: bytes


def examine(data: bytes, name: str) -> Examined:
    """What the bytes are. Raises FileRefusedError."""
    if not data:
        raise FileRefusedError(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise FileRefusedError(Reason.TOO_LARGE)
    told, body = ask_child({"name": name}, data)
    kind = KINDS.get(str(told.get("media_type")))
    if kind is None:
        raise FileRefusedError(Reason.LIMITS)
    pages = told.get("pages")
    return Examined(kind, pages if isinstance(pages, int) else None, body or data)


def draw(data: bytes, page: int) -> bytes:
    """A page, from 1, as PNG. Raises FileRefusedError."""
    _told, body = ask_child({"page": page}, data)
    if not body.startswith(b"\x89PNG"):
        raise FileRefusedError(Reason.LIMITS)
    return body


def ask_child(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The child's answer. Raises FileRefusedError with its reason, or because it met a limit."""
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
        answer, _ = child.communicate(json.dumps(request).encode() + b"\n" + data, SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        if child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()
        raise FileRefusedError(Reason.LIMITS) from None
    if child.returncode != 0:
        raise FileRefusedError(Reason.LIMITS)
    return understood(answer)


def understood(answer: bytes) -> tuple[dict[str, Any], bytes]:
    head, _, body = answer.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
        refused = told.get("refused")
        reason = None if refused is None else Reason(refused)
    except (ValueError, AttributeError):
        raise FileRefusedError(Reason.LIMITS) from None
    if reason is not None:
        raise FileRefusedError(reason)
    return told, body
