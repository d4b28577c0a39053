"""The matrix as a table in the official order; a row is edited where it stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import ConflictError, InvalidGoalError, InvalidSheetError
from sigpret.apps.results.actions.rows import save_row
from sigpret.apps.results.permissions import check_can_write_goal, check_reads_matrix
from sigpret.apps.results.queries.filters import MatrixFilters
from sigpret.apps.results.queries.matrix import matrix_rows
from sigpret.apps.results.row_form import RowForm
from sigpret.apps.results.screens import both_texts, crumbs, opened_to_write
from sigpret.apps.results.table_page import table_page
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.components import Crumb
from sigpret.web.http import is_fragment, read_only, render_page, role_required


@role_required()
@read_only
def show_table(request: HttpRequest) -> HttpResponse:
    check_reads_matrix(request.access)
    page = table_page(request.GET, request.access)
    context = {"page": page, "crumbs": crumbs(Crumb(_("Tabla de la MCR")))}
    return render_page(request, "results/table.html", context, fragment="rows")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def edit_row(request: HttpRequest, code: str) -> HttpResponse:
    """The row as a form (GET), or as it reads once saved."""
    identity = opened_to_write(request, code)
    check_can_write_goal(request.access, identity.institution_id)
    row = one_row(request, code)
    if request.method != "POST":
        return show_row(request, row, RowForm(initial=RowForm.initial_of(row)))
    form = RowForm(request.POST)
    if not form.is_valid():
        return show_row(request, row, form, status=422)
    try:
        save_row(
            actor=request.user, access=request.access, goal_id=identity.id,
            cells=form.cells(), versions=form.versions(),
        )  # fmt: skip
    except ConflictError as conflict:
        both = both_texts(form, conflict)
        return show_row(request, one_row(request, code), form, both=both, status=409)
    except (InvalidGoalError, InvalidSheetError) as problem:
        form.add_error(None, str(problem))
        return show_row(request, row, form, status=422)
    if is_fragment(request):
        return show_row(request, one_row(request, code), None)
    messages.success(request, _("Fila guardada."))
    return redirect("results:sheet", code)


def one_row(request: HttpRequest, code: str):
    filters = MatrixFilters(codes=frozenset([code]))
    return next(iter(matrix_rows(filters, request.access)), None)


def show_row(request, row, form, *, both=(), status=200) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "both": both,
        "can_write": True,
        "crumbs": crumbs(Crumb(_("Tabla de la MCR"), "/cadena/tabla"), Crumb(row.code)),
    }
    template = "results/row_form.html" if form is not None else "results/row.html"
    return render_page(request, template, context, fragment="row", status=status)
