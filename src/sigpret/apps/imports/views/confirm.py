"""What would change; then, once, the plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions import (
    ClosedImportError,
    ClosedQuartersError,
    NothingToRecordError,
    NotReadyError,
    confirm_import,
)
from sigpret.apps.imports.forms import ConfirmForm
from sigpret.apps.imports.queries import ImportFacts, confirmation, import_facts
from sigpret.apps.imports.queries.distribution import undistributed
from sigpret.apps.imports.screens import CONFIRM, crumbs, plan_url, step_list
from sigpret.apps.imports.views.review import gone
from sigpret.apps.planning.actions import (
    ConflictError,
    PlanNotWritableError,
    ProductHasReportsError,
    UnknownCodesError,
)
from sigpret.web.http import role_required

CONFLICTS = (ConflictError, PlanNotWritableError, ProductHasReportsError)
REFUSALS = (ClosedQuartersError, UnknownCodesError, NothingToRecordError)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    facts = import_facts(request.access, pk)
    if facts.is_refused or (facts.is_in_review and facts.draft.missing):
        return redirect("imports:review", pk)
    if not facts.is_in_review:
        return gone(request, facts)
    if undistributed(facts):
        messages.warning(request, _("Antes de confirmar, acepte la distribución por trimestre."))
        return redirect("imports:distribute", pk)
    if request.method == "POST":
        return record(request, facts)
    return show(request, facts)


def record(request: HttpRequest, facts: ImportFacts) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return show(request, facts, problem=_("Vuelva a leer los cambios y confirme."), status=422)
    try:
        confirm_import(
            actor=request.user,
            access=request.access,
            import_id=facts.pk,
            at=request.now,
            **form.cleaned_data,
        )
    except (ClosedImportError, NotReadyError):
        return redirect("imports:review", facts.pk)
    except CONFLICTS as conflict:
        return show(request, import_facts(request.access, facts.pk), str(conflict), status=409)
    except REFUSALS as refusal:
        return show(request, facts, problem=str(refusal), status=422)
    messages.success(request, _("Plan guardado."))
    return redirect(plan_url(facts))


def show(
    request: HttpRequest, facts: ImportFacts, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "facts": facts,
        "sheet": confirmation(facts),
        "problem": problem,
        "steps": step_list(CONFIRM, facts.pk),
        "crumbs": crumbs(facts, _("Confirmar")),
        "plan_url": plan_url(facts),
    }
    return render(request, "imports/confirm.html", context, status=status)
