"""The year over its quarters: a proposal to accept or change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions import ClosedImportError, save_quarters
from sigpret.apps.imports.distribution_page import DistributionPage, distribution_page
from sigpret.apps.imports.forms import read_quarters
from sigpret.apps.imports.queries import ImportFacts, distribution_sheet, import_facts
from sigpret.apps.imports.screens import DISTRIBUTE, crumbs, step_list
from sigpret.apps.imports.views.review import gone
from sigpret.web.http import is_fragment, render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def distribute(request: HttpRequest, pk: int) -> HttpResponse:
    facts = import_facts(request.access, pk)
    if facts.is_refused:
        return redirect("imports:review", pk)
    if not facts.is_in_review:
        return gone(request, facts)
    if facts.draft.missing:
        messages.warning(request, _("Antes de distribuir, complete las celdas en blanco."))
        return redirect("imports:review", pk)
    if request.method == "POST":
        return save(request, facts)
    return show(request, facts, distribution_page(distribution_sheet(facts)))


def save(request: HttpRequest, facts: ImportFacts) -> HttpResponse:
    finishing = "accept_all" in request.POST
    rows = distribution_sheet(facts).rows
    typed = read_quarters(request.POST, rows, accepts_all=finishing)
    try:
        conflicts = save_quarters(
            actor=request.user,
            access=request.access,
            import_id=facts.pk,
            changes=typed.changes,
            at=request.now,
        )
    except ClosedImportError:
        return gone(request, import_facts(request.access, facts.pk))
    now = import_facts(request.access, facts.pk)
    page = distribution_page(distribution_sheet(now), typed, conflicts, asks_to_finish=finishing)
    if is_fragment(request) or page.status != 200:
        return show(request, now, page)
    if finishing:
        return redirect("imports:confirm", facts.pk)
    return redirect(reverse("imports:distribute", args=[facts.pk]))


def show(request: HttpRequest, facts: ImportFacts, page: DistributionPage) -> HttpResponse:
    context = {
        "facts": facts,
        "page": page,
        "sheet": page.sheet,
        "steps": step_list(DISTRIBUTE, facts.pk),
        "crumbs": crumbs(facts, _("Distribuir")),
    }
    return render_page(
        request, "imports/distribute.html", context, fragment="saved", status=page.status
    )
