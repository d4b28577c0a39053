"""A plan as a workbook: down, and up again."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions.lots import Destination, upload_workbook
from sigpret.apps.imports.forms import WORKBOOK_TOO_LARGE, WorkbookForm
from sigpret.apps.imports.permissions import check_can_fill_plan
from sigpret.apps.imports.queries.lots import recent_lots
from sigpret.apps.imports.queries.plan_lot import plan_lists, why_closed, why_shut
from sigpret.apps.imports.views.sending import workbook_response
from sigpret.apps.imports.views.unread import why_unread
from sigpret.apps.imports.workbooks.plan_out import PLAN, plan_spec, plan_workbook
from sigpret.apps.planning.queries.whole import WholePlan
from sigpret.apps.planning.views.papers import asked_plan
from sigpret.methodology.periods import Period
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, role_required

TEMPLATE = "imports/plan_upload.html"


@role_required()
@read_only
def download(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The plan pre-filled; grey for whoever does not write it, or when nobody may now."""
    plan = asked_plan(request, year, code)
    is_writable = request.access.works_for(plan.institution.pk) and not why_closed(plan)
    made = plan_workbook(
        plan,
        plan_lists(plan),
        is_writable=is_writable,
        at=request.now,
        by=str(request.user),
        is_demo=settings.DEMO,
        shut=why_shut(plan),
    )
    return workbook_response(made, f"plan-{year}-{plan.institution.code}.xlsx", at=request.now)


# The size is judged before anything reads the body, which the token check would do first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def upload(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET explains and asks for the file; POST reads it and shows what it would change."""
    try:
        plan = asked_plan(request, year, code)
    except Http404:
        messages.info(request, _("Aún no hay plan: impórtelo, cópielo o empiécelo en blanco."))
        return redirect("planning:plan", year, code)
    check_can_fill_plan(request.access, plan.institution.pk)
    if (unread := why_unread(request, WORKBOOK_TOO_LARGE)) is not None:
        return page(request, plan, WorkbookForm(), **unread._asdict())
    return upload_within_limits(request, plan)


@csrf_protect
def upload_within_limits(request: HttpRequest, plan: WholePlan) -> HttpResponse:
    if request.method != "POST":
        return page(request, plan, WorkbookForm())
    if closed := why_closed(plan):
        return page(request, plan, WorkbookForm(), problem=closed, status=409)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, plan, form, status=422)
    file = form.cleaned_data["workbook"]
    year = Period.of_year(plan.fiscal_year)
    uploaded = upload_workbook(
        actor=request.user,
        access=request.access,
        destination=Destination(PLAN, plan_spec(), plan.institution, year),
        data=file.read(),
        filename=file.name,
        at=request.now,
    )
    if uploaded.is_known:
        messages.info(request, _("Ese archivo ya está en revisión: siga donde quedó."))
    return redirect("imports:lot", uploaded.lot_id)


def page(
    request: HttpRequest,
    plan: WholePlan,
    form: WorkbookForm,
    *,
    problem: object = "",
    status: int = 200,
) -> HttpResponse:
    place = [plan.fiscal_year, plan.institution.code]
    context = {
        "plan": plan,
        "products": sum(1 for _product in plan.products()),
        "form": form,
        "problem": problem or form.errors.get("workbook", [""])[0],
        "closed": why_closed(plan),
        "lots": recent_lots(
            request.access, PLAN, institution_id=plan.institution.pk, period=str(plan.fiscal_year)
        ),
        "crumbs": (
            Crumb(f"POA {place[0]} · {place[1]}", reverse("planning:plan", args=place)),
            Crumb(_("Excel")),
        ),
    }
    return render(request, TEMPLATE, context, status=status)
