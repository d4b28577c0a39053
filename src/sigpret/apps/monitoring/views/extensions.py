"""Extensions: the institution asks from its report (T3), DIGER grants or refuses (D4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.monitoring.actions import (
    ExtensionError,
    RoundNotOpenError,
    grant_extension,
    refuse_extension,
    request_extension,
)
from sigpret.apps.monitoring.permissions import (
    can_write_report,
    check_can_grant_extension,
    check_can_read_report,
    check_can_write_report,
)
from sigpret.apps.monitoring.queries.extensions import ExtensionFacts, extension_of
from sigpret.apps.monitoring.queries.rounds import RoundFacts, round_facts
from sigpret.apps.monitoring.round_forms import ExtensionRequestForm, GrantForm, RefusalForm
from sigpret.methodology.periods import Period
from sigpret.web.http import render_page, role_required


def place(request: HttpRequest, code: str, year: int, quarter: int) -> tuple[Any, RoundFacts]:
    """The institution and the round, if the person may read them. Raises Http404."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404(_("No hay una institución con ese código."))
    check_can_read_report(request.access, institution.pk)
    round_ = round_facts(Period.quarter(year, quarter), institution_id=institution.pk)
    if round_ is None:
        raise Http404(_("Nadie ha abierto la ronda de ese trimestre."))
    return institution, round_


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Ask for more time, once; afterwards the page says what was decided."""
    institution, round_ = place(request, code, year, quarter)
    form = ExtensionRequestForm(request.POST or None)
    if request.method == "POST":
        check_can_write_report(request.access, institution.pk)
        if form.is_valid() and asked(request, institution, round_, form):
            messages.success(request, _("DIGER recibió su solicitud de prórroga."))
            return redirect("monitoring:extension", code, year, quarter)
    found = extension_of(round_.id, institution.pk)
    context = {
        "institution": institution,
        "round": round_,
        "period": round_.period,
        "extension": found,
        "form": form,
        "can_ask": can_write_report(request.access, institution.pk)
        and may_ask(round_, found)
        and request.now < round_.closes_at,
    }
    status = 422 if form.errors else 200
    return render_page(request, "monitoring/extension.html", context, status=status)


def may_ask(round_: RoundFacts, found: ExtensionFacts | None) -> bool:
    return found is None and not round_.is_closed


def asked(
    request: HttpRequest, institution: Any, round_: RoundFacts, form: ExtensionRequestForm
) -> bool:
    """Whether it was asked for; otherwise the form says why not."""
    try:
        request_extension(
            actor=request.user,
            access=request.access,
            institution=institution,
            period=round_.period,
            reason=form.cleaned_data["reason"],
            at=request.now,
        )
    except (ExtensionError, RoundNotOpenError) as problem:
        form.add_error("reason", str(problem))
        return False
    return True


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Grant until a moment, once more sure of who grants, or refuse with a note; also without a
    request. What is granted may go past the closing."""
    check_can_grant_extension(request.access)
    institution, round_ = place(request, code, year, quarter)
    found = extension_of(round_.id, institution.pk)
    is_refusal = "refuse" in request.POST
    grant = GrantForm(None if is_refusal else request.POST or None)
    refusal = RefusalForm(request.POST if is_refusal else None)
    form = refusal if is_refusal else grant
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not is_refusal and (proof := proof_of_identity(request)) is not None:
        return proof
    if is_sent and decided(request, institution, round_, found, form):
        messages.success(request, _("Su decisión quedó guardada y la institución la leerá."))
        return redirect("monitoring:deliveries")
    context = {
        "institution": institution,
        "round": round_,
        "period": round_.period,
        "extension": found,
        "grant_form": grant,
        "refusal_form": refusal,
    }
    status = 422 if form.errors else 200
    return render_page(request, "monitoring/extension_decision.html", context, status=status)


def decided(
    request: HttpRequest,
    institution: Any,
    round_: RoundFacts,
    found: ExtensionFacts | None,
    form: Any,
) -> bool:
    """Whether the decision was taken; otherwise the form says why not."""
    who = {"actor": request.user, "access": request.access, "at": request.now}
    try:
        if isinstance(form, RefusalForm):
            if found is None:
                raise ExtensionError(_("La institución no ha pedido prórroga."))
            refuse_extension(**who, extension_id=found.id, **form.cleaned_data)
        else:
            grant_extension(
                **who, institution=institution, period=round_.period, **form.cleaned_data
            )
    except (ExtensionError, RoundNotOpenError) as problem:
        form.add_error(None, str(problem))
        return False
    return True
