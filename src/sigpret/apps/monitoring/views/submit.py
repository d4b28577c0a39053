"""T3 · Review and send: what is ready, what draws attention, what is missing, who comes next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.monitoring.actions import (
    IncompleteReportError,
    ReasonMissingError,
    RoundNotOpenError,
    StaleReportError,
    SubmittedReport,
    approve_report,
    give_back_report,
    submit_report,
)
from sigpret.apps.monitoring.forms import DeclarationForm, GiveBackForm
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet
from sigpret.apps.monitoring.views.report_place import readable_sheet
from sigpret.apps.monitoring.views.submit_page import TEMPLATE, submit_context
from sigpret.web.http import idempotency_key, render_page, role_required


@role_required()
def submit(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """GET shows everything that would be sent; POST sends it, approves it or gives it back."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    if request.method != "POST":
        return render_submit(request, sheet)
    check_can_write_report(request.access, institution.pk)
    if request.POST.get("decision") == "give_back":
        return give_back(request, sheet)
    form = DeclarationForm(request.POST)
    if sheet.report_id is None or not form.is_valid():
        return render_submit(request, sheet, form=form, status=422)
    is_approval = request.POST.get("decision") == "approve"
    return attempt(request, sheet, approving(form) if is_approval else sending(form), form)


Action = Callable[[HttpRequest, dict[str, Any]], SubmittedReport]


def sending(form: DeclarationForm) -> Action:
    def send(request: HttpRequest, facts: dict[str, Any]) -> SubmittedReport:
        version = form.cleaned_data["version"]
        return submit_report(**facts, expected_version=version, key=idempotency_key(request))

    return send


def approving(form: DeclarationForm) -> Action:
    def approve(_request: HttpRequest, facts: dict[str, Any]) -> SubmittedReport:
        return approve_report(**facts, expected_version=form.cleaned_data["version"])

    return approve


def give_back(request: HttpRequest, sheet: ReportSheet) -> HttpResponse:
    """The approver asks for something before sending it."""
    form = GiveBackForm(request.POST)
    if sheet.report_id is None or not form.is_valid():
        return render_submit(request, sheet, note_form=form, status=422)

    def back(_request: HttpRequest, facts: dict[str, Any]) -> SubmittedReport:
        data = form.cleaned_data
        return give_back_report(**facts, expected_version=data["version"], note=data["note"])

    return attempt(request, sheet, back)


def attempt(
    request: HttpRequest, sheet: ReportSheet, action: Action, form: DeclarationForm | None = None
) -> HttpResponse:
    """Do it and say what happened; or show the page with the sentence that explains why not."""
    facts = {
        "actor": request.user,
        "access": request.access,
        "report_id": sheet.report_id,
        "at": request.now,
    }
    try:
        done = action(request, facts)
    except IncompleteReportError as refusal:
        return render_submit(request, sheet, form=form, problem=str(refusal), status=422)
    except ReasonMissingError as refusal:
        return render_submit(request, sheet, problem=str(refusal), status=422)
    except (StaleReportError, RoundNotOpenError, DifferentRequestError) as refusal:
        return render_submit(request, sheet, problem=str(refusal), status=409)
    messages.success(request, what_happened(done))
    return redirect(request.path)


def what_happened(done: SubmittedReport) -> str:
    return {
        "to_approve": _("Reporte listo. Avisamos a quien lo aprueba."),
        "draft": _("El reporte volvió a la UPGRET con su frase."),
        "returned": _("El reporte volvió a la UPGRET con su frase."),
    }.get(done.state) or _("Reporte enviado. Le avisaremos si DIGER devuelve algún dato.")


def render_submit(
    request: HttpRequest,
    sheet: ReportSheet,
    *,
    form: DeclarationForm | None = None,
    note_form: GiveBackForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    seen = {"version": sheet.version}
    context = submit_context(request, sheet) | {
        "form": form or DeclarationForm(initial=seen),
        "note_form": note_form or GiveBackForm(initial=seen),
        "problem": problem,
    }
    return render_page(request, TEMPLATE, context, status=status)
