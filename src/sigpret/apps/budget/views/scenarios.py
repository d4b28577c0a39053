"""`/poa/<año>/<código>/escenarios` · What would be produced with another ceiling or output."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.budget.actions import scenarios as trying
from sigpret.apps.budget.forms.scenarios import NewForm, TryForm
from sigpret.apps.budget.permissions import check_can_write_budget
from sigpret.apps.budget.queries.ceilings import ceilings_of
from sigpret.apps.budget.queries.scenarios import ScenarioSheet, scenario_sheets
from sigpret.apps.budget.views.loading import Here, load, load_with_plan, number_typed
from sigpret.apps.reference.queries import policy_on
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@role_required()
def show_scenarios(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET compares them; POST begins one."""
    here = load(request, year, code)
    if request.method != "POST":
        return render_list(request, here, NewForm())
    check_can_write_budget(here.access, here.institution.pk)
    form = NewForm(request.POST)
    if here.plan is None or not form.is_valid():
        return render_list(request, here, form, status=422)
    try:
        made = trying.make_scenario(trial=trial_of(request, here), **form.cleaned_data)
    except trying.ScenarioError as refusal:
        form.add_error(None, str(refusal))
        return render_list(request, here, form, status=422)
    return redirect("budget:scenario", year, code, made.pk)


@role_required()
def try_scenario(request: HttpRequest, year: int, code: str, scenario: int) -> HttpResponse:
    """GET shows one beside the plan; POST keeps it, fits it to its ceiling or takes it away."""
    here, _plan = load_with_plan(request, year, code)
    if request.method == "POST":
        check_can_write_budget(here.access, here.institution.pk)
    sheet = next((one for one in sheets_of(request, here) if one.id == scenario), None)
    if sheet is None:
        raise Http404(_("Ese escenario no es del plan."))
    if request.method != "POST":
        return render_one(request, here, sheet, TryForm(sheet=sheet))
    if request.POST.get("accion") == "quitar":
        trying.remove_scenario(trial=trial_of(request, here), scenario_id=scenario)
        messages.success(request, _("Escenario quitado."))
        return redirect("budget:scenarios", year, code)
    form = TryForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return render_one(request, here, sheet, form, status=422)
    try:
        keep(request, here, sheet, form)
    except trying.ScenarioError as refusal:
        return render_one(request, here, sheet, form, str(refusal), 422)
    return redirect("budget:scenario", year, code, scenario)


def keep(request: HttpRequest, here: Here, sheet: ScenarioSheet, form: TryForm) -> None:
    trial, ceiling = trial_of(request, here), form.cleaned_data["ceiling"]
    read = number_typed(request, "version")
    if request.POST.get("accion") == "ajustar":
        limit = sheet.verdict.ceiling if ceiling is None else ceiling
        trying.fit_scenario(trial=trial, scenario_id=sheet.id, ceiling=limit, expected_version=read)
        return
    trying.change_scenario(
        trial=trial,
        scenario_id=sheet.id,
        ceiling=ceiling,
        note_text=form.cleaned_data["note"],
        outputs=form.outputs(),
        expected_version=read,
    )


def trial_of(request: HttpRequest, here: Here) -> trying.Trial:
    return trying.Trial(request.user, here.access, here.plan.id if here.plan else 0, request.now)


def sheets_of(request: HttpRequest, here: Here) -> tuple[ScenarioSheet, ...]:
    if here.plan is None:
        return ()
    policy = policy_on(request.as_of)
    return scenario_sheets(here.plan.id, here.institution.pk, here.year, policy)


def render_list(request: HttpRequest, here: Here, form: NewForm, status: int = 200) -> HttpResponse:
    context = here.context(
        "scenarios",
        Crumb(_("Escenarios")),
        sheets=sheets_of(request, here),
        form=form,
        ceiling=ceilings_of(here.institution.pk, here.year).total,
    )
    return render_page(request, "budget/scenarios.html", context, status=status)


def render_one(
    request: HttpRequest,
    here: Here,
    sheet: ScenarioSheet,
    form: TryForm,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    every = reverse("budget:scenarios", args=[here.year, here.code])
    more: dict[str, Any] = {"sheet": sheet, "form": form, "problem": problem}
    context = here.context("scenarios", Crumb(_("Escenarios"), every), Crumb(sheet.name), **more)
    return render_page(request, "budget/scenario.html", context, status=status)
