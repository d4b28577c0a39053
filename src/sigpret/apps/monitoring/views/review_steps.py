"""Taking a report to review it, opening its data, and saying that the review is finished."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import (
    UnfinishedReviewError,
    finish_review,
    record_opening,
    take_report,
)
from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.views.review import render_review, sheet_for
from sigpret.apps.monitoring.views.review_page import review_page
from sigpret.apps.monitoring.views.seen import seen_versions
from sigpret.web.http import is_fragment, role_required


@role_required()
@require_POST
def take(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take the report and open it."""
    sheet_for(request, report_id)
    take_report(actor=request.user, access=request.access, report_id=report_id, at=request.now)
    return redirect("monitoring:review", report_id)


@role_required()
@require_POST
def open_datum(request: HttpRequest, report_id: int) -> HttpResponse:
    """Note that a datum is in front of the person, at the version they see (`value=12:3`).

    A script says so of the datum of the page; without it the buttons of those drawn come here.
    """
    seen = seen_versions([request.POST.get("value", "")])
    rows = sheet_for(request, report_id).rows
    row = next((row for row in rows if row.value_id in seen and row.is_decidable), None)
    if row is not None:
        record_opening(
            actor=request.user,
            access=request.access,
            value_id=row.value_id,
            version=seen[row.value_id],
            at=request.now,
        )
    if is_fragment(request):
        return HttpResponse(status=204)
    place = reverse("monitoring:review", args=[report_id])
    return redirect(f"{place}?dato={row.row.key}" if row else place)


@role_required()
@require_POST
def finish(request: HttpRequest, report_id: int) -> HttpResponse:
    """Close the review; while something waits, the page says how much and opens the first."""
    found = sheet_for(request, report_id)
    try:
        ended = finish_review(
            actor=request.user, access=request.access, report_id=report_id, at=request.now
        )
    except UnfinishedReviewError as refusal:
        page = review_page(found, "")
        return render_review(request, page, ReturnForm(), problem=str(refusal), status=409)
    validated = ngettext("%(n)s validado", "%(n)s validados", ended.validated)
    returned = ngettext("%(n)s devuelto", "%(n)s devueltos", ended.returned)
    text = _("Revisión cerrada: %(validated)s, %(returned)s. Ya se avisó.") % {
        "validated": validated % {"n": ended.validated},
        "returned": returned % {"n": ended.returned},
    }
    messages.success(request, text)
    return redirect("monitoring:review_queue")
