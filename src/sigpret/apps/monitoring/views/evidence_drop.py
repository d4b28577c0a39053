"""Many files at once: each is kept, matched with its row by the code in its name, confirmed."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.evidence.actions import UnusableEvidenceError
from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.evidence import Pairing, attach_matches
from sigpret.apps.monitoring.actions.values import LockedValueError, UnknownSubjectError
from sigpret.apps.monitoring.permissions import can_write_report, check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet
from sigpret.apps.monitoring.queries.evidence import sheet_evidence
from sigpret.apps.monitoring.views.evidence_lines import (
    EvidenceLine,
    bring,
    drop_context,
    lines_of,
)
from sigpret.apps.monitoring.views.report_place import crumbs_of, readable_sheet, report_url
from sigpret.apps.monitoring.views.upload_size import takes_files
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/evidence.html"
CHOICE = re.compile(r"dato-([0-9]{1,15})")
ROW = re.compile(r"(product|indicator)-([0-9]{1,15})")
REFUSALS = (LockedValueError, RoundNotOpenError, UnknownSubjectError, UnusableEvidenceError)


@role_required()
@takes_files
def drop(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """GET: what is kept and no row shows yet. POST: keep the files and say whose they seem."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    if request.method != "POST":
        evidence = sheet_evidence(sheet, request.access)
        return render_drop(request, sheet, lines_of(evidence.loose, sheet, request.now))
    check_can_write_report(request.access, institution.pk)
    lines = bring(request, institution, sheet)
    if not lines:
        messages.warning(request, _("Elija al menos un archivo."))
        return redirect(request.path)
    status = 422 if any(line.problem for line in lines) else 200
    return render_drop(request, sheet, lines, status=status)


@role_required()
@require_POST
def confirm(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Attach every file to the row that was proposed or chosen for it."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    pairings = chosen(request)
    if not pairings:
        messages.warning(request, _("Elija a qué fila va al menos un archivo."))
        return redirect(report_url(sheet, "monitoring:report_evidence"))
    try:
        done = attach_matches(
            actor=request.user,
            access=request.access,
            institution=institution,
            period=sheet.period,
            pairings=pairings,
            at=request.now,
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect(report_url(sheet, "monitoring:report_evidence"))
    count = sum(one.is_changed for one in done)
    text = ngettext(
        "%(n)s archivo adjunto a su dato.", "%(n)s archivos adjuntos a sus datos.", count
    )
    messages.success(request, text % {"n": count})
    return redirect(report_url(sheet))


def chosen(request: HttpRequest) -> list[Pairing]:
    """The pairs of the form, `dato-31=product-12`; files left without a row are not in it."""
    found = []
    for name, value in request.POST.items():
        evidence, row = CHOICE.fullmatch(name), ROW.fullmatch(str(value))
        if evidence and row:
            found.append(Pairing(row[1], int(row[2]), int(evidence[1])))
    return found


def render_drop(
    request: HttpRequest, sheet: ReportSheet, lines: list[EvidenceLine], *, status: int = 200
) -> HttpResponse:
    is_open = sheet.round is not None and sheet.round.accepts_at(request.now)
    context: dict[str, Any] = {
        "sheet": sheet,
        "lines": lines,
        "kept": [line for line in lines if line.facts],
        "sure": sum(line.is_sure for line in lines),
        "may_write": is_open and can_write_report(request.access, sheet.institution_id),
        "report_url": report_url(sheet),
        "crumbs": crumbs_of(sheet, Crumb(_("Evidencias del reporte"))),
        **drop_context(sheet, request.now),
    }
    return render_page(request, TEMPLATE, context, fragment="lines", status=status)
