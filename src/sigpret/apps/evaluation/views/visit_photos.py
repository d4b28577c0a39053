"""The photographs of a visit: brought from a phone, shown as pictures drawn apart."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.evaluation.actions import VisitError, add_photo
from sigpret.apps.evaluation.queries.visits import photo_of
from sigpret.apps.evaluation.views.visit import sheet_for, to_write
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.intake.files.examine import draw
from sigpret.intake.files.kinds import FileRefusedError
from sigpret.web.http import role_required
from sigpret.web.limits import brings_too_many, too_many_files

CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


@role_required()
@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Each file on its own: one that cannot be kept does not lose the others."""
    to_write(request, number)
    if brings_too_many(request):
        return too_many_files(request)
    kept = 0
    for file in request.FILES.getlist("photo"):
        try:
            kept += add_photo(
                actor=request.user,
                access=request.access,
                visit_id=number,
                name=file.name or "",
                file=file,
                at=request.now,
            )
        except (RefusedEvidenceError, VisitError) as refusal:
            messages.error(request, f"{file.name}: {refusal}")
    if kept:
        text = ngettext("%(n)s foto agregada.", "%(n)s fotos agregadas.", kept)
        messages.success(request, text % {"n": kept})
    return redirect("evaluation:visit", number)


@role_required()
@require_safe
def picture(request: HttpRequest, number: int, photo_id: int) -> HttpResponse:
    """A photograph drawn in a child process; the file itself is never shown."""
    sheet_for(request, number)
    digest = photo_of(number, photo_id)
    if digest is None:
        raise Http404(_("Esa foto no existe."))
    drawing = storage.cached_preview(digest, 1)
    if drawing is None:
        try:
            drawing = storage.cache_preview(digest, 1, draw(storage.read(digest), 1))
        except (FileRefusedError, OSError):
            raise Http404(_("Esa foto no se pudo dibujar.")) from None
    return FileResponse(drawing, content_type="image/png", headers=CLOSED)
