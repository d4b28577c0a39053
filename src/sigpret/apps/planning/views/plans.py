"""L1 · Where the plan of every institution stands, and reminding those who have to move."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.institutions.queries import institution_of
from sigpret.apps.planning.actions.reminding import ReminderError, remind_plans
from sigpret.apps.planning.permissions import check_can_read_every_plan, reads_every_plan
from sigpret.apps.planning.plans_page import plans_page
from sigpret.apps.planning.queries import plans_of_year, years_with_plans
from sigpret.apps.planning.queries.standing import formulation_days
from sigpret.apps.planning.step_permissions import can_remind_plans, check_can_remind_plans
from sigpret.web.components import Crumb
from sigpret.web.dates import date_words
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
    context = {
        "page": page,
        "today": request.as_of,
        "can_remind": can_remind_plans(request.access) and page.can_be_reminded,
    }
    return render(request, "planning/plans.html", context)


@require_POST
@role_required()
def remind(request: HttpRequest, year: int) -> HttpResponse:
    """The reminder to read first; with `enviar`, it is sent."""
    check_can_remind_plans(request.access)
    asked = set(request.POST.getlist("institucion"))
    chosen = [one for one in plans_of_year(year) if one.institution.code in asked and one.is_owing]
    if not chosen:
        messages.warning(request, _("Marque al menos una institución que deba moverse."))
        return redirect("planning:plans", year)
    if "enviar" in request.POST:
        return send(request, year, chosen)
    return preview(request, year, chosen, proposed_text(year))


def preview(request: HttpRequest, year: int, chosen, text: str, problem: str = "") -> HttpResponse:
    crumbs = (
        Crumb(f"POA {year}", reverse("planning:plans", args=[year])),
        Crumb(_("Recordatorio")),
    )
    context = {"year": year, "chosen": chosen, "text": text, "problem": problem, "crumbs": crumbs}
    return render(request, "planning/remind.html", context, status=422 if problem else 200)


def send(request: HttpRequest, year: int, chosen) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        told = remind_plans(
            actor=request.user,
            access=request.access,
            fiscal_year=year,
            institution_ids=[one.institution.pk for one in chosen],
            text=text,
            at=request.now,
        )
    except ReminderError as problem:
        return preview(request, year, chosen, text, str(problem))
    said = ngettext(
        "Se recordó a %(told)d institución.", "Se recordó a %(told)d instituciones.", told
    ) % {"told": told}
    if already := len(chosen) - told:
        said += " " + _("A las otras %(n)d ya se les había recordado hoy.") % {"n": already}
    messages.success(request, said)
    return redirect("planning:plans", year)


def proposed_text(year: int) -> str:
    """What is said unless DIGER writes something else."""
    due = formulation_days(year).get("submission")
    if due is None:
        return _("Falta enviar su plan operativo %(year)d a la máxima autoridad.") % {"year": year}
    return _("El plazo para enviar su plan operativo %(year)d vence el %(day)s.") % {
        "year": year,
        "day": date_words(due),
    }
