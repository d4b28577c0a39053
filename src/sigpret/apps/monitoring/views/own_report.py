"""Short addresses that lead to the report of the person's own institution."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import institution_of
from sigpret.apps.monitoring.queries import current_round
from sigpret.methodology.periods import Period
from sigpret.web.http import read_only, role_required


@role_required()
@read_only
def current_report(request: HttpRequest) -> HttpResponse:
    """The quarter people work on; before any round, the quarter that ended last."""
    found = current_round(request.now)
    period = found.period if found else Period.quarter_on(request.as_of).previous()
    return own_report(request, period.year, period.number)


@role_required()
@read_only
def my_report(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    return own_report(request, year, quarter)


def own_report(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    institution = institution_of(request.access)
    if institution is None:
        raise PermissionDenied(
            _("Su cuenta no pertenece a una institución que reporte. Elija una en su menú.")
        )
    return redirect("monitoring:report", institution.code, year, quarter)
