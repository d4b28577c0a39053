"""Moving a product to another objective, and taking it out of the plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.planning.actions.record import ProductHasReportsError
from sigpret.apps.planning.actions.structure import move_product, remove_product
from sigpret.apps.planning.actions.writing import (
    ClosedQuarterError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.queries.choices import groups_of
from sigpret.apps.planning.queries.outline import outline_of
from sigpret.apps.planning.views.place import Place, opened_to_write
from sigpret.apps.planning.views.plan import asked_page, show
from sigpret.web.http import is_fragment, render_page, role_required, whole_number

STEPS = {"arriba": -1, "abajo": 1}


@require_POST
@role_required()
def move(request: HttpRequest, year: int, code: str, product_id: int) -> HttpResponse:
    """To the operational objective `group`, or to the one before or after (`direccion`)."""
    place = opened_to_write(request, year, code)
    target = wanted_group(place, product_id, request.POST.dict())
    try:
        move_product(
            actor=request.user,
            access=place.access,
            plan_id=place.outline.plan.pk,
            product_id=product_id,
            operational_objective_id=target,
            at=request.now,
        )
    except (MissingRowError, PlanNotWritableError) as refused:
        messages.error(request, str(refused))
    if not is_fragment(request):
        return redirect(f"{place.url}?producto={product_id}#p{product_id}")
    fresh = Place(place.institution, year, outline_of(place.outline.plan), place.access)
    return show(request, fresh, asked_page(request, fresh), fragment="grid", here=place.url)


def wanted_group(place: Place, product_id: int, posted: dict[str, str]) -> int:
    """The operational objective asked for; where it is when there is none further on."""
    order = [pk for pk, _label in groups_of(place.outline)]
    now = next((one.row.group_id for one in place.outline.products if one.row.id == product_id), 0)
    if posted.get("direccion") in STEPS and now in order:
        there = order.index(now) + STEPS[posted["direccion"]]
        return order[there] if 0 <= there < len(order) else now
    asked = posted.get("group", "")
    return whole_number(asked) or 0


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def remove(request: HttpRequest, year: int, code: str, product_id: int) -> HttpResponse:
    """Asks first; a product with reports stays, and the sentence says so."""
    place = opened_to_write(request, year, code)
    found = next((one for one in place.outline.products if one.row.id == product_id), None)
    if found is None and request.method != "POST":
        raise Http404(_("Ese producto no está en el plan."))
    problem = ""
    if request.method == "POST":
        try:
            remove_product(
                actor=request.user,
                access=place.access,
                plan_id=place.outline.plan.pk,
                product_id=product_id,
                at=request.now,
            )
        except (ProductHasReportsError, ClosedQuarterError, PlanNotWritableError) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("El producto salió del plan."))
            return redirect(place.url)
    context = {
        "place": place,
        "product": found,
        "problem": problem,
        "crumbs": place.crumbs(_("Quitar producto")),
    }
    return render_page(
        request, "planning/product_remove.html", context, status=409 if problem else 200
    )
