"""Which institutions have loaded their plan of the year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sigpret.apps.institutions.queries import institution_of
from sigpret.apps.planning.permissions import check_can_read_every_plan, reads_every_plan
from sigpret.apps.planning.plans_page import plans_page
from sigpret.apps.planning.queries import plans_of_year, years_with_plans
from sigpret.web.http import role_required


@require_safe
@role_required()
def current_plans(request: HttpRequest) -> HttpResponse:
    """The year in course: everybody's for whoever reads the country, else one's own."""
    year = request.as_of.year
    own = institution_of(request.access)
    if own is None or reads_every_plan(request.access):
        return redirect("planning:plans", year)
    return redirect("planning:plan", year, own.code)


@require_safe
@role_required()
def plans(request: HttpRequest, year: int) -> HttpResponse:
    check_can_read_every_plan(request.access)
    page = plans_page(
        plans_of_year(year),
        year,
        years={*years_with_plans(), request.as_of.year, request.as_of.year + 1},
        view=request.GET.get("ver", ""),
        search=request.GET.get("q", ""),
    )
    return render(request, "planning/plans.html", {"page": page})
