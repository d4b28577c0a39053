"""`/mesas/<slug>/plan/editar` · Writing a version row by row; each row is kept on its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.actions import work_plan as writing
from sigpret.apps.mesas.queries.mesas import member_institutions
from sigpret.apps.mesas.queries.work_plan import PlanPage, Result, plan_page
from sigpret.apps.mesas.queries.work_plan_rows import row_as_typed
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.views.work_plan import year_asked
from sigpret.apps.mesas.views.work_plan_steps import number
from sigpret.apps.mesas.work_plan_forms import ActivityForm, ObjectiveForm, ResultForm
from sigpret.apps.mesas.work_plan_permissions import can_send_plan, check_can_write_plan
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required, whole_number

TEMPLATE = "mesas/work_plan_edit.html"


@role_required()
def edit_work_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the rows, the one of `fila` as a form; POST keeps one row (`accion`)."""
    page = mesa_page(request, slug)
    check_can_write_plan(page.standing)
    plan = loaded(request, page)
    if plan is None:
        messages.info(request, _("No hay una versión en elaboración: empiécela desde el plan."))
        return redirect("mesas:work_plan", slug)
    if request.method != "POST":
        return render_rows(request, page, plan)
    deed = request.POST.get("accion", "")
    if deed not in ACTS:
        return render_rows(request, page, plan, Tried(problem=_("Elija qué hacer.")), 422)
    form = form_tried(request, page, plan, deed)
    if form is not None and not form.is_valid():
        return render_rows(request, page, plan, Tried(deed, form), 422)
    try:
        ACTS[deed](request, page, plan, form)
    except writing.PlanError as refusal:
        status = 409 if isinstance(refusal, writing.StalePlanError) else 422
        return render_rows(request, page, plan, Tried(deed, form, str(refusal)), status)
    messages.success(request, _("Guardado."))
    return redirect(address(page, plan))


def loaded(request: HttpRequest, page: MesaPage) -> PlanPage | None:
    """The draft of the year asked for; None when nothing is being written."""
    year = year_asked(request, page.on)
    plan = plan_page(page.mesa, year, on=page.on)
    if plan.next is None or not plan.next.is_draft:
        return None
    if plan.shown == plan.next:
        return plan
    return plan_page(page.mesa, year, on=page.on, number=plan.next.number)


def address(page: MesaPage, plan: PlanPage) -> str:
    return f"{reverse('mesas:work_plan_edit', args=[page.slug])}?anio={plan.year}"


def planning(request: HttpRequest, page: MesaPage, plan: PlanPage) -> writing.Planning:
    return writing.Planning(request.user, page.standing, plan.next.id if plan.next else 0)


def form_tried(
    request: HttpRequest, page: MesaPage, plan: PlanPage, deed: str
) -> forms.Form | None:
    if deed == "objetivo":
        return ObjectiveForm(request.POST, auto_id="objetivo-%s")
    if deed in ("resultado", "agregar-resultado"):
        return ResultForm(request.POST, auto_id=f"{deed}-%s")
    return activity_form(page, plan, request.POST) if deed == "actividad" else None


def activity_form(page: MesaPage, plan: PlanPage, data: Any = None, **more: Any) -> ActivityForm:
    places = [
        (place.pk, f"{place.acronym or place.code} · {place.name}")
        for place in member_institutions(page.mesa)
    ]
    changes = plan.in_force is not None
    return ActivityForm(data, places=places, changes=changes, auto_id="actividad-%s", **more)


def keep_objective(request: HttpRequest, page: MesaPage, plan: PlanPage, form: Any) -> None:
    data = form.cleaned_data
    writing.save_objective(
        planning=planning(request, page, plan), objective=data["objective"], was=data["was"]
    )


def add_result(request: HttpRequest, page: MesaPage, plan: PlanPage, form: Any) -> None:
    writing.add_result(planning=planning(request, page, plan), text=form.cleaned_data["text"])


def keep_result(request: HttpRequest, page: MesaPage, plan: PlanPage, form: Any) -> None:
    data = form.cleaned_data
    writing.rename_result(
        planning=planning(request, page, plan),
        result_id=result_asked(request, plan).id,
        text=data["text"],
        was=data["was"],
    )


