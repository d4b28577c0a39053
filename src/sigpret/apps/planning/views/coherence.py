"""`/poa/<año>/<código>/coherencia` and `/poa/<año>/coherencia` · What a plan should mend, and where
the plans of the country fail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.planning.coherence_page import country_page, plan_page
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_read_every_plan,
    check_can_read_plan,
)
from sigpret.apps.planning.queries import years_with_plans
from sigpret.apps.planning.queries.coherence_of import coherence_of, coherence_of_year
from sigpret.apps.planning.views.plan import first_crumb, import_url
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address


@role_required()
@read_only
def coherence(request: HttpRequest, year: int, code: str) -> HttpResponse:
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)
    plan = coherence_of(institution, year)
    context = {
        "institution": institution,
        "year": year,
        "plan": plan,
        "page": plan_page(plan, request.GET.get("ver", "")) if plan else None,
        "is_own": can_record_plan(request.access, institution.pk),
        "import_url": import_url(request, institution.pk, year),
        "crumbs": (
            first_crumb(request.access, year),
            Crumb(institution.code, address("planning:plan", year, code)),
            Crumb(_("Coherencia")),
        ),
    }
    return render_page(request, "planning/coherence.html", context)


@role_required()
@read_only
def country_coherence(request: HttpRequest, year: int) -> HttpResponse:
    check_can_read_every_plan(request.access)
    asked = request.GET
    page = country_page(
        coherence_of_year(year, request.access),
        year,
        years=years_with_plans(),
        view=asked.get("ver", ""),
        rule=asked.get("regla", ""),
        search=asked.get("q", ""),
    )
    crumbs = (first_crumb(request.access, year), Crumb(_("Coherencia")))
    return render_page(request, "planning/country_coherence.html", {"page": page, "crumbs": crumbs})
