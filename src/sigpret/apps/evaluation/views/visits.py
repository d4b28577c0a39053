"""`/visitas` · The field visits: those to be made, those to be signed, and what each one saw."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.visits import VisitLine, visits, years_of_visits
from sigpret.apps.evaluation.visit_permissions import check_can_list_visits
from sigpret.web.components import Chip
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.lists import asked_year, page_asked

TEMPLATE = "evaluation/visits.html"
FILTERS = {
    "por-hacer": lambda line: line.state == "planned",
    "por-firmar": lambda line: line.state == "done",
    "contradicen": lambda line: line.result == "contradicts",
    "todas": lambda _line: True,
}


@role_required()
@read_only
def show_visits(request: HttpRequest) -> HttpResponse:
    """`?anio=2026`: of that year, or of the last one; what is not signed is always there."""
    check_can_list_visits(request.access)
    years = years_of_visits(request.access)
    year = asked_year(request, years)
    found = visits(access=request.access, today=request.as_of, year=year)
    shown = request.GET.get("ver", "")
    shown = shown if shown in FILTERS else "todas"
    lines = [line for line in found if FILTERS[shown](line)]
    context = {
        "page_obj": page_asked(request, lines),
        "years": years,
        "year": year,
        "total": len(found),
        "planned": sum(line.state == "planned" for line in found),
        "contradicting": sum(line.result == "contradicts" for line in found),
        "chips": chips_of(found, shown, year),
    }
    return render_page(request, TEMPLATE, context)


def chips_of(found: Sequence[VisitLine], shown: str, year: int | None) -> list[Chip]:
    labels = {
        "por-hacer": _("Por hacer"),
        "por-firmar": _("Por firmar"),
        "contradicen": _("Contradicen el dato"),
        "todas": _("Todas"),
    }
    return [
        Chip(
            label,
            f"?anio={year or ''}&ver={key}",
            sum(map(FILTERS[key], found)),
            is_on=key == shown,
        )
        for key, label in labels.items()
    ]
