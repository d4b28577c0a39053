"""T3 · Review and send: what is ready, what draws attention, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sigpret.apps.monitoring.actions import (
    IncompleteReportError,
    RoundNotOpenError,
    StaleReportError,
    submit_report,
)
from sigpret.apps.monitoring.forms import DeclarationForm
from sigpret.apps.monitoring.permissions import can_write_report, check_can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow
from sigpret.apps.monitoring.views.report_place import (
    crumbs_of,
    deadline_tone,
    is_under_review,
    readable_sheet,
    report_url,
)
from sigpret.web.components import Counter, Crumb, Tone
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/submit.html"


@dataclass(frozen=True, slots=True)
class ReviewLists:
    """The rows in the three lists of the screen; a row stands in one."""

    ready: Sequence[SheetRow]
    noticed: Sequence[SheetRow]
    missing: Sequence[SheetRow]

    @property
    def counters(self) -> list[Counter]:
        missing = Tone.BAD if self.missing else Tone.NEUTRAL
        return [
            Counter(len(self.ready), _("listos"), Tone.GOOD),
            Counter(len(self.noticed), _("con aviso: se envían con su causa"), Tone.WARNING),
            Counter(len(self.missing), _("faltan"), missing),
        ]


@role_required()
def submit(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """GET shows everything that would be sent; POST sends it, once."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    if request.method != "POST":
        form = DeclarationForm(initial={"version": sheet.version})
        return render_submit(request, sheet, form)
    check_can_write_report(request.access, institution.pk)
    form = DeclarationForm(request.POST)
    if sheet.report_id is None or not form.is_valid():
        return render_submit(request, sheet, form, status=422)
    return send(request, sheet, sheet.report_id, form)


def send(
    request: HttpRequest, sheet: ReportSheet, report_id: int, form: DeclarationForm
) -> HttpResponse:
    try:
        submit_report(
            actor=request.user,
            access=request.access,
            report_id=report_id,
            expected_version=form.cleaned_data["version"],
            at=request.now,
        )
    except IncompleteReportError as refusal:
        return render_submit(request, sheet, form, problem=str(refusal), status=422)
    except (StaleReportError, RoundNotOpenError) as refusal:
        fresh = DeclarationForm(initial={"version": sheet.version})
        return render_submit(request, sheet, fresh, problem=str(refusal), status=409)
    messages.success(request, _("Reporte enviado. Le avisaremos si DIGER devuelve algún dato."))
    return redirect(request.path)


def lists_of(sheet: ReportSheet) -> ReviewLists:
    complete = [row for row in sheet.rows if not row.missing]
    return ReviewLists(
        ready=[row for row in complete if not row.needs_cause],
        noticed=[row for row in complete if row.needs_cause],
        missing=sheet.unresolved,
    )


def receipt_of(sheet: ReportSheet) -> str:
    """The number a person quotes: institution, quarter and version of what was sent."""
    period = sheet.period
    return f"{sheet.institution_code}-{period.year}-T{period.number}-{sheet.version}"


def render_submit(
    request: HttpRequest,
    sheet: ReportSheet,
    form: DeclarationForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    lists = lists_of(sheet)
    is_open = sheet.round is not None and sheet.round.accepts_at(request.now)
    context = {
        "sheet": sheet,
        "lists": lists,
        "counters": lists.counters,
        "form": form,
        "problem": problem,
        "is_open": is_open,
        "may_send": is_open and can_write_report(request.access, sheet.institution_id),
        "is_under_review": is_under_review(sheet),
        "is_sent": sheet.state in {"submitted", "validated"},
        "receipt": receipt_of(sheet),
        "report_url": report_url(sheet),
        "crumbs": crumbs_of(sheet, Crumb(_("Revisar y enviar"))),
        "deadline_tone": deadline_tone(sheet.round, request.now),
    }
    return render_page(request, TEMPLATE, context, status=status)
