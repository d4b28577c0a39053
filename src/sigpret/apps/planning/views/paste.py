"""Rows of a spreadsheet, seen beside the plan before anything is saved."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.pasting import PastedRows, paste_rows
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.plan_forms import PasteForm
from sigpret.apps.planning.plan_pasting import PastedLine, pasted_lines
from sigpret.apps.planning.queries.choices import groups_of
from sigpret.apps.planning.views.place import Place, opened_to_write
from sigpret.web.http import render_page, role_required

TEMPLATE = "planning/paste.html"
DONE = "planning/pasted.html"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def paste(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET asks for the rows; POST shows what would change, and with `confirmar` writes it."""
    place = opened_to_write(request, year, code)
    form = PasteForm(
        request.POST if request.method == "POST" else None, groups=groups_of(place.outline)
    )
    lines: tuple[PastedLine, ...] = ()
    if form.is_bound and form.is_valid():
        lines = pasted_lines(form.cleaned_data["rows"], place.outline, place.closed)
        if "confirmar" in request.POST:
            return write(request, place, form.cleaned_data["group"], lines)
    context = {
        "place": place,
        "form": form,
        "lines": lines,
        "count": sum(line.is_change for line in lines),
        "problems": sum(bool(line.problem) for line in lines),
        "crumbs": place.crumbs(_("Pegar filas")),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render_page(request, TEMPLATE, context, status=status)


def write(
    request: HttpRequest, place: Place, group: int, lines: tuple[PastedLine, ...]
) -> HttpResponse:
    """Everything in one write, and the button that takes it back."""
    try:
        done = paste_rows(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            operational_objective_id=group,
            new=[line.new for line in lines if line.new is not None],
            edits=[edit for line in lines for edit in line.edits()],
            batch=str(uuid4()),
            at=request.now,
        )
    except (InvalidRowError, MissingRowError, PlanNotWritableError) as refused:
        messages.error(request, str(refused))
        return redirect(place.url)
    context = {"place": place, "done": done, "crumbs": place.crumbs(_("Pegar filas"))}
    return render_page(request, DONE, context | {"headline": headline(done)})


def headline(done: PastedRows) -> str:
    """What the paste did, in a sentence."""
    if not done.batch:
        return _("No había nada que cambiar")
    counts = {"added": done.added, "changed": done.changed}
    return _("Se pegaron %(added)d productos nuevos y %(changed)d celdas") % counts
