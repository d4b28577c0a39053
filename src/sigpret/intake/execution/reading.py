"""A file of execution, looked at and read in a child process that can only spend so much.

Constant memory on this side: the bytes go in and the lines come out in blocks.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import sigpret
from sigpret.intake.execution.rows import Order

SOURCES = Path(sigpret.__file__).parents[1]
CHILD = "sigpret.intake.execution.child"
TEXT_CHILD = "sigpret.intake.execution.text_child"
LOOK_SECONDS, READ_SECONDS = 60, 600
BLOCK = 256 * 1024
MOST_SUMMARY = 64 * 1024 * 1024
FAILED = (
    "El archivo no se pudo leer dentro de los límites de memoria y tiempo. Divídalo o súbalo como "
    "CSV."
)


class ExecutionFileError(Exception):
    """The file cannot be read; the text is the sentence for a person."""


def look_at(file: BinaryIO) -> dict[str, Any]:
    """The head of a file, as `layout.Look` says it. Raises ExecutionFileError."""
    with Child({"do": "look"}, file, LOOK_SECONDS) as child:
        answer = b"".join(child.blocks())
    told = understood(answer)
    found: dict[str, Any] = told["look"]
    return found


class Rows:
    """The lines of a file for COPY, in blocks; `summary` once they ended.

    Raises ExecutionFileError while iterating. `layout` is what `look_at` answered.
    """

    def __init__(self, file: BinaryIO, layout: dict[str, Any], order: Order) -> None:
        names = ("kind", "encoding", "delimiter", "header_line")
        self.request = {"do": "rows", "order": asdict(order)} | {n: layout[n] for n in names}
        self.file = file
        self.summary: dict[str, Any] = {}

    def __iter__(self) -> Iterator[bytes]:
        with Child(self.request, self.file, READ_SECONDS) as child:
            yield from whole_lines(child.blocks())
        self.summary = understood(child.said)["summary"]


class Child:
    """The process, fed by a thread while its answer is read; ended whatever happens."""

    def __init__(self, request: dict[str, Any], file: BinaryIO, seconds: int) -> None:
        self.request, self.file, self.seconds = request, file, seconds
        self.module = TEXT_CHILD if request.get("kind") == "csv" else CHILD
        self.said = b""

    def __enter__(self) -> Child:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", self.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={"PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        self.clock = threading.Timer(self.seconds, self.end)
        self.threads = [
            threading.Thread(target=self.feed, daemon=True),
            threading.Thread(target=self.listen, daemon=True),
        ]
        for thread in (self.clock, *self.threads):
            thread.start()
        return self

    def feed(self) -> None:
        """The request and the bytes; a child that refused them early closes the door."""
        pipe = self.process.stdin
        if pipe is None:
            return
        with suppress(OSError), pipe:
            pipe.write(json.dumps(self.request).encode() + b"\n")
            while block := self.file.read(BLOCK):
                pipe.write(block)

    def listen(self) -> None:
        pipe = self.process.stderr
        self.said = b"" if pipe is None else pipe.read(MOST_SUMMARY)

    def blocks(self) -> Iterator[bytes]:
        pipe = self.process.stdout
        while pipe is not None and (block := os.read(pipe.fileno(), BLOCK)):
            yield block

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def __exit__(self, *problem: object) -> None:
        if problem[0] is not None:
            self.end()
        self.process.wait()
        self.clock.cancel()
        for thread in self.threads:
            thread.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        if problem[0] is None and self.process.returncode != 0:
            raise ExecutionFileError(FAILED)


def whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, no block ending in the middle of a line."""
    rest = b""
    for block in blocks:
        whole, mark, tail = block.rpartition(b"\n")
        if mark:
            yield rest + whole + mark
            rest = tail
        else:
            rest += tail
    if rest:
        raise ExecutionFileError(FAILED)


def understood(answer: bytes) -> dict[str, Any]:
    """What the child said last; a refusal is raised. Raises ExecutionFileError."""
    try:
        told: dict[str, Any] = json.loads(answer.splitlines()[-1])
    except (ValueError, IndexError):
        raise ExecutionFileError(FAILED) from None
    if "refused" in told:
        raise ExecutionFileError(str(told["refused"]))
    return told
