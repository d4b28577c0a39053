"""Deciding one datum: validated, or returned with its reason; and on to the next."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import (
    NotUnderReviewError,
    ObservationMissingError,
    RoundNotOpenError,
    return_value,
    validate_values,
)
from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.queries import ReviewRow, ReviewSheet
from sigpret.apps.monitoring.views.review import render_review, sheet_for
from sigpret.apps.monitoring.views.review_page import Conflict, ReviewPage, next_row
from sigpret.apps.monitoring.views.seen import seen_quantity, seen_versions
from sigpret.web.http import role_required

REFUSALS = (NotUnderReviewError, ObservationMissingError, RoundNotOpenError)


@role_required()
@require_POST
def decide(request: HttpRequest, report_id: int, value_id: int) -> HttpResponse:
    """Validate or return one value, at the version that was on the screen."""
    found = sheet_for(request, report_id)
    chosen = next((row for row in found.rows if row.value_id == value_id), None)
    is_returning = request.POST.get("decision") != "validate"
    form = ReturnForm(request.POST) if is_returning else ReturnForm()
    if chosen is None:
        return withdrawn(request, found, value_id, form)
    page = ReviewPage(found, chosen)
    if is_returning and not form.is_valid():
        return render_review(request, page, form, is_returning=True, status=422)
    try:
        act(request, chosen, form, is_returning=is_returning)
    except REFUSALS as refusal:
        conflict = conflict_with(request, chosen)
        return render_review(
            request, page, form, problem=str(refusal), conflict=conflict,
            is_returning=is_returning and conflict is None, status=409,
        )  # fmt: skip
    tell(request, chosen, is_returning=is_returning)
    return redirect(after(found, report_id, value_id))


def act(request: HttpRequest, chosen: ReviewRow, form: ReturnForm, *, is_returning: bool) -> None:
    """The decision itself. Raises what the actions raise."""
    version = seen_versions([f"{chosen.value_id}:{request.POST.get('version', '')}"])
    seen = version.get(chosen.value_id, 0)
    who = {"actor": request.user, "access": request.access, "at": request.now}
    if is_returning:
        return_value(
            **who,
            value_id=chosen.value_id,
            observation=form.cleaned_data["observation"],
            expected_version=seen,
        )
    else:
        validate_values(
            **who, value_ids=[chosen.value_id], expected_versions={chosen.value_id: seen}
        )


def withdrawn(
    request: HttpRequest, found: ReviewSheet, value_id: int, form: ReturnForm
) -> HttpResponse:
    """The institution took the datum back while it was being reviewed."""
    now = next((row for row in found.sheet.rows if row.cell.id == value_id), None)
    if now is None:
        raise Http404(_("Ese dato no está en el reporte."))
    conflict = Conflict(seen_quantity(request.POST.get("seen", "")), now, None)
    chosen = next((row for row in found.rows if row.is_decidable), None)
    return render_review(request, ReviewPage(found, chosen), form, conflict=conflict, status=409)


def conflict_with(request: HttpRequest, chosen: ReviewRow) -> Conflict | None:
    """What changed since the person looked; None when it is the very same datum."""
    seen, cell = request.POST.get("version", ""), chosen.row.cell
    if seen == str(cell.version):
        return None
    return Conflict(seen_quantity(request.POST.get("seen", "")), chosen.row, chosen)


def tell(request: HttpRequest, chosen: ReviewRow, *, is_returning: bool) -> None:
    words = {"code": chosen.row.code, "value": chosen.row.cell.quantity}
    if is_returning:
        messages.success(request, _("%(code)s devuelto a la institución.") % words)
    elif chosen.row.cell.has_no_denominator:
        messages.success(request, _("%(code)s validado sin denominador.") % words)
    else:
        messages.success(request, _("%(code)s validado con %(value)s.") % words)


def after(found: ReviewSheet, report_id: int, value_id: int) -> str:
    """The next datum of the list, or the report when none is left."""
    address = reverse("monitoring:review", args=[report_id])
    row = next_row(found, value_id)
    return f"{address}?dato={row.row.key}" if row else address
