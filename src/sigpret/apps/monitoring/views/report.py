"""T2 · The quarterly report: one column to fill, row by row or all at once."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet
from sigpret.apps.monitoring.queries.evidence import SheetEvidence, sheet_evidence
from sigpret.apps.monitoring.queries.report import written_sheet
from sigpret.apps.monitoring.views.report_context import report_context
from sigpret.apps.monitoring.views.report_page import ReportPage, report_page
from sigpret.apps.monitoring.views.report_place import readable_programming
from sigpret.apps.monitoring.views.report_saving import Outcome, save_rows
from sigpret.web.dates import clock_time
from sigpret.web.http import is_fragment, render_page, role_required

TEMPLATE = "monitoring/report.html"


@role_required()
def report(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """The sheet of a quarter; a POST saves the rows it carries, be it one or all."""
    programmed = readable_programming(request, code, year, quarter)
    institution, sheet = programmed.institution, written_sheet(programmed)
    if request.method != "POST":
        fragment = "panel" if "dato" in request.GET else ""
        return render_report(request, sheet, fragment=fragment)
    check_can_write_report(request.access, institution.pk)
    outcome = save_rows(request, institution, sheet)
    if outcome.strays:
        if is_fragment(request):
            return refuse_strays(outcome)
        messages.error(request, stray_sentence(outcome))
    saved_sheet = written_sheet(programmed)
    if is_fragment(request):
        return render_report(request, saved_sheet, outcome, fragment="saved")
    if outcome.status != 200:
        return render_report(request, saved_sheet, outcome)
    return after_saving(request, saved_sheet, outcome)


def stray_sentence(outcome: Outcome) -> str:
    """What was typed for rows that are gone, so that nobody loses it without knowing."""
    text = ngettext(
        "%(typed)s no se guardó: ese dato ya no está en su reporte."
        " Anótelo y consulte a su UPGRET.",
        "%(typed)s no se guardaron: esos datos ya no están en su reporte."
        " Anótelos y consulte a su UPGRET.",
        len(outcome.strays),
    )
    return text % {"typed": ", ".join(f"«{typed}»" for typed in outcome.strays)}


def refuse_strays(outcome: Outcome) -> HttpResponse:
    """The device keeps what it sent, and the row stays as it was typed."""
    response = HttpResponse(stray_sentence(outcome), "text/plain; charset=utf-8", status=422)
    response.headers["HX-Reswap"] = "none"
    return response


def page_of(
    request: HttpRequest, sheet: ReportSheet, evidence: SheetEvidence, outcome: Outcome | None
) -> ReportPage:
    """The page for this person; after a save, with what could not be kept as typed."""
    query = {"shown": request.GET.get("ver", ""), "selected": request.GET.get("dato", "")}
    base: dict[str, Any] = {"access": request.access, "at": request.now, "evidence": evidence}
    if outcome is None:
        return report_page(sheet, **base, **query)
    if outcome.attempts or is_fragment(request):
        # A filter must not hide the row somebody has just typed in.
        query["shown"] = ""
    page = report_page(sheet, **base, **query, attempts=outcome.attempts)
    rows = (row for group in page.groups for row in group.rows)
    touched = tuple(row for row in rows if row.row.key in outcome.touched)
    return replace(
        page,
        touched=touched,
        # The panel explains the row that has just been saved.
        selected=touched[0] if touched and is_fragment(request) else page.selected,
        saved_at=request.now if outcome.saved else None,
    )


def after_saving(request: HttpRequest, sheet: ReportSheet, outcome: Outcome) -> HttpResponse:
    """Back to the page, or on to the review when that was the button."""
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    if request.POST.get("siguiente") == "enviar":
        return redirect(reverse("monitoring:report_submit", args=place))
    if outcome.saved:
        text = ngettext(
            "Guardado %(time)s: %(count)s dato.",
            "Guardado %(time)s: %(count)s datos.",
            outcome.saved,
        )
        messages.success(request, text % {"time": clock_time(request.now), "count": outcome.saved})
    return redirect(request.get_full_path())


def render_report(
    request: HttpRequest,
    sheet: ReportSheet,
    outcome: Outcome | None = None,
    *,
    fragment: str = "",
    **more: Any,
) -> HttpResponse:
    """The page or a piece of it; `more` is what an answer that failed leaves in the panel."""
    evidence = sheet_evidence(sheet, request.access)
    page = page_of(request, sheet, evidence, outcome)
    context = report_context(request, page, evidence) | more
    status = more.get("status") or (outcome.status if outcome else 200)
    return render_page(request, TEMPLATE, context, fragment=fragment, status=status)
