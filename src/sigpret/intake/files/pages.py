"""PDF: how many pages, nothing that runs or hides, and the drawing of one page."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from sigpret.intake.files.kinds import FileRefusedError, Reason

MOST_PAGES = 2_000
WIDEST = 900
MOST_SCALE = 3.0
TALLEST = 2_400
#: Actions no proof needs; those hidden in compressed parts run nowhere here, only in readers.
ACTIONS = (b"/Launch", b"/JavaScript")
#: Line ends and blanks may follow the end of a document; nothing else.
AFTER_THE_END = re.compile(rb"%%EOF[\s\x00]*\Z")


def opened(data: bytes) -> Any:
    """The document. Raises FileRefusedError when it is damaged or protected."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        is_locked = "assword" in str(problem)
        raise FileRefusedError(Reason.PDF_PASSWORD if is_locked else Reason.DAMAGED) from None
    if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
        raise FileRefusedError(Reason.PDF_PASSWORD)
    return document


def page_count(data: bytes) -> int:
    """The pages of a PDF that is safe to keep. Raises FileRefusedError."""
    if not AFTER_THE_END.search(data[-4096:]):
        raise FileRefusedError(Reason.DAMAGED)
    document = opened(data)
    has_script = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0
    if has_script or any(action in data for action in ACTIONS):
        raise FileRefusedError(Reason.PDF_SCRIPT)
    if pdfium.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        raise FileRefusedError(Reason.PDF_ATTACHMENT)
    count = len(document)
    if count > MOST_PAGES:
        raise FileRefusedError(Reason.PDF_PAGES)
    if not count:
        raise FileRefusedError(Reason.DAMAGED)
    return count


def draw_page(data: bytes, number: int) -> bytes:
    """Page `number`, from 1, as PNG. Raises FileRefusedError."""
    document = opened(data)
    if not 1 <= number <= len(document):
        raise FileRefusedError(Reason.PDF_PAGES)
    page = document[number - 1]
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise FileRefusedError(Reason.DAMAGED)
    scale = min(WIDEST / width, TALLEST / height, MOST_SCALE)
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    memory = io.BytesIO()
    image.convert("RGB").quantize(128).save(memory, "PNG", optimize=False)
    return memory.getvalue()
