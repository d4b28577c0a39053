"""Objectives, results and operational objectives: added, written and taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.planning.actions.outline import (
    OBJECTIVE,
    OPERATIONAL,
    RESULT,
    RowHasProductsError,
    RowText,
    StaleRowError,
    add_row,
    change_row,
    remove_row,
    seen_of,
)
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.plan_forms import RowForm
from sigpret.apps.planning.queries.rows import row_facts
from sigpret.apps.planning.views.place import Place, opened_to_write
from sigpret.web.http import render_page, role_required, whole_number

NAMES = {
    OBJECTIVE: gettext_lazy("objetivo"),
    RESULT: gettext_lazy("resultado"),
    OPERATIONAL: gettext_lazy("objetivo operativo"),
}
REFUSALS = (InvalidRowError, MissingRowError, PlanNotWritableError)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def new_row(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponse:
    """`?objetivo=` is the objective a result or an operational objective goes under."""
    place = opened_to_write(request, year, code)
    asked = request.GET.get("objetivo", "")
    objective = whole_number(asked)
    form = RowForm(request.POST if request.method == "POST" else None, kind=known(kind))
    if form.is_bound and form.is_valid():
        try:
            add_row(
                actor=request.user,
                access=place.access,
                plan_id=place.outline.plan.pk,
                kind=kind,
                objective_id=objective,
                text=form.row_text(),
                at=request.now,
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Guardado: %(what)s nuevo.") % {"what": NAMES[kind]})
            return redirect(place.url)
    heading = _("Agregar %(what)s") % {"what": NAMES[kind]}
    return show(request, place, form, heading=heading)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def row(request: HttpRequest, year: int, code: str, kind: str, row_id: int) -> HttpResponse:
    place = opened_to_write(request, year, code)
    stored = row_facts(place.outline.plan.pk, known(kind), row_id)
    if stored is None:
        raise Http404(_("Esa fila ya no está en el plan."))
    bound = request.POST if request.method == "POST" else None
    form = RowForm(bound, kind=kind, initial=stored | {"seen": seen_of(kind, RowText(**stored))})
    more: dict[str, Any] = {"kind": kind, "row_id": row_id}
    more["heading"] = _("Editar %(what)s") % {"what": NAMES[kind]}
    if form.is_bound and form.is_valid():
        return save(request, place, form, **more)
    return show(request, place, form, **more)


def save(request: HttpRequest, place: Place, form: RowForm, **more: Any) -> HttpResponse:
    try:
        change_row(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            kind=more["kind"],
            row_id=more["row_id"],
            text=form.row_text(),
            seen=form.cleaned_data["seen"],
            at=request.now,
        )
    except StaleRowError as stale:
        data = form.data.copy()
        data["seen"] = seen_of(more["kind"], stale.theirs)
        both = form.beside(stale.theirs)
        form = RowForm(data, kind=more["kind"])
        return show(request, place, form, both=both, status=409, **more)
    except REFUSALS as refused:
        form.add_error(None, str(refused))
        return show(request, place, form, **more)
    messages.success(request, _("Texto guardado."))
    return redirect(place.url)


@require_POST
@role_required()
def remove(request: HttpRequest, year: int, code: str, kind: str, row_id: int) -> HttpResponse:
    place = opened_to_write(request, year, code)
    try:
        remove_row(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            kind=known(kind),
            row_id=row_id,
            at=request.now,
        )
    except (RowHasProductsError, PlanNotWritableError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("La fila salió del plan."))
    return redirect(place.url)


def known(kind: str) -> str:
    if kind not in NAMES:
        raise Http404
    return kind


def show(
    request: HttpRequest, place: Place, form: RowForm, *, status: int = 0, **more: Any
) -> HttpResponse:
    context = {"place": place, "form": form, "crumbs": place.crumbs(more["heading"])}
    is_refused = form.is_bound and not form.is_valid()
    code = status or (422 if is_refused else 200)
    return render_page(request, "planning/row_form.html", context | more, status=code)
