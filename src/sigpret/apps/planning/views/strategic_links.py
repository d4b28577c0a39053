"""`/poa/<año>/<código>/pei` · Which objective of the PEI each objective of the year answers to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.strategic import StrategicError
from sigpret.apps.planning.actions.strategic_links import link_objectives
from sigpret.apps.planning.actions.writing import PlanNotWritableError
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.queries.strategic import (
    annual_objectives,
    annual_plan_id,
    strategic_choices,
)
from sigpret.apps.planning.strategic_forms import LinksForm
from sigpret.apps.planning.strategic_page import place_of
from sigpret.apps.planning.views.plan import first_crumb
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required
from sigpret.web.navigation import address


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def strategic_links(request: HttpRequest, year: int, code: str) -> HttpResponse:
    institution = place_of(request, code)
    check_can_record_plan(request.access, institution.pk)
    plan_id = annual_plan_id(institution.pk, year)
    if plan_id is None:
        raise Http404(_("Esa institución no tiene plan operativo de ese año."))
    objectives = annual_objectives(plan_id)
    offered = strategic_choices(institution.pk, year)
    form = LinksForm(
        request.POST or None,
        objectives=[(one.id, f"{one.number} {one.text}") for one in objectives],
        offered=offered.items(),
        initial={f"objective_{one.id}": one.strategic_id for one in objectives},
    )
    if request.method == "POST" and form.is_valid() and save(request, plan_id, form):
        return redirect("planning:plan", year, code)
    crumbs = (
        first_crumb(request.access, year),
        Crumb(code, address("planning:plan", year, code)),
        Crumb(_("Objetivos del PEI")),
    )
    context = {
        "institution": institution, "year": year, "form": form, "offered": offered,
        "crumbs": crumbs,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "planning/strategic_links.html", context, status=status)


def save(request: HttpRequest, plan_id: int, form: LinksForm) -> bool:
    """Whether the links were saved; otherwise the form says why not."""
    try:
        count = link_objectives(
            actor=request.user,
            access=request.access,
            plan_id=plan_id,
            chosen=form.chosen(),
            at=request.now,
        )
    except (StrategicError, PlanNotWritableError) as problem:
        form.add_error(None, str(problem))
        return False
    said = ngettext("Se vinculó %(n)d objetivo.", "Se vincularon %(n)d objetivos.", count)
    messages.success(request, said % {"n": count})
    return True
