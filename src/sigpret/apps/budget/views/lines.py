"""`/presupuesto/<año>/<código>/lineas` · The budget key by key."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.budget.queries.lines import lines_page
from sigpret.apps.budget.views.loading import load, number_typed
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@require_safe
@role_required()
def show_lines(request: HttpRequest, year: int, code: str) -> HttpResponse:
    here = load(request, year, code)
    context = here.context(
        "budget",
        Crumb(_("Presupuesto"), reverse("budget:budget", args=[year, code])),
        Crumb(_("Líneas")),
        page=lines_page(here.institution.pk, year, number_typed(request, "pagina")),
    )
    return render_page(request, "budget/lines.html", context)
