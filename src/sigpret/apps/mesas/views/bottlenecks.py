"""`/mesas/<slug>/productos/cuellos` · What holds the sector's goals back, and who solves it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.actions.bottlenecks import BottleneckError, identify
from sigpret.apps.mesas.bringing import as_brought
from sigpret.apps.mesas.forms.bottlenecks import BottleneckForm
from sigpret.apps.mesas.queries.bottlenecks import BottleneckLine, bottlenecks
from sigpret.apps.mesas.queries.held_back import (
    SuggestedBottleneck,
    goal_choices,
    goals_behind,
    place_choices,
    suggested_bottlenecks,
)
from sigpret.apps.mesas.views.beginning import Beginning, list_and_begin
from sigpret.apps.mesas.views.loading import MesaPage
from sigpret.web.components import Chip, Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/bottlenecks.html"
FILTERS = {"por-resolver": False, "resueltos": True}


@role_required()
def show_bottlenecks(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them and offers those that repeat; POST identifies one."""
    return list_and_begin(request, slug, IDENTIFYING)


def identify_one(request: HttpRequest, page: MesaPage, form: BottleneckForm) -> HttpResponse:
    """Raises BottleneckError."""
    found = identify(
        actor=request.user,  # type: ignore[arg-type]
        standing=page.standing,
        typed=form.typed(),
        at=request.now,  # type: ignore[attr-defined]
    )
    messages.success(request, _("Cuello de botella anotado."))
    return redirect("mesas:bottleneck", page.slug, found.pk)


def form_of(page: MesaPage, data: Any = None, **more: Any) -> BottleneckForm:
    return BottleneckForm(
        data,
        places=place_choices(page.mesa),
        goals=goal_choices(page.mesa),
        auto_id="cuello-%s",
        **more,
    )


def products_crumb(page: MesaPage) -> Crumb:
    return Crumb(_("Productos"), reverse("mesas:products", args=[page.slug]))


def render_list(
    request: HttpRequest, page: MesaPage, form: BottleneckForm | None, *, status: int = 200
) -> HttpResponse:
    found = bottlenecks(page.mesa, on=page.on)
    suggested = suggested_bottlenecks(goals_behind(page.mesa, on=page.on))
    asked = request.GET.get("causa", "")
    chosen = next((one for one in suggested if one.category == asked), None)
    begun = as_typed(chosen) if chosen else as_brought(request.GET)
    if form is None and page.standing.writes:
        form = form_of(page, initial=begun)
    shown = request.GET.get("ver", "por-resolver")
    is_solved = FILTERS.get(shown)
    context = page.context(
        products_crumb(page),
        _("Cuellos de botella"),
        heading=heading_of(found),
        lines=[one for one in found if is_solved is None or one.is_solved == is_solved],
        total=len(found),
        chips=chips_of(found, shown),
        suggested=suggested,
        form=form,
        is_writing=bool(begun or (form and form.is_bound)),
    )
    return render_page(request, TEMPLATE, context, status=status)


def as_typed(suggested: SuggestedBottleneck) -> dict[str, Any]:
    """A bottleneck as the figures suggest it; the person writes the rest."""
    told = (f"{goal.code}: {goal.cause}" for goal in suggested.goals if goal.cause)
    return {
        "title": _("%(cause)s retrasa varias metas") % {"cause": suggested.label},
        "cause": "\n".join(told),
        "severity": "high" if len(suggested.goals) > 2 else "medium",
        "goals": [goal.id for goal in suggested.goals],
    }


def heading_of(found: tuple[BottleneckLine, ...]) -> str:
    count = sum(not one.is_solved for one in found)
    if not count:
        return _("Ningún cuello de botella por resolver")
    words = ngettext(
        "%(n)s cuello de botella por resolver", "%(n)s cuellos de botella por resolver", count
    )
    return words % {"n": count}


def chips_of(found: tuple[BottleneckLine, ...], shown: str) -> list[Chip]:
    solved = sum(one.is_solved for one in found)
    counts = {
        "por-resolver": (_("Por resolver"), len(found) - solved),
        "resueltos": (_("Resueltos"), solved),
        "todos": (_("Todos"), len(found)),
    }
    return [
        Chip(label, f"?ver={key}", count, is_on=key == shown)
        for key, (label, count) in counts.items()
    ]


IDENTIFYING = Beginning(form_of, identify_one, BottleneckError, render_list)
