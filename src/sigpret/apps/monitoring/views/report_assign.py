"""Leaving one row of the report with a colleague."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import (
    LockedValueError,
    RoundNotOpenError,
    UnknownSubjectError,
)
from sigpret.apps.monitoring.actions.assignment import NotAColleagueError, assign_value
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.views.report import render_report
from sigpret.apps.monitoring.views.report_answer import named_row
from sigpret.apps.monitoring.views.report_place import readable_sheet, report_url
from sigpret.apps.monitoring.views.report_saving import Outcome
from sigpret.web.http import is_fragment, role_required, whole_number

REFUSALS = (LockedValueError, NotAColleagueError, RoundNotOpenError, UnknownSubjectError)


@role_required()
@require_POST
def assign(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Leave the row with somebody, or with nobody in particular."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    row = named_row(sheet, request.POST.get("dato", ""))
    person = request.POST.get("person", "")
    try:
        assign_value(
            actor=request.user,
            access=request.access,
            institution=institution,
            period=sheet.period,
            **{f"{row.kind}_id": row.subject_id},
            person_id=whole_number(person),
            at=request.now,
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asignado: %(row)s.") % {"row": f"{row.code} {row.name}"})
    if is_fragment(request):
        _institution, fresh = readable_sheet(request, code, year, quarter)
        outcome = Outcome({}, frozenset({row.key}), saved=0)
        return render_report(request, fresh, outcome, fragment="saved")
    return redirect(f"{report_url(sheet)}?dato={row.key}#{row.key}")
