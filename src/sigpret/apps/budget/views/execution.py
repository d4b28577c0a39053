"""One file of execution: pointing out columns, how far it got, what it would do, what it did."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.budget.actions.execution_files import (
    POINTABLE,
    MissingColumnsError,
    MovedOnError,
    discard_execution,
    point_columns,
)
from sigpret.apps.budget.actions.execution_work import (
    TotalsDifferError,
    differences,
    order_storing,
)
from sigpret.apps.budget.execution_page import counters_of, groups_of_new, lines_to_point
from sigpret.apps.budget.execution_words import FIELD_WORDS, words_of
from sigpret.apps.budget.forms.execution import ColumnsForm, StoreForm
from sigpret.apps.budget.permissions import can_add_classifiers, check_can_bring_execution
from sigpret.apps.budget.queries.columns import proposed, saved_columns
from sigpret.apps.budget.queries.executions import (
    ImportFacts,
    every_refused_row,
    execution_import,
    reconciled,
    refused_rows,
)
from sigpret.web.components import Crumb
from sigpret.web.csv_files import csv_response
from sigpret.web.http import is_fragment, read_only, render_page, role_required

UNREADABLE_STATUS, CONFLICT_STATUS = 422, 409


@role_required()
@read_only
def show_import(request: HttpRequest, number: int) -> HttpResponse:
    return page(request, load(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def point(request: HttpRequest, number: int) -> HttpResponse:
    """Also of a file that was read, or failed: its columns may be pointed out again."""
    facts = load(request, number)
    if facts.state not in POINTABLE:
        return redirect("budget:execution", number)
    if request.method != "POST":
        return columns_page(request, facts)
    return point_out(request, facts)


def point_out(request: HttpRequest, facts: ImportFacts) -> HttpResponse:
    form = ColumnsForm(request.POST, columns=facts.columns)
    if not form.is_valid():
        return columns_page(request, facts, form=form, status=UNREADABLE_STATUS)
    try:
        point_columns(
            actor=request.user,
            access=request.access,
            import_id=facts.pk,
            mapping=form.mapping(),
            mark=form.cleaned_data["mark"],
            expected_version=form.cleaned_data["expected_version"],
            at=request.now,
        )
    except MissingColumnsError as problem:
        said = _("Falta señalar: %(fields)s.") % {"fields": words_of(str(problem))}
        return columns_page(request, facts, form=form, problem=said, status=UNREADABLE_STATUS)
    except MovedOnError as problem:
        return page(request, load(request, facts.pk), problem=problem, status=CONFLICT_STATUS)
    return redirect("budget:execution", facts.pk)


@require_POST
@role_required()
def store(request: HttpRequest, number: int) -> HttpResponse:
    facts = load(request, number)
    form = StoreForm(request.POST)
    if not form.is_valid():
        return page(request, facts, status=UNREADABLE_STATUS)
    try:
        order_storing(
            actor=request.user,
            access=request.access,
            import_id=number,
            at=request.now,
            **form.cleaned_data,
        )
    except TotalsDifferError as problem:
        return page(request, facts, problem=problem, status=UNREADABLE_STATUS)
    except MovedOnError as problem:
        return page(request, load(request, number), problem=problem, status=CONFLICT_STATUS)
    return redirect("budget:execution", number)


@require_POST
@role_required()
def discard(request: HttpRequest, number: int) -> HttpResponse:
    load(request, number)
    try:
        discard_execution(
            actor=request.user, access=request.access, import_id=number, at=request.now
        )
    except MovedOnError as problem:
        return page(request, load(request, number), problem=problem, status=CONFLICT_STATUS)
    return redirect("budget:executions")


@role_required()
@read_only
def download_refused(request: HttpRequest, number: int) -> HttpResponse:
    load(request, number)
    head = (_("línea"), _("motivo"), _("contenido"))
    return csv_response(f"filas_rechazadas_{number}.csv", [head, *every_refused_row(number)])


def load(request: HttpRequest, number: int) -> ImportFacts:
    """The import. Raises Http404 and PermissionDenied."""
    facts = execution_import(number)
    if facts is None:
        raise Http404(_("No existe esa importación."))
    check_can_bring_execution(request.access, facts.institution_id)
    return facts


def page(
    request: HttpRequest, facts: ImportFacts, *, problem: object = "", status: int = 200
) -> HttpResponse:
    screen = SCREENS[facts.state]
    if is_fragment(request) and screen is not working_screen:
        # The work ended while its progress was being watched: the page is another one now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return screen(request, facts, problem=problem, status=status)


def drawn(
    request: HttpRequest, name: str, facts: ImportFacts, context: dict[str, Any], status: int
) -> HttpResponse:
    crumbs = (
        Crumb(_("Presupuesto")),
        Crumb(_("Importar la ejecución"), reverse("budget:executions")),
        Crumb(facts.file_name),
    )
    found = context | {"facts": facts, "crumbs": crumbs}
    return render_page(request, name, found, fragment="progress", status=status)


def columns_page(
    request: HttpRequest,
    facts: ImportFacts,
    *,
    form: ColumnsForm | None = None,
    problem: object = "",
    status: int = 200,
) -> HttpResponse:
    saved = saved_columns(facts.institution_id, facts.columns)
    columns = proposed(facts.columns, saved)
    form = form or ColumnsForm(columns=columns)
    lines = lines_to_point(form, columns)
    context = {"form": form, "lines": lines, "saved": saved, "problem": problem}
    return drawn(request, "budget/execution/columns.html", facts, context, status)


def working_screen(
    request: HttpRequest, facts: ImportFacts, *, problem: object, status: int
) -> HttpResponse:
    return drawn(request, "budget/execution/working.html", facts, {"problem": problem}, status)


def result_screen(
    request: HttpRequest, facts: ImportFacts, *, problem: object, status: int
) -> HttpResponse:
    is_open = facts.state in POINTABLE
    context = {
        "problem": problem,
        "counters": counters_of(facts),
        "refused": refused_rows(facts.pk),
        "totals": [(FIELD_WORDS[one.field], one) for one in reconciled(facts.totals)],
        "differs": differences(facts.totals),
        "new": groups_of_new(facts.new_codes),
        "adds_classifiers": can_add_classifiers(request.access),
        "saved": saved_columns(facts.institution_id, facts.columns) if is_open else None,
    }
    return drawn(request, "budget/execution/review.html", facts, context, status)


SCREENS: dict[str, Callable[..., HttpResponse]] = {
    "mapping": columns_page,
    "reading": working_screen,
    "applying": working_screen,
    "review": result_screen,
    "applied": result_screen,
    "failed": result_screen,
    "discarded": result_screen,
}
