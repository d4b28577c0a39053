"""T5 · An uploaded workbook: what it would change, what to resolve, and applying it."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sigpret.apps.imports.actions.lots import ClosedLotError, correct_lot, discard_lot
from sigpret.apps.imports.lot_form import read_lot
from sigpret.apps.imports.lot_kinds import Visit, kind_of
from sigpret.apps.imports.lot_page import LotPage
from sigpret.apps.imports.queries.lots import LotFacts, lot_facts, lot_file
from sigpret.apps.imports.views.sending import HEADERS, workbook_response
from sigpret.apps.monitoring.actions import RoundNotOpenError
from sigpret.apps.planning.actions.writing import PlanNotWritableError
from sigpret.web.http import role_required

TEMPLATE = "imports/lot.html"


def visit_of(request: HttpRequest) -> Visit:
    return Visit(request.user, request.access, request.now)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what would change; POST keeps what was typed here, and applies when asked."""
    facts = lot_facts(request.access, pk)
    if facts.is_refused:
        return render(
            request,
            "imports/lot_refused.html",
            {"facts": facts, "kind": kind_of(facts), "crumbs": kind_of(facts).crumbs},
        )
    if not facts.is_in_review(request.now):
        return gone(request, facts)
    if request.method == "POST":
        return save(request, facts)
    return show(request, facts)


def save(request: HttpRequest, facts: LotFacts) -> HttpResponse:
    visit = visit_of(request)
    typed = read_lot(request.POST, kind_of(facts).preview(visit))
    try:
        correct_lot(
            actor=request.user,
            access=request.access,
            lot_id=facts.pk,
            corrections=typed.corrections,
            decisions=typed.decisions,
            at=request.now,
        )
        if "apply" in request.POST:
            return apply(request, lot_facts(request.access, facts.pk))
    except ClosedLotError:
        return gone(request, lot_facts(request.access, facts.pk))
    return redirect("imports:lot", facts.pk)


def apply(request: HttpRequest, facts: LotFacts) -> HttpResponse:
    """Write the valid rows; to where they are seen when nothing is left, else back here."""
    kind = kind_of(facts)
    try:
        done = kind.apply(visit_of(request))
    except (RoundNotOpenError, PlanNotWritableError) as refusal:
        return show(request, facts, problem=str(refusal), status=409)
    if done.applied:
        text = ngettext(
            "Se guardó %(n)d fila de la hoja.", "Se guardaron %(n)d filas de la hoja.", done.applied
        )
        messages.success(request, text % {"n": done.applied})
    return redirect("imports:lot", facts.pk) if done.pending else redirect(kind.home_url)


def show(
    request: HttpRequest, facts: LotFacts, *, problem: str = "", status: int = 200
) -> HttpResponse:
    kind = kind_of(facts)
    page = LotPage(facts, kind, kind.preview(visit_of(request)), is_open=True)
    context = {
        "facts": facts,
        "page": page,
        "kind": kind,
        "preview": page.preview,
        "problem": problem,
        "crumbs": kind.crumbs,
    }
    return render(request, TEMPLATE, context, status=status)


def gone(request: HttpRequest, facts: LotFacts) -> HttpResponse:
    """Applied, put away or left for too long: back to where it was uploaded, saying so."""
    kind = kind_of(facts)
    if facts.is_expired(request.now):
        messages.info(
            request, _("Ese archivo esperó más de 7 días sin aplicarse. Súbalo otra vez.")
        )
    else:
        messages.info(request, _("Ese archivo quedó %(state)s.") % {"state": facts.state_label})
    return redirect(kind.upload_url)


@require_safe
@role_required()
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook again: red cells with their comment, and the situation of each row."""
    facts = lot_facts(request.access, pk)
    if facts.is_refused or not facts.is_in_review(request.now):
        return gone(request, facts)
    made = kind_of(facts).marked(visit_of(request))
    return workbook_response(made, f"excel-{facts.pk}-marcado.xlsx", at=request.now)


@require_safe
@role_required()
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The uploaded file, as an attachment of no type: no browser may run what somebody uploaded."""
    path, name = lot_file(request.access, pk)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers=HEADERS,
    )


@require_POST
@role_required()
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    facts = lot_facts(request.access, pk)
    try:
        discard_lot(actor=request.user, access=request.access, lot_id=pk, at=request.now)
    except ClosedLotError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("La hoja quedó descartada: no cambió nada."))
    return redirect(kind_of(facts).upload_url)
