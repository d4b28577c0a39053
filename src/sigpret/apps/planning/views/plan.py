"""One institution's plan of a year, to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sigpret.apps.institutions.queries import Access, institution_by_code
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_read_plan,
    reads_every_plan,
)
from sigpret.apps.planning.queries import plan_sheet
from sigpret.web.components import Crumb
from sigpret.web.http import role_required
from sigpret.web.navigation import address


@require_safe
@role_required()
def plan(request: HttpRequest, year: int, code: str) -> HttpResponse:
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)
    context = {
        "institution": institution,
        "year": year,
        "sheet": plan_sheet(institution, year),
        "import_url": import_url(request.access, institution.pk),
        "crumbs": (first_crumb(request.access, year), Crumb(institution.code)),
    }
    return render(request, "planning/plan.html", context)


def import_url(access: Access, institution_id: int) -> str:
    """Where a report comes in, for those who may record this plan."""
    return address("imports:start") if can_record_plan(access, institution_id) else ""


def first_crumb(access: Access, year: int) -> Crumb:
    url = reverse("planning:plans", args=[year]) if reads_every_plan(access) else ""
    return Crumb(f"POA {year}", url)
