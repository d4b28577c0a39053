"""`/presupuesto/<año>/<código>` · The network with its money and physical goals, and ceilings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sigpret.apps.budget.actions import network as writing
from sigpret.apps.budget.budget_page import budget_page
from sigpret.apps.budget.forms.network import AddForm, ChangeForm, ShareForm
from sigpret.apps.budget.permissions import can_apportion, can_set_ceilings, check_can_write_budget
from sigpret.apps.budget.queries.ceilings import ceilings_of
from sigpret.apps.budget.queries.network import CategoryRow, Network, network_of
from sigpret.apps.budget.queries.product_money import money_of_plan
from sigpret.apps.budget.views.loading import Here, load, number_typed
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "budget/budget.html"
PROGRAM = (("program", _("programa")),)


@dataclass(frozen=True, slots=True)
class Tried:
    """What could not be kept: the forms as they were typed and the sentence."""

    forms: dict[str, forms.Form]
    problem: str = ""


NOTHING = Tried({})


@require_safe
@role_required()
def show_budget(request: HttpRequest, year: int, code: str) -> HttpResponse:
    here = load(request, year, code)
    return render_budget(request, here, network_of(here.institution.pk, year))


@require_http_methods(["POST"])
@role_required()
def change_network(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One write of the network (`accion`); the row stays open."""
    here = load(request, year, code)
    check_can_write_budget(here.access, here.institution.pk)
    network = network_of(here.institution.pk, year)
    row = network.row(number_typed(request, "categoria"))
    deed = request.POST.get("accion", "")
    if deed not in ACTS or (row is None and deed != "agregar"):
        problem = _("Esa categoría ya no está en la red.")
        return render_budget(request, here, network, Tried({}, problem), 422)
    form = forms_of(network, row, request.POST if deed != "quitar" else None).get(deed)
    if form is not None and not form.is_valid():
        return render_budget(request, here, network, Tried({deed: form}), 422)
    try:
        opened = ACTS[deed](request, here, row, form)
    except writing.NetworkError as refusal:
        status = 409 if isinstance(refusal, writing.StaleCategoryError) else 422
        tried = Tried({deed: form} if form else {}, str(refusal))
        return render_budget(request, here, network, tried, status)
    messages.success(request, _("Guardado."))
    return redirect(address(here, opened))


def address(here: Here, opened: int) -> str:
    url = reverse("budget:budget", args=[here.year, here.code])
    return f"{url}?categoria={opened}#c{opened}" if opened else url


def place_of(request: HttpRequest, here: Here) -> writing.Place:
    return writing.Place(request.user, here.access, here.institution.pk, here.year, request.now)


def add(request: HttpRequest, here: Here, row: CategoryRow | None, form: Any) -> int:
    made = writing.add_category(
        place=place_of(request, here), parent_id=row.id if row else None, **form.cleaned_data
    )
    return int(made.pk)


def change(request: HttpRequest, here: Here, row: Any, form: Any) -> int:
    data = form.cleaned_data
    writing.change_category(
        place=place_of(request, here),
        category_id=row.id,
        code=data["code"],
        name=data["name"],
        parent_id=data.get("parent") or row.parent_id,
        expected_version=number_typed(request, "version"),
    )
    return int(row.id)


def remove(request: HttpRequest, here: Here, row: Any, _form: Any) -> int:
    writing.remove_category(place=place_of(request, here), category_id=row.id)
    return int(row.parent_id or 0)


def apportion(request: HttpRequest, here: Here, row: Any, form: Any) -> int:
    writing.apportion(
        place=place_of(request, here),
        category_id=row.id,
        shares=form.shares(),
        expected_version=number_typed(request, "version"),
    )
    return int(row.id)


Act = Callable[[HttpRequest, Here, Any, Any], int]
ACTS: dict[str, Act] = {
    "agregar": add,
    "guardar": change,
    "quitar": remove,
    "repartir": apportion,
}


def forms_of(network: Network, row: CategoryRow | None, data: Any = None) -> dict[str, forms.Form]:
    """The forms of the row that is open; without one, that of a new programme."""
    if row is None:
        return {"agregar": AddForm(data, kinds=PROGRAM, auto_id="nueva-%s")}
    initial = {"code": row.code, "name": row.name, "parent": row.parent_id}
    held = {goal.product_id for goal in row.goals}
    others = [goal for goal in network.products if goal.product_id not in held]
    return {
        "agregar": AddForm(data, kinds=row.may_hold, auto_id="nueva-%s"),
        "guardar": ChangeForm(
            data, places=network.may_hang(row), initial=initial, auto_id="categoria-%s"
        ),
        "repartir": ShareForm(data, held=row.goals, others=others, auto_id="reparto-%s"),
    }


def render_budget(
    request: HttpRequest, here: Here, network: Network, tried: Tried = NOTHING, status: int = 200
) -> HttpResponse:
    asked = number_typed(request, "categoria") if here.can_write_budget else 0
    row = network.row(asked)
    plan = here.plan
    context = here.context(
        "budget",
        Crumb(_("Presupuesto")),
        network=network,
        page=budget_page(
            network,
            ceilings_of(here.institution.pk, here.year),
            money_of_plan(plan.id) if plan else {},
        ),
        opened=row,
        forms=forms_of(network, row) | tried.forms if here.can_write_budget else {},
        problem=tried.problem,
        apportions=can_apportion(
            here.access, here.institution.pk, is_plan_writable=not plan or plan.is_writable
        ),
        sets_ceilings=can_set_ceilings(here.access),
    )
    return render_page(request, TEMPLATE, context, status=status)
