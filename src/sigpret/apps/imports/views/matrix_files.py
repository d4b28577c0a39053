"""The results matrix as files: a workbook that comes back, and a document on paper."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions.lots import Destination, check_can_upload, upload_workbook
from sigpret.apps.imports.forms import WORKBOOK_TOO_LARGE, WorkbookForm
from sigpret.apps.imports.queries.lots import recent_lots
from sigpret.apps.imports.queries.matrix_lot import matrix_lists
from sigpret.apps.imports.views.sending import PDF, attachment, workbook_response
from sigpret.apps.imports.views.unread import why_unread
from sigpret.apps.imports.workbooks.matrix_out import MATRIX, matrix_spec, matrix_workbook
from sigpret.apps.imports.workbooks.matrix_paper import matrix_table
from sigpret.apps.results.permissions import check_reads_matrix, writable_codes
from sigpret.apps.results.queries import MatrixFilters, MatrixRow, matrix_rows
from sigpret.apps.results.table_page import filters_of
from sigpret.documents.matrix_table import matrix_pdf
from sigpret.web.components import Crumb
from sigpret.web.dates import date_words
from sigpret.web.http import read_only, role_required
from sigpret.web.navigation import address

TEMPLATE = "imports/matrix_upload.html"


def rows_asked(request: HttpRequest) -> tuple[MatrixRow, ...]:
    """The goals of the same filters as the table. Raises PermissionDenied without a role."""
    check_reads_matrix(request.access)
    return matrix_rows(filters_of(request.GET), request.access)


@role_required()
@read_only
def workbook(request: HttpRequest) -> HttpResponse:
    """The matrix with its white cells; what the person may not write is grey."""
    rows = rows_asked(request)
    made = matrix_workbook(
        rows,
        matrix_lists(),
        writable=writable_codes(request.access, rows),
        at=request.now,
        by=str(request.user),
        is_demo=settings.DEMO,
    )
    return workbook_response(made, f"matriz-{request.as_of:%Y-%m-%d}.xlsx", at=request.now)


@role_required()
@read_only
def paper(request: HttpRequest) -> HttpResponse:
    """The matrix to be printed or archived."""
    edition = _("al %(day)s") % {"day": date_words(request.as_of)}
    table = matrix_table(rows_asked(request), edition=edition, is_demo=settings.DEMO)
    data = matrix_pdf(table, written_at=request.now)
    return attachment(data, f"matriz-{request.as_of:%Y-%m-%d}.pdf", PDF)


# The size is judged before anything reads the body, which the token check would do first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def upload(request: HttpRequest) -> HttpResponse:
    """GET explains and asks for the file; POST reads it and shows what it would change."""
    check_can_upload(request.access, Destination(MATRIX, matrix_spec((), matrix_lists())))
    if (unread := why_unread(request, WORKBOOK_TOO_LARGE)) is not None:
        return page(request, WorkbookForm(), **unread._asdict())
    return upload_within_limits(request)


@csrf_protect
def upload_within_limits(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, status=422)
    file = form.cleaned_data["workbook"]
    rows = matrix_rows(MatrixFilters(), request.access)
    uploaded = upload_workbook(
        actor=request.user,
        access=request.access,
        destination=Destination(MATRIX, matrix_spec(rows, matrix_lists())),
        data=file.read(),
        filename=file.name,
        at=request.now,
    )
    if uploaded.is_known:
        messages.info(request, _("Ese archivo ya está en revisión: siga donde quedó."))
    return redirect("imports:lot", uploaded.lot_id)


def page(
    request: HttpRequest, form: WorkbookForm, *, problem: object = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem or form.errors.get("workbook", [""])[0],
        "lots": recent_lots(request.access, MATRIX),
        "crumbs": (Crumb(_("Tabla de la MCR"), address("results:table")), Crumb(_("Excel"))),
    }
    return render(request, TEMPLATE, context, status=status)
