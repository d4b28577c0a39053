"""The formulation calendar: the day each step of a year's plan and budget ends."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.calendar import CalendarError, set_formulation
from sigpret.apps.planning.calendar_form import CalendarForm
from sigpret.apps.planning.permissions import check_can_read_every_plan
from sigpret.apps.planning.queries.formulation import formulation_of
from sigpret.apps.planning.step_permissions import can_set_calendar, check_can_set_calendar
from sigpret.web.components import Choice, Crumb
from sigpret.web.http import render_page, role_required, whole_number

YEARS = range(2000, 2101)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def formulation(request: HttpRequest) -> HttpResponse:
    """`?anio=2027`; next year's unless asked. POST sets its days."""
    year = asked_year(request)
    steps = formulation_of(year)
    if request.method == "POST":
        return save(request, year, steps)
    check_can_read_every_plan(request.access)
    return answer(request, year, steps, CalendarForm(steps=steps))


def asked_year(request: HttpRequest) -> int:
    typed = request.GET.get("anio", "")
    year = whole_number(typed) if typed else request.as_of.year + 1
    if year not in YEARS:
        raise Http404(_("Ese no es un año."))
    return year


def save(request: HttpRequest, year: int, steps) -> HttpResponse:
    check_can_set_calendar(request.access)
    form = CalendarForm(request.POST, steps=steps)
    if not form.is_valid():
        return answer(request, year, steps, form, status=422)
    try:
        set_formulation(
            actor=request.user,
            access=request.access,
            fiscal_year=year,
            days=form.days(),
            source=form.cleaned_data["source"],
            seen=form.seen_days(),
            at=request.now,
        )
    except CalendarError as problem:
        form.add_error(None, str(problem))
        return answer(request, year, steps, form, status=409)
    messages.success(request, _("El calendario de %(year)d quedó guardado.") % {"year": year})
    return redirect(f"{reverse('planning:formulation')}?anio={year}")


def answer(
    request: HttpRequest, year: int, steps, form: CalendarForm, status: int = 200
) -> HttpResponse:
    here = reverse("planning:formulation")
    near = range(request.as_of.year - 1, request.as_of.year + 3)
    context = {
        "year": year,
        "steps": steps,
        "form": form,
        "is_set": any(step.due_on for step in steps),
        "can_set": can_set_calendar(request.access),
        "years": [Choice(str(one), f"{here}?anio={one}", one == year) for one in near],
        "crumbs": (
            Crumb(f"POA {year}", reverse("planning:plans", args=[year])),
            Crumb(_("Calendario de formulación")),
        ),
    }
    return render_page(request, "planning/formulation.html", context, status=status)
