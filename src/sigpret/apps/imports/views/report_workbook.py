"""The quarter's report as a workbook: down, and up again."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions.lots import Destination, upload_workbook
from sigpret.apps.imports.forms import WORKBOOK_TOO_LARGE, WorkbookForm
from sigpret.apps.imports.queries.lots import recent_lots
from sigpret.apps.imports.queries.report_lot import not_due_of
from sigpret.apps.imports.views.sending import workbook_response
from sigpret.apps.imports.views.unread import why_unread
from sigpret.apps.imports.workbooks.report_out import REPORT, report_spec, report_workbook
from sigpret.apps.institutions.queries import institution_of
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.views.report_place import crumbs_of, readable_sheet, report_url
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, role_required

TEMPLATE = "imports/report_upload.html"


@role_required()
@read_only
def download(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """The sheet pre-filled, with the white cells to fill."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    made = report_workbook(
        sheet,
        not_due_of(institution, sheet),
        at=request.now,
        by=str(request.user),
        is_demo=settings.DEMO,
    )
    return workbook_response(made, f"reporte-{code}-{year}-T{quarter}.xlsx", at=request.now)


@role_required()
@read_only
def download_own(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The short address: of the person's own institution."""
    institution = institution_of(request.access)
    if institution is None:
        raise PermissionDenied(
            _("Su cuenta no pertenece a una institución que reporte. Elija una en su menú.")
        )
    return redirect("imports:report_workbook", institution.code, year, quarter)


# The size is judged before anything reads the body, which the token check would do first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def upload(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """GET explains and asks for the file; POST reads it and shows what it would change."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    if (unread := why_unread(request, WORKBOOK_TOO_LARGE)) is not None:
        return page(request, sheet, WorkbookForm(), **unread._asdict())
    return upload_within_limits(request, institution, sheet)


@csrf_protect
def upload_within_limits(request: HttpRequest, institution, sheet) -> HttpResponse:
    if request.method != "POST":
        return page(request, sheet, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, sheet, form, status=422)
    file = form.cleaned_data["workbook"]
    uploaded = upload_workbook(
        actor=request.user,
        access=request.access,
        destination=Destination(REPORT, report_spec(), institution, sheet.period),
        data=file.read(),
        filename=file.name,
        at=request.now,
    )
    if uploaded.is_known:
        messages.info(request, _("Ese archivo ya está en revisión: siga donde quedó."))
    return redirect("imports:lot", uploaded.lot_id)


def page(
    request: HttpRequest, sheet, form: WorkbookForm, *, problem: object = "", status: int = 200
) -> HttpResponse:
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    context = {
        "sheet": sheet,
        "form": form,
        "problem": problem or form.errors.get("workbook", [""])[0],
        "place": place,
        "report_url": report_url(sheet),
        "is_open": sheet.round is not None and sheet.round.accepts_at(request.now),
        "lots": recent_lots(
            request.access,
            REPORT,
            institution_id=sheet.institution_id,
            period=sheet.period.code,
        ),
        "now": request.now,
        "crumbs": crumbs_of(sheet, Crumb(_("Excel"))),
    }
    return render(request, TEMPLATE, context, status=status)
