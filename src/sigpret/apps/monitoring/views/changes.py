"""`/cambios` and L7: data of closed quarters that should be others, asked and decided."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.monitoring.actions.changes import (
    ChangeRequestError,
    decide_change,
    withdraw_change,
)
from sigpret.apps.monitoring.permissions import (
    can_decide,
    can_review,
    can_write_report,
    check_can_read_report,
    check_can_review,
    check_can_write_report,
    conflict_of_interest,
)
from sigpret.apps.monitoring.queries.changes import (
    ChangeFacts,
    changes_for,
    find_change,
    years_of_changes,
)
from sigpret.apps.monitoring.round_forms import DecisionForm
from sigpret.web.http import render_page, role_required
from sigpret.web.lists import asked_year, page_asked


@role_required()
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Those of the person's institution; all of them for who reads the country.

    `?anio=2026` shows those of that year, the last one otherwise; what waits is always there.
    """
    if not request.access.roles:
        raise PermissionDenied(_("Su cuenta todavía no tiene un papel en el sistema."))
    years = years_of_changes(request.access)
    year = asked_year(request, years)
    found = changes_for(request.access, year=year)
    context = {
        "page_obj": page_asked(request, found),
        "waiting": sum(one.is_waiting for one in found),
        "years": years,
        "year": year,
    }
    return render_page(request, "monitoring/changes.html", context)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; POST decides it."""
    facts = readable_change(request, pk)
    if request.method == "POST":
        return decide(request, facts)
    return answer(request, facts, DecisionForm())


def readable_change(request: HttpRequest, pk: int) -> ChangeFacts:
    """Raises Http404, and PermissionDenied when it is another institution's."""
    facts = find_change(pk)
    if facts is None:
        raise Http404(_("No hay una solicitud con ese número."))
    check_can_read_report(request.access, facts.institution_id)
    return facts


def decide(request: HttpRequest, facts: ChangeFacts) -> HttpResponse:
    check_can_review(request.access)
    form = DecisionForm(request.POST)
    is_approved = request.POST.get("decision") == "approve"
    if not form.is_valid():
        return answer(request, facts, form, status=422)
    if (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        decide_change(
            actor=request.user,
            access=request.access,
            request_id=facts.id,
            is_approved=is_approved,
            note=form.cleaned_data["note"],
            at=request.now,
        )
    except ChangeRequestError as problem:
        form.add_error(None, str(problem))
        return answer(request, facts, form, status=409)
    said = (
        _("El cambio quedó aprobado y cuenta desde hoy.")
        if is_approved
        else _("El cambio no procede.")
    )
    messages.success(request, said)
    return redirect("monitoring:change", facts.id)


def answer(
    request: HttpRequest, facts: ChangeFacts, form: DecisionForm, status: int = 200
) -> HttpResponse:
    conflict = {"institution_id": facts.institution_id, "reported_by_id": facts.requested_by_id}
    context: dict[str, Any] = {
        "change": facts,
        "form": form,
        "can_decide": facts.is_waiting and can_decide(request.access, **conflict),
        "conflict": can_review(request.access) and conflict_of_interest(request.access, **conflict),
        "can_withdraw": facts.is_waiting and can_write_report(request.access, facts.institution_id),
    }
    return render_page(request, "monitoring/change.html", context, status=status)


@role_required()
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The institution takes its request back."""
    facts = readable_change(request, pk)
    check_can_write_report(request.access, facts.institution_id)
    try:
        withdraw_change(actor=request.user, access=request.access, request_id=pk, at=request.now)
    except ChangeRequestError as problem:
        messages.warning(request, str(problem))
    return redirect("monitoring:change", pk)
