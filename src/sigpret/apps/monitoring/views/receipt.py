"""The receipt of a report that is at DIGER, as a PDF to keep."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.monitoring.queries import ReportSheet
from sigpret.apps.monitoring.views.report_place import readable_sheet
from sigpret.documents.receipt import ReportReceipt, SentValue, receipt_pdf
from sigpret.web.dates import clock_time, deadline_words, long_date, period_words
from sigpret.web.formats import format_number
from sigpret.web.http import read_only, role_required

SENT = ("submitted", "validated")


@role_required()
@read_only
def receipt(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """What was sent, by whom and when, with its fingerprint. Only while it is what DIGER has."""
    _institution, sheet = readable_sheet(request, code, year, quarter)
    if sheet.state not in SENT or not sheet.receipt or sheet.submitted_at is None:
        raise Http404(_("El reporte no está enviado: todavía no tiene comprobante."))
    paper = receipt_pdf(receipt_of(sheet), written_at=sheet.submitted_at)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="recibo-{sheet.receipt}.pdf"'
    return answer


def receipt_of(sheet: ReportSheet) -> ReportReceipt:
    """The report as its receipt prints it."""
    was_approved = bool(sheet.prepared_by)
    return ReportReceipt(
        number=sheet.receipt,
        institution_code=sheet.institution_code,
        institution=sheet.institution_name,
        period=period_words(sheet.period),
        period_code=sheet.period.code,
        sent_by=sheet.prepared_by if was_approved else sheet.submitted_by,
        sent_at=f"{long_date(sheet.submitted_at)}, {clock_time(sheet.submitted_at)}",
        values=tuple(
            SentValue(
                code=row.code,
                name=row.name,
                unit=row.unit,
                planned=format_number(row.planned),
                value=row.cell.quantity if row.cell.is_written else "",
                cause=row.cell.cause,
            )
            for row in sheet.rows
        ),
        approved_by=sheet.submitted_by if was_approved else "",
        next_step=next_step_of(sheet),
        is_demo=settings.DEMO,
    )


def next_step_of(sheet: ReportSheet) -> str:
    if sheet.state == "validated":
        return _("DIGER ya validó todos los datos.")
    moment = deadline_words(sheet.round.deadline) if sheet.round else ""
    return _(
        "DIGER valida cada dato. Puede corregir hasta que empiece a revisar o hasta el %(moment)s."
    ) % {"moment": moment}
