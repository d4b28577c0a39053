"""`/poa/<año>/<código>/producto/<id>/costos` · Activities and inputs of a product, and its cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.budget.costs_page import way_sentence
from sigpret.apps.budget.forms.costs import ActivityForm, InputForm
from sigpret.apps.budget.queries.catalogues import object_choices, source_choices, unit_choices
from sigpret.apps.budget.queries.costs import ActivityRow, CostSheet, InputRow, cost_sheet
from sigpret.apps.budget.views.loading import Here, load_with_plan, number_typed
from sigpret.apps.planning.actions import activities as writing
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "budget/costs.html"
REFUSALS = (InvalidRowError, MissingRowError, PlanNotWritableError, writing.ActivityConflictError)
CONFLICTS = (MissingRowError, PlanNotWritableError, writing.ActivityConflictError)


@dataclass(frozen=True, slots=True)
class Tried:
    """What could not be kept: the form as it was typed, and the sentence."""

    form: forms.Form | None = None
    problem: str = ""


NOTHING = Tried()


@role_required()
def edit_costs(request: HttpRequest, year: int, code: str, product: int) -> HttpResponse:
    """GET reads the costs, one row open as a form (`abrir`); POST keeps one row (`accion`)."""
    here, plan = load_with_plan(request, year, code)
    sheet = cost_sheet(plan.id, product)
    if sheet is None:
        raise Http404(_("Ese producto no es del plan."))
    if request.method != "POST":
        return render_costs(request, here, sheet)
    check_can_record_plan(here.access, here.institution.pk)
    deed = request.POST.get("accion", "")
    if deed not in ACTS:
        return render_costs(request, here, sheet, Tried(problem=_("Elija qué hacer.")), 422)
    form = form_tried(request, deed)
    if form is not None and not form.is_valid():
        return render_costs(request, here, sheet, Tried(form), 422)
    costing = writing.Costing(request.user, here.access, plan.id, product, request.now)
    try:
        ACTS[deed](request, costing, form)
    except REFUSALS as refusal:
        status = 409 if isinstance(refusal, CONFLICTS) else 422
        return render_costs(request, here, sheet, Tried(form, str(refusal)), status)
    messages.success(request, _("Guardado."))
    return redirect("budget:costs", year, code, product)


def form_tried(request: HttpRequest, deed: str) -> forms.Form | None:
    if deed == "actividad":
        return ActivityForm(request.POST)
    return input_form(request.POST) if deed == "insumo" else None


def input_form(data: Any = None, **more: Any) -> InputForm:
    return InputForm(
        data, objects=object_choices(), sources=source_choices(), units=unit_choices(), **more
    )


def keep_activity(request: HttpRequest, costing: writing.Costing, form: Any) -> None:
    writing.save_activity(
        costing=costing,
        typed=writing.TypedActivity(**form.cleaned_data),
        activity_id=number_typed(request, "actividad") or None,
        expected_version=number_typed(request, "version"),
    )


def keep_input(request: HttpRequest, costing: writing.Costing, form: Any) -> None:
    writing.save_input(
        costing=costing,
        activity_id=number_typed(request, "actividad"),
        typed=writing.TypedInput(**form.cleaned_data),
        input_id=number_typed(request, "insumo") or None,
        expected_version=number_typed(request, "version"),
    )


def drop_activity(request: HttpRequest, costing: writing.Costing, _form: Any) -> None:
    writing.remove_activity(costing=costing, activity_id=number_typed(request, "actividad"))


def drop_input(request: HttpRequest, costing: writing.Costing, _form: Any) -> None:
    writing.remove_input(
        costing=costing,
        activity_id=number_typed(request, "actividad"),
        input_id=number_typed(request, "insumo"),
    )


ACTS: dict[str, Callable[[HttpRequest, writing.Costing, Any], None]] = {
    "actividad": keep_activity,
    "insumo": keep_input,
    "quitar-actividad": drop_activity,
    "quitar-insumo": drop_input,
}


def opened_form(what: str, activity: ActivityRow | None, row: InputRow | None) -> forms.Form | None:
    """The form of the row that is open, as it stands."""
    if what == "insumo":
        return input_form(initial=input_typed(row) if row else None)
    if what != "actividad":
        return None
    names = ("name", "responsible", "first_quarter", "last_quarter", "stated_cost")
    initial = {name: getattr(activity, name) for name in names} if activity else None
    return ActivityForm(initial=initial)


def input_typed(row: InputRow) -> dict[str, Any]:
    names = ("name", "quantity", "unit_price", "is_per_unit", "expense_object_id")
    more = {"funding_source_id": row.funding_source_id, "unit_of_measure_id": row.unit_id}
    return {name: getattr(row, name) for name in names} | more


def render_costs(
    request: HttpRequest, here: Here, sheet: CostSheet, tried: Tried = NOTHING, status: int = 200
) -> HttpResponse:
    what = request.GET.get("abrir", "")
    if request.method == "POST":
        what = request.POST.get("accion", "")
    activity = sheet.activity(number_typed(request, "actividad"))
    asked = number_typed(request, "insumo")
    row = next((one for one in activity.inputs if one.id == asked), None) if activity else None
    may_write = here.can_write_plan
    context = here.context(
        "costs",
        Crumb(_("Presupuesto"), reverse("budget:budget", args=[here.year, here.code])),
        Crumb(_("Costos de %(label)s") % {"label": sheet.label}),
        sheet=sheet,
        way=way_sentence(sheet.line),
        may_write=may_write,
        what=what if may_write else "",
        opened_activity=activity,
        opened_input=row,
        form=(tried.form or opened_form(what, activity, row)) if may_write else None,
        problem=tried.problem,
    )
    return render_page(request, TEMPLATE, context, status=status)
