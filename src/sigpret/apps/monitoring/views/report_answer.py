"""Answering DIGER about a row that came back, with the correction it asks for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import (
    ConflictError,
    EmptyCommentError,
    InvalidValueError,
    LockedValueError,
    RoundNotOpenError,
)
from sigpret.apps.monitoring.actions.answers import Correction, answer_value
from sigpret.apps.monitoring.forms import AnswerForm
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow
from sigpret.apps.monitoring.views.report import render_report
from sigpret.apps.monitoring.views.report_place import readable_sheet, report_url
from sigpret.apps.monitoring.views.report_saving import Outcome
from sigpret.web.http import is_fragment, role_required

REFUSALS = (
    ConflictError,
    EmptyCommentError,
    InvalidValueError,
    LockedValueError,
    RoundNotOpenError,
)


@role_required()
@require_POST
def answer(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Write the words and the correction of one row, both or neither."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    row = named_row(sheet, request.POST.get("dato", ""))
    problem = problem_with(request, row)
    _institution, fresh = readable_sheet(request, code, year, quarter)
    outcome = Outcome({}, frozenset({row.key}), saved=0 if problem else 1)
    if problem:
        kept = {name: request.POST.get(name, "") for name in ("text", "value")}
        said: dict[str, Any] = {f"answer_{name}": typed for name, typed in kept.items()}
        said |= {"answer_problem": problem, "status": 422}
        return render_report(request, fresh, outcome, fragment="saved", **said)
    if is_fragment(request):
        return render_report(request, fresh, outcome, fragment="saved")
    return redirect(f"{report_url(sheet)}?dato={row.key}#{row.key}")


def problem_with(request: HttpRequest, row: SheetRow) -> str:
    """Answer; or say in a sentence why it could not be."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    if row.cell.id is None:
        return _("DIGER ya no espera respuesta sobre este dato.")
    value = form.cleaned_data["value"]
    try:
        answer_value(
            actor=request.user,
            access=request.access,
            value_id=row.cell.id,
            text=form.cleaned_data["text"],
            correction=None if value is None else Correction(value),
            expected_version=form.cleaned_data["version"],
            at=request.now,
        )
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def named_row(sheet: ReportSheet, key: str) -> SheetRow:
    """Raises Http404 for a row that is not in the report."""
    row = next((row for row in sheet.rows if row.key == key), None)
    if row is None:
        raise Http404(_("Esa fila no está en el reporte."))
    return row
