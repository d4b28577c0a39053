"""An evidence to keep, never to run; and a page of it as a picture."""

from http import HTTPStatus
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.permissions import check_can_open_evidence
from sigpret.apps.evidence.queries import EvidenceFacts, evidence_facts
from sigpret.intake.files.examine import draw
from sigpret.intake.files.kinds import FileRefusedError
from sigpret.web.http import role_required

CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
@role_required()
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """As an attachment of no type: no browser may run what somebody uploaded.

    Bytes that are no longer those of the fingerprint are not sent.
    """
    return handed_over(open_to(request, pk))


def handed_over(facts: EvidenceFacts) -> HttpResponse:
    """The bytes of an evidence whose reader was already let in. Raises Http404."""
    return stored_file(facts.sha256, facts.name)


def stored_file(sha256: str, name: str) -> HttpResponse:
    """Stored bytes under a name, for a reader who was already let in. Raises Http404."""
    try:
        file = storage.opened(sha256)
    except OSError:
        raise Http404(_("El archivo no está en su lugar; DIGER ya puede verlo en Salud.")) from None
    if not storage.is_intact(sha256):
        file.close()
        return HttpResponse(
            _("El archivo guardado no es el que se subió: no se entrega. DIGER lo ve en Salud."),
            status=HTTPStatus.CONFLICT,
            content_type="text/plain; charset=utf-8",
            headers=CLOSED,
        )
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers=CLOSED,
    )


@require_safe
@role_required()
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page drawn in a child process; the file itself is never shown inline."""
    facts = open_to(request, pk)
    if not facts.is_shown or not 1 <= number <= (facts.pages or 0):
        raise Http404(_("Esa página no existe."))
    drawing = storage.cached_preview(facts.sha256, number) or drawn(facts, number)
    return FileResponse(drawing, content_type="image/png", headers=CLOSED)


def drawn(facts: EvidenceFacts, number: int) -> BinaryIO:
    try:
        drawing = draw(storage.read(facts.sha256), number)
    except (FileRefusedError, OSError):
        raise Http404(_("Esa página no se pudo dibujar; descargue el archivo.")) from None
    return storage.cache_preview(facts.sha256, number, drawing)


def open_to(request: HttpRequest, pk: int) -> EvidenceFacts:
    """The evidence, for somebody who may open it. Raises Http404 and PermissionDenied."""
    facts = evidence_facts(pk)
    if facts is None:
        raise Http404(_("Esa evidencia no existe."))
    check_can_open_evidence(request.access, facts.institution_id, is_reserved=facts.is_reserved)
    return facts
