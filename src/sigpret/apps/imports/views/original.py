"""The original file, to keep and never to show; and putting a draft away."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.imports.actions import ClosedImportError, discard_import
from sigpret.apps.imports.queries import import_facts, original_of
from sigpret.web.http import role_required


@require_safe
@role_required()
def original(request: HttpRequest, pk: int) -> FileResponse:
    """As an attachment of no type: no browser may run what somebody uploaded."""
    path, name = original_of(request.access, pk)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
@role_required()
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    import_facts(request.access, pk)
    try:
        discard_import(actor=request.user, access=request.access, import_id=pk, at=request.now)
    except ClosedImportError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("La importación quedó descartada. Puede subir el archivo otra vez.")
        )
    return redirect("imports:start")
