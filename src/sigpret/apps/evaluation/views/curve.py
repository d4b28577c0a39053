"""The aggregate curve of physical production of an institution in a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sigpret.apps.evaluation.curve_page import curve_page
from sigpret.apps.evaluation.queries.curve import production_curve
from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.planning.permissions import check_can_read_plan
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def show_curve(request: HttpRequest, year: int, code: str) -> HttpResponse:
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)
    plan_url = reverse("planning:plan", args=[year, code])
    context = {
        "institution": institution,
        "year": year,
        "page": curve_page(production_curve(institution, year), year),
        "plan_url": plan_url,
        "crumbs": (Crumb(f"POA {year} · {institution.code}", plan_url),),
    }
    return render_page(request, "evaluation/curve.html", context)
