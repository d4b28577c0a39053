"""D2 · A report datum by datum, the riskiest first."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.monitoring.actions import (
    NotUnderReviewError,
    RoundNotOpenError,
    SampleNotOpenedError,
    validate_batch,
)
from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.permissions import check_can_review
from sigpret.apps.monitoring.queries import (
    ReviewRow,
    ReviewSheet,
    datum_history,
    review_sheet,
    thread_of,
)
from sigpret.apps.monitoring.views.evidence_viewer import viewer_of
from sigpret.apps.monitoring.views.review_page import (
    REASONS,
    Conflict,
    DatumSide,
    ReviewPage,
    return_form,
    review_page,
)
from sigpret.apps.monitoring.views.seen import seen_versions
from sigpret.web.components import Crumb
from sigpret.web.dates import period_words
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/review.html"
REFUSED_BATCH = (
    SampleNotOpenedError,
    NotUnderReviewError,
    RoundNotOpenError,
)


@role_required()
def review(request: HttpRequest, report_id: int) -> HttpResponse:
    """GET shows one datum of the report; POST validates at once what gives no signal."""
    found = sheet_for(request, report_id)
    page = review_page(found, request.GET.get("dato", ""))
    if request.method == "POST":
        return validate_clean(request, report_id, page)
    return render_review(request, page, return_form(page, request.GET.get("motivo", "")))


def validate_clean(request: HttpRequest, report_id: int, page: ReviewPage) -> HttpResponse:
    """The batch, at the versions that were listed; a refusal says what must be opened first."""
    try:
        decision = validate_batch(
            actor=request.user,
            access=request.access,
            report_id=report_id,
            expected_versions=seen_versions(request.POST.getlist("value")),
            at=request.now,
        )
    except REFUSED_BATCH as refusal:
        return render_review(request, page, ReturnForm(), problem=str(refusal), status=409)
    if count := len(decision.value_ids):
        text = ngettext("%(n)s dato validado.", "%(n)s datos validados.", count)
        messages.success(request, text % {"n": count})
    return redirect(request.path)


def sheet_for(request: HttpRequest, report_id: int) -> ReviewSheet:
    """The report for this reviewer. Raises PermissionDenied and Http404."""
    check_can_review(request.access)
    found = review_sheet(report_id=report_id, access=request.access)
    if found is None or not found.rows:
        raise Http404(_("Ese reporte no existe o aún no se ha enviado."))
    return found


def beside(request: HttpRequest, page: ReviewPage, chosen: ReviewRow) -> DatumSide:
    """Evidence, conversation and history of the open datum."""
    value_id, report_id = chosen.value_id, page.review.sheet.report_id or 0
    thread = thread_of(value_id, access=request.access, on=request.as_of)
    reviewers = [person for person in thread.people if person.is_reviewer] if thread else []
    return DatumSide(
        viewer=viewer_of(request, value_id),
        thread=thread,
        history=datum_history(value_id, report_id),
        deciders=[one.name for one in reviewers if one.user_id != request.user.pk],
        visit_url=visit_url(value_id),
    )


def visit_url(value_id: int) -> str:
    """Visits stand above this app; without them there is no button."""
    try:
        return f"{reverse('evaluation:visit_new')}?dato={value_id}"
    except NoReverseMatch:
        return ""


def render_review(
    request: HttpRequest,
    page: ReviewPage,
    form: ReturnForm,
    *,
    problem: str = "",
    conflict: Conflict | None = None,
    is_returning: bool = False,
    status: int = 200,
) -> HttpResponse:
    sheet = page.review.sheet
    if page.chosen:
        page = replace(page, side=beside(request, page, page.chosen))
    context = {
        "page": page,
        "sheet": sheet,
        "form": form,
        "problem": problem,
        "conflict": conflict,
        "reasons": REASONS,
        "motive": request.GET.get("motivo") or request.POST.get("motivo", ""),
        "is_returning": is_returning or "motivo" in request.GET,
        "is_closed": sheet.round is None or sheet.round.is_closed,
        "review_url": reverse("monitoring:review", args=[sheet.report_id]),
        "crumbs": [
            Crumb(_("Validar reportes"), reverse("monitoring:review_queue")),
            Crumb(f"{sheet.institution_name} · {period_words(sheet.period)}"),
        ],
    }
    return render_page(request, TEMPLATE, context, status=status)
