"""The sheet of one product: what it is, how it is programmed, what it serves, and its history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.planning.plan_page import plan_page
from sigpret.apps.planning.queries.product import past_years, product_history
from sigpret.apps.planning.views.panel import panel_of
from sigpret.apps.planning.views.place import opened
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def product_sheet(request: HttpRequest, code: str, year: int, label: str) -> HttpResponse:
    """`label` is how people name it in the plan: `2.6`."""
    place = opened(request, year, code)
    page = plan_page(place.outline, place.beside)
    shown = next((one for one in page.everything if one.label == label), None)
    if shown is None:
        raise Http404(_("El plan no tiene ese producto."))
    context = {
        "place": place,
        "institution": place.institution,
        "year": year,
        "page": page,
        "shown": shown,
        "panel": panel_of(place, str(shown.id)),
        "history": product_history(place.outline.plan.pk, shown.id),
        "past": past_years(shown.id),
        "crumbs": (*place.crumbs("x")[:2], Crumb(_("Producto %(label)s") % {"label": label})),
    }
    return render_page(request, "planning/product_sheet.html", context)
