"""The documents of the minutes, kept byte by byte: the one people read, the one that went out."""

from datetime import datetime

from sigpret.apps.evidence.actions.documents import keep_document
from sigpret.apps.evidence.models import StoredFile
from sigpret.documents.minutes import MinutesPaper, minutes_pdf
from sigpret.documents.pdf import pages_in

PDF = "application/pdf"


def keep_paper(paper: MinutesPaper, at: datetime) -> StoredFile:
    """The document of a text, kept under its own fingerprint before any row says so."""
    data = minutes_pdf(paper, written_at=at)
    return keep_document(data, PDF, at=at, pages=pages_in(data))
