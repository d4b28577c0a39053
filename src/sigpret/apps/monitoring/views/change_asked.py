"""Asking that a datum of a closed quarter be another, with a preview of what it would do."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.evidence.queries import usable_evidence
from sigpret.apps.monitoring.actions.changes import (
    ChangeRequestError,
    Wanted,
    previewed_change,
    request_change,
)
from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.details import InvalidValueError, UnknownSubjectError
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow, SubjectKind
from sigpret.apps.monitoring.queries.rounds import round_facts
from sigpret.apps.monitoring.round_forms import ChangeForm
from sigpret.apps.monitoring.views.report_place import readable_sheet
from sigpret.apps.monitoring.views.row_amounts import initial_of, labels_of
from sigpret.web.http import render_page, role_required

REFUSED = (ChangeRequestError, RoundNotOpenError, InvalidValueError, UnknownSubjectError)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def ask_change(request: HttpRequest, code: str, year: int, quarter: int, key: str) -> HttpResponse:
    """The form of one datum; `preview` shows what it would do, without asking for it."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    row = row_of(sheet, key)
    form = form_of(request, sheet, row)
    preview: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.is_valid():
        wanted = wanted_of(institution, sheet, row, form)
        if "preview" in request.POST:
            preview = previewed(wanted, form)
        elif (asked := asked_for(request, wanted, form)) is not None:
            messages.success(request, _("DIGER recibió su solicitud y decidirá con una nota."))
            return redirect("monitoring:change", asked)
    context = {
        "sheet": sheet,
        "period": sheet.period,
        "row": row,
        "form": form,
        "preview": preview,
        "round": round_facts(sheet.period),
    }
    status = 422 if form.errors else 200
    return render_page(request, "monitoring/change_asked.html", context, status=status)


def form_of(request: HttpRequest, sheet: ReportSheet, row: SheetRow) -> ChangeForm:
    """The form of a datum; of a computed one, its variables, as they count today."""
    return ChangeForm(
        request.POST or None,
        choices=[(str(one.id), one.name) for one in usable_evidence(sheet.institution_id)],
        amounts=labels_of(row),
        is_computed=row.is_computed,
        initial=initial_of(row) if row.cell.state == "validated" else {},
    )


def row_of(sheet: ReportSheet, key: str) -> SheetRow:
    """The row of the sheet with this key (`product-3`). Raises Http404."""
    found = next((row for row in sheet.rows if row.key == key), None)
    if found is None:
        raise Http404(_("Ese dato no es de esta institución o no es de este año."))
    return found


def wanted_of(institution: Any, sheet: ReportSheet, row: SheetRow, form: ChangeForm) -> Wanted:
    is_product = row.kind == SubjectKind.PRODUCT
    value: Decimal | None = form.cleaned_data.get("new_value")
    evidence = form.cleaned_data["evidence"]
    return Wanted(
        institution=institution,
        period=sheet.period,
        product_id=row.subject_id if is_product else None,
        indicator_id=None if is_product else row.subject_id,
        new_value=value,
        reason=form.cleaned_data["reason"],
        evidence_id=int(evidence) if evidence else None,
        variables=form.amounts("var"),
        parts=form.amounts("part"),
    )


def previewed(wanted: Wanted, form: ChangeForm) -> list[dict[str, Any]] | None:
    """What it would do; None when the form says why it cannot be known."""
    try:
        return previewed_change(wanted)
    except REFUSED as problem:
        form.add_error(None, str(problem))
        return None


def asked_for(request: HttpRequest, wanted: Wanted, form: ChangeForm) -> int | None:
    """The number of the request; None when the form says why it was not made."""
    try:
        asked = request_change(
            actor=request.user, access=request.access, wanted=wanted, at=request.now
        )
    except REFUSED as problem:
        form.add_error(None, str(problem))
        return None
    return asked.pk
