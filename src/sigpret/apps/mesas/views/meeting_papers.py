"""The minutes as a document, and every version of their text compared with the one before."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.mesas.queries.minutes_content import (
    digest_now,
    latest_version,
    minutes_content,
    parts_of,
)
from sigpret.apps.mesas.queries.minutes_paper import draft_paper, paper_of, signatures_of
from sigpret.apps.mesas.queries.minutes_versions import versions_of
from sigpret.apps.mesas.views.meeting import Loaded, context_of, load_meeting
from sigpret.documents.minutes import MinutesPaper, minutes_pdf
from sigpret.documents.minutes_word import minutes_docx
from sigpret.web.http import read_only, render_page, role_required

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@role_required()
@require_safe
def minutes_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The document that went out, byte by byte; before that, a draft that says so."""
    loaded = load_meeting(request, slug, number)
    stored = loaded.page.meeting.document
    if stored is not None:
        return file_answer(storage.read(stored.sha256), PDF, loaded, "pdf")
    return file_answer(minutes_pdf(paper_for(loaded), written_at=moment_of(loaded)), PDF, loaded)


@role_required()
@require_safe
def minutes_word(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same words in a file that word processors open."""
    loaded = load_meeting(request, slug, number)
    return file_answer(minutes_docx(paper_for(loaded)), WORD, loaded, "docx")


def paper_for(loaded: Loaded) -> MinutesPaper:
    """What it says now: the text in force, or what is written so far. Raises Http404."""
    page = loaded.page
    if not page.has_minutes:
        raise Http404(_("La ayuda memoria existe desde que inicia la sesión."))
    if not page.reads_minutes:
        raise PermissionDenied(_("El borrador lo lee quien lo escribe hasta pedir conformidad."))
    meeting = page.meeting
    version = latest_version(meeting)
    if version is not None and not (page.text.has_changed and page.standing.writes):
        signatures = signatures_of(meeting, version)
        return paper_of(meeting, version, signatures, is_demo=settings.DEMO)
    parts = parts_of(meeting)
    return draft_paper(meeting, minutes_content(meeting, parts), digest_now(meeting, parts))


def moment_of(loaded: Loaded) -> datetime:
    """The date the document declares."""
    meeting = loaded.page.meeting
    return meeting.distributed_at or loaded.page.text.made_at or loaded.page.now


def file_answer(data: bytes, kind: str, loaded: Loaded, suffix: str = "pdf") -> HttpResponse:
    name = f"ayuda-memoria-{loaded.mesa.slug}-{loaded.page.code}.{suffix}"
    shown = "inline" if suffix == "pdf" else "attachment"
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'{shown}; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@role_required()
@read_only
def versions(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/versiones` · What each version changed, who made it, and who agreed with it."""
    loaded = load_meeting(request, slug, number)
    context = context_of(loaded, versions=versions_of(loaded.page.meeting))
    return render_page(request, "mesas/meeting_versions.html", context)
