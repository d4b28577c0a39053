"""The mission and the vision; beginning a plan; taking the last write back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.planning.actions.outline import (
    StaleRowError,
    change_statement,
    seen_statement,
)
from sigpret.apps.planning.actions.starting import start_plan
from sigpret.apps.planning.actions.undoing import NothingToUndoError, undo_cells
from sigpret.apps.planning.actions.writing import (
    ClosedQuarterError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.plan_forms import StatementForm
from sigpret.apps.planning.views.place import Place, opened_to_write, readable_institution
from sigpret.web.http import render_page, role_required

LONGEST_BATCH = 64
NOT_UNDONE = (NothingToUndoError, ClosedQuarterError, MissingRowError, PlanNotWritableError)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def statement(request: HttpRequest, year: int, code: str) -> HttpResponse:
    place = opened_to_write(request, year, code)
    plan = place.outline.plan
    stored = {"mission": plan.mission, "vision": plan.vision}
    seen = seen_statement(**stored)
    form = StatementForm(
        request.POST if request.method == "POST" else None, initial=stored | {"seen": seen}
    )
    if form.is_bound and form.is_valid():
        return save_statement(request, place, form)
    return show_statement(request, place, form)


def save_statement(request: HttpRequest, place: Place, form: StatementForm) -> HttpResponse:
    typed, plan = form.cleaned_data, place.outline.plan
    try:
        change_statement(
            actor=request.user,
            access=place.access,
            plan_id=plan.pk,
            mission=typed["mission"],
            vision=typed["vision"],
            seen=typed["seen"],
            at=request.now,
        )
    except StaleRowError as stale:
        both = (
            (_("Misión"), typed["mission"], stale.theirs.text),
            (_("Visión"), typed["vision"], stale.theirs.assumption),
        )
        seen = seen_statement(stale.theirs.text, stale.theirs.assumption)
        return show_statement(request, place, StatementForm(typed | {"seen": seen}), both=both)
    except PlanNotWritableError as refused:
        form.add_error(None, str(refused))
        return show_statement(request, place, form)
    messages.success(request, _("Misión y visión guardadas."))
    return redirect(place.url)


def show_statement(
    request: HttpRequest,
    place: Place,
    form: StatementForm,
    *,
    both: tuple[tuple[str, str, str], ...] = (),
) -> HttpResponse:
    status = 409 if both else 422 if form.is_bound and not form.is_valid() else 200
    context = {
        "place": place,
        "form": form,
        "both": both,
        "heading": _("Misión y visión"),
        "crumbs": place.crumbs(_("Misión y visión")),
    }
    return render_page(request, "planning/row_form.html", context, status=status)


@require_POST
@role_required()
def start(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """An empty draft, for whoever neither imports nor copies."""
    institution = readable_institution(request, code)
    check_can_record_plan(request.access, institution.pk)
    start_plan(
        actor=request.user,
        access=request.access,
        institution=institution,
        fiscal_year=year,
        at=request.now,
    )
    return redirect("planning:plan", year, code)


@require_POST
@role_required()
def undo(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Take back a save of one's own, whole."""
    place = opened_to_write(request, year, code)
    try:
        undone = undo_cells(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            batch=request.POST.get("batch", "")[:LONGEST_BATCH],
            at=request.now,
        )
    except NOT_UNDONE as refused:
        messages.error(request, str(refused))
    else:
        count = len(undone.changes)
        text = ngettext("Se deshizo %(n)d celda.", "Se deshicieron %(n)d celdas.", count)
        messages.success(request, text % {"n": count})
    return redirect(place.url)
