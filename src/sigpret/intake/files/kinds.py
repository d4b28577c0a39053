"""The files an evidence may be, and the reasons for which one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024


class Reason(StrEnum):
    """Why a file is refused; the sentences for people stand beside the screens."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    EXECUTABLE = "executable"
    WEB_PAGE = "web_page"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    OFFICE_PASSWORD = "office_password"  # noqa: S105 - a reason, not a secret
    MACROS = "macros"
    EMBEDDED = "embedded"
    REMOTE = "remote"
    BOMB = "bomb"
    DAMAGED = "damaged"
    TWO_KINDS = "two_kinds"
    PDF_PASSWORD = "pdf_password"  # noqa: S105 - a reason, not a secret
    PDF_SCRIPT = "pdf_script"
    PDF_ATTACHMENT = "pdf_attachment"
    PDF_PAGES = "pdf_pages"
    OTHER_PHOTO = "other_photo"
    PIXELS = "pixels"
    MEDIA = "media"
    COMMANDS = "commands"
    LIMITS = "limits"


class FileRefusedError(Exception):
    """The file cannot be kept; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kind:
    """A type that is accepted. `is_shown`: its pages can be drawn without opening the file."""

    media_type: str
    suffixes: tuple[str, ...]
    label: str
    is_shown: bool = False


PDF = Kind("application/pdf", (".pdf",), "PDF", is_shown=True)
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), "Foto JPG", is_shown=True)
PNG = Kind("image/png", (".png",), "Imagen PNG", is_shown=True)
XLSX = Kind(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), "Excel"
)
DOCX = Kind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), "Word"
)
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", (".ods",), "Hoja de cálculo ODS")
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",), "Documento ODT")
CSV = Kind("text/csv", (".csv",), "CSV")
TEXT = Kind("text/plain", (".txt",), "Texto")
KINDS = {kind.media_type: kind for kind in (PDF, XLSX, DOCX, ODS, ODT, CSV, TEXT, JPEG, PNG)}
#: What the file chooser of a browser offers.
ACCEPT = ",".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)
