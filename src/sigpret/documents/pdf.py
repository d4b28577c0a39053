"""PDF from a template of ours and data of theirs: archivable, tagged, always the same bytes.

The template is a Typst file beside this module. The data enters as one JSON string that the
template decodes: a text in it is a string value and can never become markup or code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import pypdfium2
import typst

TEMPLATES = Path(__file__).with_name("templates")
#: Accessible archiving: tags, language, embedded fonts, no external reference.
STANDARD: Final = "a-3a"


class UnknownTemplateError(LookupError):
    """There is no template of that name in `templates`."""


def compile_pdf(template: str, data: Mapping[str, Any], *, written_at: datetime) -> bytes:
    """The PDF/A-3a of `templates/<template>` with `data`, which must be plain JSON.

    Texts are printed as they come, whatever they contain. `written_at` (aware) is the date the
    document declares; with the same data and date the bytes are the same. Raises
    UnknownTemplateError, and typst.TypstError when a template is broken.
    """
    source = TEMPLATES / template
    if source.parent != TEMPLATES or not source.is_file():
        raise UnknownTemplateError(template)
    told = json.dumps({**data, "written_at": written_at.isoformat()}, ensure_ascii=False)
    return bytes(
        typst.compile(
            str(source),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": told},
            pdf_standards=[STANDARD],
            timestamp=int(written_at.timestamp()),
        )
    )


def pages_in(data: bytes) -> int:
    """How many pages a PDF made here has."""
    return len(pypdfium2.PdfDocument(data))


@cache
def _fonts() -> typst.Fonts:
    """The families inside the compiler and no other: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
