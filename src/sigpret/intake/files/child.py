"""The child process of `examine`: limits itself, reads one file from standard input, answers.

The request is one line of JSON and then the bytes; the answer, one line of JSON and then bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from sigpret.intake.files.archives import office_kind
from sigpret.intake.files.kinds import JPEG, PDF, PNG, FileRefusedError, Kind, Reason
from sigpret.intake.files.pages import draw_page, page_count
from sigpret.intake.files.photos import draw_photo, rewritten
from sigpret.intake.files.signatures import JPEG as JPEG_START
from sigpret.intake.files.signatures import PDF as PDF_START
from sigpret.intake.files.signatures import PNG as PNG_START
from sigpret.intake.files.signatures import ZIP, refuse_by_signature, refuse_two_kinds
from sigpret.intake.files.texts import text_kind

MEMORY = 1280 * 1024 * 1024
PROCESSOR_SECONDS = 15
OPEN_FILES = 64


def limit() -> None:
    """Memory, processor time and open files are bounded; no file is written, no core dumped."""
    bounds = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, bound in bounds.items():
        resource.setrlimit(which, (bound, bound))


def examined(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """The kind, the pages, and the bytes to keep when they are not those received."""
    refuse_by_signature(data)
    if data.startswith(ZIP):
        return told(office_kind(data)), b""
    refuse_two_kinds(data)
    if data.startswith(PDF_START):
        return told(PDF, page_count(data)), b""
    for start, kind in ((JPEG_START, JPEG), (PNG_START, PNG)):
        if data.startswith(start):
            return told(kind, 1), rewritten(data, kind)
    if PDF_START in data[:1024]:
        raise FileRefusedError(Reason.TWO_KINDS)
    return told(text_kind(data, name)), b""


def told(kind: Kind, pages: int | None = None) -> dict[str, Any]:
    return {"media_type": kind.media_type, "pages": pages}


def drawn(data: bytes, page: int) -> tuple[dict[str, Any], bytes]:
    """A page of a PDF or a photograph as PNG."""
    return {}, draw_page(data, page) if data.startswith(PDF_START) else draw_photo(data)


def answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if "page" in request:
            return drawn(data, int(request["page"]))
        return examined(data, str(request["name"]))
    except FileRefusedError as refusal:
        return {"refused": refusal.reason.value}, b""


def main() -> None:
    limit()
    request = json.loads(sys.stdin.buffer.readline())
    head, body = answer(request, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
