"""What institutions changed of what they had promised to produce, and why: for anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sigpret.apps.evidence.views.files import stored_file
from sigpret.apps.planning.queries.change_files import public_file
from sigpret.apps.planning.queries.reprogramming import accepted_changes, years_of_accepted
from sigpret.web.http import read_only
from sigpret.web.limits import limited
from sigpret.web.lists import asked_year, page_asked

PER_MINUTE = 60


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


@read_only
@limited("reprogramming-file", limit=PER_MINUTE)
def reprogramming_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of an accepted change that its institution publishes, to keep."""
    file = public_file(pk)
    if file is None:
        raise Http404(_("Ese documento no es público."))
    return stored_file(file.sha256, file.name)
