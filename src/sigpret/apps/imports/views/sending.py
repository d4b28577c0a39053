"""A made file goes out: an attachment that no browser runs and no proxy keeps."""

from datetime import datetime

from django.http import HttpResponse

from sigpret.documents.workbook import Workbook
from sigpret.documents.workbook_file import write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


def workbook_response(workbook: Workbook, filename: str, *, at: datetime) -> HttpResponse:
    """A workbook as a download."""
    return attachment(write(workbook, written_at=at), filename, XLSX)


def attachment(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """Bytes as a download; the name is ours, so it holds nothing to escape."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
