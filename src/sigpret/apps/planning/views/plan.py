"""One institution's plan of a year: read by whoever may, written cell by cell by its own people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.writing import PlanNotWritableError
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_record_plan,
    why_year_is_closed,
)
from sigpret.apps.planning.plan_page import ALL, PlanPage, plan_page
from sigpret.apps.planning.plan_words import headline
from sigpret.apps.planning.queries.outline import outline_of
from sigpret.apps.planning.queries.standing import plan_steps
from sigpret.apps.planning.views.panel import panel_of
from sigpret.apps.planning.views.place import (
    Place,
    first_crumb,
    place_asked,
    readable_institution,
)
from sigpret.apps.planning.views.plan_saving import Outcome, save_rows
from sigpret.web.components import Crumb
from sigpret.web.http import is_fragment, render_page, role_required
from sigpret.web.navigation import address

TEMPLATE = "planning/plan.html"
#: What htmx names when it asks for the whole table: several rows were pasted, or one moved.
GRID = "plan-grid"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def plan(request: HttpRequest, year: int, code: str) -> HttpResponse:
    place = place_asked(request, year, code)
    if place is None:
        institution = readable_institution(request, code)
        if request.method == "POST":
            check_can_record_plan(request.access, institution.pk)
        return render(request, TEMPLATE, empty_context(request, institution, year))
    if request.method == "POST":
        return save(request, place)
    if is_fragment(request) and "producto" in request.GET:
        context = {"panel": panel_of(place, request.GET["producto"]), "place": place}
        return render_page(request, TEMPLATE, context, fragment="panel")
    return show(request, place, asked_page(request, place))


def save(request: HttpRequest, place: Place) -> HttpResponse:
    """Write what came, and answer with the rows that were touched."""
    check_can_record_plan(place.access, place.institution.pk)
    try:
        outcome = save_rows(request, place)
    except PlanNotWritableError as refused:
        return show(request, place, asked_page(request, place), problem=str(refused), status=409)
    fresh = Place(place.institution, place.year, outline_of(place.outline.plan), place.access)
    page = asked_page(request, fresh, outcome)
    if not is_fragment(request) and outcome.status == 200:
        return redirect(request.get_full_path())
    return show(
        request,
        fresh,
        page,
        fragment="grid" if request.htmx.target == GRID else "saved",
        status=outcome.status,
        problem=outcome.problem,
        outcome=outcome,
    )


def asked_page(request: HttpRequest, place: Place, outcome: Outcome | None = None) -> PlanPage:
    """The page as its address asks for it; a row somebody just typed in is never filtered out."""
    is_row = outcome is not None and is_fragment(request)
    return plan_page(
        place.outline,
        place.beside,
        view=ALL if is_row else request.GET.get("ver", ALL),
        compares=request.GET.get("comparar") != "no",
        attempts=outcome.attempts if outcome else None,
        touched=frozenset(outcome.rows.products) if outcome else frozenset(),
        closed=place.closed,
    )


def show(
    request: HttpRequest,
    place: Place,
    page: PlanPage,
    *,
    fragment: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = context_of(request, place, page, is_whole=not fragment) | more
    if (outcome := more.get("outcome")) is not None:
        context["saved_at"] = request.now if outcome.saved.changes else None
        context["batch"] = outcome.saved.batch
    return render_page(request, TEMPLATE, context, fragment=fragment, status=status)


def context_of(
    request: HttpRequest, place: Place, page: PlanPage, *, is_whole: bool = True
) -> dict[str, Any]:
    """What the template needs; a fragment draws neither the steps nor the panel."""
    here = place.year, place.institution.code
    return {
        "place": place,
        "here": request.get_full_path(),
        "page": page,
        "sheet": page,
        "institution": place.institution,
        "year": place.year,
        "headline": headline(page, may_write=place.may_write),
        "steps": plan_steps(place.outline.plan) if is_whole else (),
        "panel": panel_of(place, request.GET.get("producto", "")) if is_whole else None,
        "import_url": address("imports:start") if place.is_writable else "",
        "crumbs": place.crumbs(),
        "sending_url": address("planning:send", *here),
        "versions_url": address("planning:versions", *here),
        "changes_url": address("planning:changes", *here),
        "coherence_url": address("planning:coherence", *here),
        "review_url": address("planning:plan_review", *here),
    }


def empty_context(request: HttpRequest, institution: Any, year: int) -> dict[str, Any]:
    """What is said where there is no plan yet; who may not begin that year is offered nothing."""
    may_record = can_record_plan(request.access, institution.pk)
    why = why_year_is_closed(request.access, year, current_year=request.as_of.year)
    return {
        "institution": institution,
        "year": year,
        "why_closed": why if may_record else "",
        "import_url": import_url(request, institution.pk, year),
        "may_write": may_record and not why,
        "crumbs": (first_crumb(request.access, year), Crumb(institution.code)),
    }


def import_url(request: HttpRequest, institution_id: int, year: int) -> str:
    """Where a report comes in, for those who may begin the plan of that year."""
    access: Access = request.access  # type: ignore[attr-defined]
    current: int = request.as_of.year  # type: ignore[attr-defined]
    is_open = not why_year_is_closed(access, year, current_year=current)
    return address("imports:start") if is_open and can_record_plan(access, institution_id) else ""
