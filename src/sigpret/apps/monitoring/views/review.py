"""D2 · A report datum by datum: validate it, or return it with a reason."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import (
    ChangedValueError,
    NotUnderReviewError,
    ObservationMissingError,
    RoundNotOpenError,
    return_value,
    validate_values,
)
from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.permissions import check_can_review
from sigpret.apps.monitoring.queries import ReviewRow, ReviewSheet, review_sheet
from sigpret.apps.monitoring.views.review_page import (
    REASONS,
    ReviewPage,
    next_url,
    return_form,
    review_page,
)
from sigpret.web.components import Crumb
from sigpret.web.dates import period_words
from sigpret.web.formats import format_number
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/review.html"
QUANTITY = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,4})?")
SEEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")
REFUSALS = (NotUnderReviewError, ObservationMissingError, RoundNotOpenError)


@role_required()
def review(request: HttpRequest, report_id: int) -> HttpResponse:
    """GET shows the report with one datum open; POST validates the clean ones that were listed."""
    found = sheet_for(request, report_id)
    page = review_page(found, request.GET.get("dato", ""))
    if request.method != "POST":
        return render_review(request, page, return_form(page, request.GET.get("motivo", "")))
    listed = seen_versions(request.POST.getlist("value"))
    problem = validate(request, [row for row in page.clean if row.row.cell.id in listed], listed)
    if problem:
        return render_review(request, page, ReturnForm(), problem=problem, status=409)
    return redirect(request.path)


@role_required()
@require_POST
def decide(request: HttpRequest, report_id: int, value_id: int) -> HttpResponse:
    """Validate or return one value, and go on to the next."""
    found = sheet_for(request, report_id)
    chosen = next((row for row in found.rows if row.row.cell.id == value_id), None)
    if chosen is None:
        raise Http404(_("Ese dato no está en el reporte."))
    page = ReviewPage(found, chosen)
    form = ReturnForm(request.POST)
    seen = seen_versions([f"{value_id}:{request.POST.get('version', '')}"])
    if request.POST.get("decision") == "validate":
        problem, form = validate(request, [chosen], seen), ReturnForm()
    elif not form.is_valid():
        return render_review(request, page, form, is_returning=True, status=422)
    else:
        problem = give_back(request, chosen, form, seen)
    if problem:
        is_returning = request.POST.get("decision") != "validate"
        return render_review(
            request, page, form, problem=problem, is_returning=is_returning, status=409
        )
    return redirect(next_url(found, report_id, value_id))


def sheet_for(request: HttpRequest, report_id: int) -> ReviewSheet:
    """The report for this reviewer. Raises PermissionDenied and Http404."""
    check_can_review(request.access)
    found = review_sheet(report_id=report_id, access=request.access)
    if found is None or not found.rows:
        raise Http404(_("Ese reporte no existe o aún no se ha enviado."))
    return found


def validate(request: HttpRequest, rows: list[ReviewRow], seen: dict[int, int]) -> str:
    """Validate the rows at the versions that were seen; the sentence of a refusal, or nothing."""
    ids = [row.row.cell.id for row in rows if row.row.cell.id]
    if not ids:
        return ""
    try:
        validate_values(
            actor=request.user,
            access=request.access,
            value_ids=ids,
            at=request.now,
            expected_versions={value_id: seen.get(value_id, 0) for value_id in ids},
        )
    except REFUSALS as refusal:
        return told(request, refusal)
    text = ngettext("%(n)s dato validado.", "%(n)s datos validados.", len(ids))
    messages.success(request, text % {"n": len(ids)})
    return ""


def give_back(
    request: HttpRequest, chosen: ReviewRow, form: ReturnForm, seen: dict[int, int]
) -> str:
    """Return the value at the version that was seen; the sentence of a refusal, or nothing."""
    value_id = chosen.row.cell.id or 0
    try:
        return_value(
            actor=request.user,
            access=request.access,
            value_id=value_id,
            observation=form.cleaned_data["observation"],
            at=request.now,
            expected_version=seen.get(value_id, 0),
        )
    except REFUSALS as refusal:
        return told(request, refusal)
    messages.success(request, _("%(code)s devuelto a la institución.") % {"code": chosen.row.code})
    return ""


def told(request: HttpRequest, refusal: Exception) -> str:
    """The sentence of a refusal; of a value that changed, with the one that was on the screen."""
    shown = request.POST.get("seen", "")
    if not isinstance(refusal, ChangedValueError) or not QUANTITY.fullmatch(shown):
        return str(refusal)
    return f"{refusal} " + _("Usted vio %(value)s.") % {"value": format_number(Decimal(shown))}


def seen_versions(texts: Iterable[str]) -> dict[int, int]:
    """Value and version the reviewer saw, from texts like `12:3`; anything else is ignored."""
    found = (SEEN.fullmatch(text) for text in texts)
    return {int(match[1]): int(match[2]) for match in found if match}


def render_review(
    request: HttpRequest,
    page: ReviewPage,
    form: ReturnForm,
    *,
    problem: str = "",
    is_returning: bool = False,
    status: int = 200,
) -> HttpResponse:
    sheet = page.review.sheet
    context = {
        "page": page,
        "sheet": sheet,
        "form": form,
        "problem": problem,
        "reasons": REASONS,
        "is_returning": is_returning or "motivo" in request.GET,
        "is_closed": sheet.round is None or sheet.round.is_closed,
        "review_url": reverse("monitoring:review", args=[sheet.report_id]),
        "crumbs": [
            Crumb(_("Validar reportes"), reverse("monitoring:review_queue")),
            Crumb(f"{sheet.institution_name} · {period_words(sheet.period)}"),
        ],
    }
    return render_page(request, TEMPLATE, context, status=status)