def remove_result(request: HttpRequest, page: MesaPage, plan: PlanPage, _form: Any) -> None:
    writing.remove_result(
        planning=planning(request, page, plan), result_id=number(request, "resultado")
    )


def keep_activity(request: HttpRequest, page: MesaPage, plan: PlanPage, form: Any) -> None:
    writing.save_activity(
        planning=planning(request, page, plan),
        result_id=result_asked(request, plan).id,
        typed=form.typed(),
        activity_id=activity_asked(request, plan),
        was=form.cleaned_data["was"],
    )


def remove_activity(request: HttpRequest, page: MesaPage, plan: PlanPage, _form: Any) -> None:
    writing.remove_activity(
        planning=planning(request, page, plan), activity_id=number(request, "fila")
    )


ACTS: dict[str, Callable[[HttpRequest, MesaPage, PlanPage, Any], None]] = {
    "objetivo": keep_objective,
    "agregar-resultado": add_result,
    "resultado": keep_result,
    "quitar-resultado": remove_result,
    "actividad": keep_activity,
    "quitar-actividad": remove_activity,
}


def result_asked(request: HttpRequest, plan: PlanPage) -> Result:
    asked = number(request, "resultado")
    found = next((one for one in plan.results if one.id == asked), None)
    if found is None:
        raise writing.StalePlanError(_("Ese resultado ya no está en el plan. Vuelva a leerlo."))
    return found


def activity_asked(request: HttpRequest, plan: PlanPage) -> int | None:
    """The row that is written; None for a new one."""
    asked = number(request, "fila")
    if not asked:
        return None
    if not any(row.id == asked for result in plan.results for row in result.activities):
        raise writing.StalePlanError(_("Esa actividad ya no está en el plan. Vuelva a leerlo."))
    return asked


def opened(request: HttpRequest) -> tuple[str, int]:
    """(what is open, of which): a row (`fila`), a result's new row (`nueva`), a result's name."""
    for name in ("fila", "nueva", "nombre"):
        typed = request.POST.get(name) or request.GET.get(name, "")
        if number := whole_number(typed):
            return name, number
    return "", 0


def form_opened(page: MesaPage, plan: PlanPage, what: str, asked: int) -> forms.Form | None:
    """The form of what is open. Raises Http404 when it is not of this plan."""
    if what == "fila":
        typed = row_as_typed(plan.next.id if plan.next else 0, asked)
        if typed is None:
            raise Http404(_("Esa actividad no es de esta versión."))
        return activity_form(page, plan, initial=typed)
    if what == "nueva":
        return activity_form(page, plan)
    if what == "nombre":
        found = next((one for one in plan.results if one.id == asked), None)
        text = found.text if found else ""
        return ResultForm(initial={"text": text, "was": text}, auto_id="resultado-%s")
    return None


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried and could not be kept, with what was typed."""

    deed: str = ""
    form: forms.Form | None = None
    problem: str = ""


NOTHING = Tried()


def render_rows(
    request: HttpRequest, page: MesaPage, plan: PlanPage, tried: Tried = NOTHING, status: int = 200
) -> HttpResponse:
    what, asked = opened(request)
    is_row = tried.deed in ("actividad", "resultado")
    context = page.context(
        Crumb(_("Plan de trabajo"), reverse("mesas:work_plan", args=[page.slug])),
        _("Editar"),
        plan=plan,
        version=plan.next,
        opened=what,
        asked=asked,
        row_form=tried.form if is_row else form_opened(page, plan, what, asked),
        objective_form=tried.form if tried.deed == "objetivo" else objective_form(plan),
        result_form=tried.form
        if tried.deed == "agregar-resultado"
        else ResultForm(auto_id="agregar-resultado-%s"),
        problem=tried.problem,
        can_send=can_send_plan(page.standing),
        address=address(page, plan),
    )
    return render_page(request, TEMPLATE, context, status=status)


def objective_form(plan: PlanPage) -> ObjectiveForm:
    known = plan.next.objective if plan.next else ""
    return ObjectiveForm(initial={"objective": known, "was": known}, auto_id="objetivo-%s")
