"""`/presupuesto/<año>` · The ceilings of every institution, for who reads the whole country."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.budget.permissions import can_set_ceilings
from sigpret.apps.budget.queries.country import ceilings_of_year
from sigpret.apps.budget.views.loading import FIRST_YEAR, LAST_YEAR
from sigpret.apps.planning.permissions import check_can_read_every_plan
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@require_safe
@role_required()
def show_country(request: HttpRequest, year: int) -> HttpResponse:
    check_can_read_every_plan(request.access)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    rows = ceilings_of_year(year)
    context = {
        "year": year,
        "rows": rows,
        "without": sum(row.ceiling is None for row in rows),
        "sets_ceilings": can_set_ceilings(request.access),
        "crumbs": (Crumb(_("Presupuesto")), Crumb(str(year))),
    }
    return render_page(request, "budget/country.html", context)
