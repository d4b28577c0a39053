"""`/pei` and `/pei/<código>` · The strategic plans of the country, and one to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import institution_of
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_read_every_plan,
    reads_every_plan,
)
from sigpret.apps.planning.queries.strategic import periods_of, strategic_states
from sigpret.apps.planning.strategic_forms import ReasonForm
from sigpret.apps.planning.strategic_page import (
    STATES,
    crumbs,
    place_of,
    plan_of,
    rights_on,
    years_words,
)
from sigpret.apps.planning.strategic_rows_page import periods_menu, strategic_rows
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def strategic_plans(request: HttpRequest) -> HttpResponse:
    """Everybody's for whoever reads the country, else one's own."""
    own = institution_of(request.access)
    if own is not None and not reads_every_plan(request.access):
        return redirect("planning:strategic_latest", own.code)
    check_can_read_every_plan(request.access)
    page = strategic_rows(strategic_states(), request.GET.get("q", ""))
    return render_page(
        request, "planning/strategic_plans.html", {"page": page, "crumbs": (Crumb(_("PEI")),)}
    )


@role_required()
@read_only
def strategic_latest(request: HttpRequest, code: str) -> HttpResponse:
    """The latest plan; without one, how to begin it."""
    institution = place_of(request, code)
    periods = periods_of(institution.pk)
    if periods:
        return redirect("planning:strategic_plan", code, periods[0][0])
    context = {
        "institution": institution,
        "is_own": can_record_plan(request.access, institution.pk),
        "crumbs": crumbs(request.access, institution),
    }
    return render_page(request, "planning/strategic_none.html", context)


@role_required()
@read_only
def strategic_plan(request: HttpRequest, code: str, first: int) -> HttpResponse:
    institution, sheet = plan_of(request, code, first)
    context = {
        "institution": institution,
        "sheet": sheet,
        "years_words": years_words(sheet),
        "state": STATES[sheet.state],
        "rights": rights_on(request.access, institution.pk, sheet),
        "is_own": can_record_plan(request.access, institution.pk),
        "reason": ReasonForm(),
        "periods": periods_menu(code, periods_of(institution.pk), first),
        "crumbs": crumbs(request.access, institution, Crumb(years_words(sheet))),
    }
    return render_page(request, "planning/strategic.html", context)
