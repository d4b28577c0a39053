"""Minutes of the mesas for citizens, and the check that a document is the one that went out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.evidence.storage import digest_of
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries import Mesa, mesa_by_slug
from sigpret.apps.mesas.queries.published_mesas import published_mesas
from sigpret.apps.mesas.queries.published_minutes import (
    VerifiedDocument,
    previewed,
    public_minutes,
    published,
    verified_document,
)
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.web.http import read_only, role_required
from sigpret.web.limits import client_address, is_too_often

#: Files are only hashed here; a copy of minutes is far smaller.
MOST_BYTES = 10 * 1024 * 1024
CHECKS_PER_MINUTE = 30


@read_only
def minutes_index(request: HttpRequest) -> HttpResponse:
    """`/actas` · Every mesa, with what it has published."""
    mesas = published_mesas()
    context = {"mesas": mesas, "total": sum(mesa.minutes for mesa in mesas)}
    return render(request, "portal/minutes_index.html", context)


@read_only
def mesa_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """`/mesas/<slug>/actas` · What a mesa has agreed, newest first."""
    mesa = mesa_for(slug)
    context = {"mesa": mesa, "slug": slug, "lines": published(mesa)}
    return render(request, "portal/minutes_list.html", context)


@read_only
def one_minutes(request: HttpRequest, slug: str, number: int, year: int) -> HttpResponse:
    """`/mesas/<slug>/actas/7-2026` · One text without personal data."""
    mesa = mesa_for(slug)
    found = public_minutes(mesa, number, year, today=request.as_of)
    if found is None:
        raise Http404(_("Esa ayuda memoria no existe o aún no se ha distribuido."))
    return render(request, "portal/minutes.html", {"minutes": found, "slug": slug})


@role_required()
@read_only
def preview_minutes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/mesas/<slug>/r/<n>/publica` · What will be published, for whoever writes it."""
    loaded = mesa_page(request, slug)
    check_can_write(loaded.standing)
    found = previewed(loaded.mesa, number, today=request.as_of)
    if found is None:
        raise Http404(_("La ayuda memoria existe desde que inicia la sesión."))
    context = {"minutes": found, "slug": slug, "number": number, "is_preview": True}
    return render(request, "portal/minutes.html", context)


def mesa_for(slug: str) -> Mesa:
    mesa = mesa_by_slug(slug)
    if mesa is None:
        raise Http404(_("Esa mesa no existe."))
    return mesa


@read_only
def verify(request: HttpRequest) -> HttpResponse:
    """`/verificar` · Where a code is typed."""
    code = request.GET.get("codigo", "").strip()
    if code:
        return redirect("portal:verified", code[:80])
    return render(request, "portal/verify.html", {"found": None, "code": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """`/verificar/<code>` · The document of a code; POST compares somebody's copy with it."""
    found = verified_document(code)
    context = {"found": found, "code": code, "result": "", "digest": ""}
    status = 200 if found else 404
    if found is not None and request.method == "POST":
        context["result"], context["digest"] = compared(request, found)
    return render(request, "portal/verify.html", context, status=status)


def compared(request: HttpRequest, found: VerifiedDocument) -> tuple[str, str]:
    """`same`, `different` or why it was not compared, and the digest of the copy."""
    if is_too_often(f"verify:{client_address(request)}", limit=CHECKS_PER_MINUTE):
        return "later", ""
    file = request.FILES.get("copy")
    if file is None or not file.size:
        return "missing", ""
    if file.size > MOST_BYTES:
        return "large", ""
    digest = digest_of(file.read())
    return ("same" if digest == found.file_digest else "different"), digest
