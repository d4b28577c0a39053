"""What institutions changed of what they had promised to produce, and why: for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sigpret.apps.planning.queries.reprogramming import accepted_changes, years_of_accepted
from sigpret.web.http import read_only
from sigpret.web.lists import asked_year, page_asked


@read_only
def reprogramming(request: HttpRequest) -> HttpResponse:
    """The accepted changes of a year's plans (`?anio=2026`), the newest first."""
    years = years_of_accepted()
    year = asked_year(request, years)
    found = accepted_changes(fiscal_year=year) if year else ()
    context = {
        "page_obj": page_asked(request, found),
        "total": len(found),
        "years": years,
        "year": year,
    }
    return render(request, "portal/reprogramming.html", context)
