"""Choose the file of execution; see what came in before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sigpret.apps.budget.actions.execution_files import bring_execution
from sigpret.apps.budget.forms.execution import ENVELOPE, TEXT_LIMIT, TOO_LARGE, BringForm
from sigpret.apps.budget.permissions import check_can_open_executions
from sigpret.apps.budget.queries.executions import executions_open_to, places_to_bring
from sigpret.apps.institutions.queries import institution_by_code
from sigpret.intake.execution.reading import ExecutionFileError
from sigpret.web.components import Crumb
from sigpret.web.http import role_required
from sigpret.web.limits import TOO_MANY_FILES, WORKBOOKS_PER_MINUTE, brings_too_many

TOO_LARGE_STATUS, TOO_MANY_STATUS, UNREADABLE_STATUS = 413, 429, 422


# The size is judged before anything reads the body, which the token check would do first;
# `start_within_limits` makes that check.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def start(request: HttpRequest) -> HttpResponse:
    check_can_open_executions(request.access)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > TEXT_LIMIT + ENVELOPE:
        return page(request, blank(request), problem=TOO_LARGE, status=TOO_LARGE_STATUS)
    if brings_too_many(request, limit=WORKBOOKS_PER_MINUTE):
        return page(request, blank(request), problem=TOO_MANY_FILES, status=TOO_MANY_STATUS)
    return start_within_limits(request)


@csrf_protect
def start_within_limits(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, blank(request))
    form = BringForm(request.POST, request.FILES, places=places_to_bring(request.access))
    if not form.is_valid():
        return page(request, form, status=UNREADABLE_STATUS)
    try:
        return bring(request, form)
    except ExecutionFileError as problem:
        return page(request, form, problem=problem, status=UNREADABLE_STATUS)


def bring(request: HttpRequest, form: BringForm) -> HttpResponse:
    said = form.cleaned_data
    code = said["institution"]
    brought = bring_execution(
        actor=request.user,
        access=request.access,
        institution=institution_by_code(code) if code else None,
        fiscal_year=said["fiscal_year"],
        period=form.period_code(),
        is_cumulative=said["is_cumulative"],
        file=said["file"].file,
        file_name=said["file"].name,
        at=request.now,
    )
    if brought.is_known:
        messages.info(request, _("Ese archivo ya está en camino: siga donde quedó."))
    return redirect("budget:execution", brought.import_id)


def blank(request: HttpRequest) -> BringForm:
    period = f"Q{(request.now.month - 1) // 3 or 1}"
    return BringForm(
        places=places_to_bring(request.access),
        initial={"fiscal_year": request.now.year, "period": period},
    )


def page(
    request: HttpRequest, form: BringForm, *, problem: object = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "imports": executions_open_to(request.access),
        "crumbs": (Crumb(_("Presupuesto")), Crumb(_("Importar la ejecución"))),
    }
    return render(request, "budget/execution/start.html", context, status=status)
