"""The evidence of one row: bring a file for it, use one that is there, take one away."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions.evidence import attach_evidence, detach_evidence
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow
from sigpret.apps.monitoring.queries.evidence import sheet_evidence
from sigpret.apps.monitoring.views.evidence_drop import REFUSALS
from sigpret.apps.monitoring.views.evidence_lines import EvidenceLine, bring, drop_context
from sigpret.apps.monitoring.views.report_page import report_page
from sigpret.apps.monitoring.views.report_place import readable_sheet, report_url
from sigpret.apps.monitoring.views.upload_size import takes_files
from sigpret.web.http import is_fragment, render_page, role_required

TEMPLATE = "monitoring/evidence_row.html"
IDENTIFIER = re.compile(r"[0-9]{1,15}")


@role_required()
@require_POST
@takes_files
def row_evidence(
    request: HttpRequest, code: str, year: int, quarter: int, key: str
) -> HttpResponse:
    """Attach what is posted to the row, or take away what is named, and show its files."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    row = row_of(sheet, key)
    problems = apply(request, institution, sheet, row)
    if not is_fragment(request):
        for problem in problems:
            messages.error(request, problem)
        return redirect(f"{report_url(sheet)}?dato={key}#evidencia")
    _institution, fresh = readable_sheet(request, code, year, quarter)
    return render_row(request, fresh, row, problems)


def apply(request: HttpRequest, institution: Any, sheet: ReportSheet, row: SheetRow) -> list[str]:
    """Do what was asked; the sentences about what could not be done."""
    lines = bring(request, institution, sheet)
    problems = [f"{line.name}: {line.problem}" for line in lines if line.problem]
    subject = {f"{row.kind}_id": row.subject_id}
    facts = {"institution": institution, "period": sheet.period, **subject}
    try:
        change_uses(request, facts, lines)
    except REFUSALS as refusal:
        problems.append(str(refusal))
    return problems


def change_uses(request: HttpRequest, facts: dict[str, Any], lines: list[EvidenceLine]) -> None:
    wanted: list[tuple[Callable[..., Any], Any]] = [
        (attach_evidence, line.facts.id) for line in lines if line.facts
    ]
    wanted += [(attach_evidence, one) for one in request.POST.getlist("usar")]
    wanted += [(detach_evidence, one) for one in request.POST.getlist("quitar")]
    for change, evidence_id in wanted:
        if IDENTIFIER.fullmatch(str(evidence_id)):
            change(
                actor=request.user,
                access=request.access,
                evidence_id=int(evidence_id),
                at=request.now,
                **facts,
            )


def row_of(sheet: ReportSheet, key: str) -> SheetRow:
    row = next((row for row in sheet.rows if row.key == key), None)
    if row is None:
        raise Http404(_("Esa fila no está en el reporte."))
    return row


def render_row(
    request: HttpRequest, sheet: ReportSheet, before: SheetRow, problems: list[str]
) -> HttpResponse:
    """The files of the row for the panel, and its cell in the table."""
    page = report_page(sheet, access=request.access, at=request.now, selected=before.key)
    context = {
        "page": page,
        "sheet": sheet,
        "evidence": sheet_evidence(sheet, request.access),
        "problems": problems,
        **drop_context(sheet, request.now),
    }
    answer = render_page(request, TEMPLATE, context, status=422 if problems else 200)
    after = row_of(sheet, before.key)
    if (after.cell.state, after.missing) != (before.cell.state, before.missing):
        # The whole row stands differently now: it is drawn again with everything around it.
        answer.headers["HX-Refresh"] = "true"
    return answer
