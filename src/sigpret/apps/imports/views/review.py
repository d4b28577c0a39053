"""What was read: correct it here, leave it, come back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions import (
    CellConflict,
    ClosedImportError,
    save_cells,
    save_quarters,
)
from sigpret.apps.imports.forms import TypedCells, read_cells
from sigpret.apps.imports.queries import ImportFacts, import_facts, review_sheet
from sigpret.apps.imports.review_buttons import accepted_proposal, cell_buttons
from sigpret.apps.imports.review_page import ReviewPage, review_page
from sigpret.apps.imports.screens import REVIEW, crumbs, plan_url, printed_on, step_list
from sigpret.web.http import is_fragment, render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def review(request: HttpRequest, pk: int) -> HttpResponse:
    facts = import_facts(request.access, pk)
    if facts.is_refused:
        return render(request, "imports/refused.html", {"facts": facts})
    if not facts.is_in_review:
        return gone(request, facts)
    if request.method == "POST":
        return save(request, facts)
    return show(request, facts, review_page(review_sheet(facts), request.GET.get("ver", "")))


def save(request: HttpRequest, facts: ImportFacts) -> HttpResponse:
    typed = read_cells(request.POST, facts.draft)
    try:
        conflicts = write(request, facts, typed)
    except ClosedImportError:
        return gone(request, import_facts(request.access, facts.pk))
    now = import_facts(request.access, facts.pk)
    page = review_page(
        review_sheet(now),
        request.GET.get("ver", ""),
        typed,
        conflicts,
        asks_to_finish="next" in request.POST,
    )
    if is_fragment(request) or page.status != 200:
        return show(request, now, page)
    if page.asks_to_finish:
        return redirect("imports:distribute", facts.pk)
    return redirect(f"{reverse('imports:review', args=[facts.pk])}?ver={page.view}")


def write(request: HttpRequest, facts: ImportFacts, typed: TypedCells) -> tuple[CellConflict, ...]:
    """What was typed, then what the pressed button adds to it."""
    who = {"actor": request.user, "access": request.access, "at": request.now}
    conflicts = save_cells(import_id=facts.pk, changes=typed.changes, **who)
    fresh = import_facts(request.access, facts.pk)
    if changes := cell_buttons(request.POST, fresh.draft):
        conflicts += save_cells(import_id=facts.pk, changes=changes, **who)
    if proposal := accepted_proposal(request.POST, fresh):
        save_quarters(import_id=facts.pk, changes=proposal, **who)
    return conflicts


def show(request: HttpRequest, facts: ImportFacts, page: ReviewPage) -> HttpResponse:
    context = {
        "facts": facts,
        "page": page,
        "sheet": page.sheet,
        "steps": step_list(REVIEW, facts.pk),
        "crumbs": crumbs(facts, _("Revisar")),
        "plan_url": plan_url(facts),
        "printed_on": printed_on(facts),
    }
    return render_page(
        request, "imports/review.html", context, fragment="saved", status=page.status
    )


def gone(request: HttpRequest, facts: ImportFacts) -> HttpResponse:
    """Confirmed: its plan; discarded: the list, saying so."""
    if facts.is_confirmed:
        return redirect(plan_url(facts))
    messages.info(request, _("Esa importación quedó %(state)s.") % {"state": facts.state_label})
    return redirect("imports:start")
