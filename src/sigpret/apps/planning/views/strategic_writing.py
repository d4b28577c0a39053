"""Writing a strategic plan: its years, its mission and vision, its objectives, its results."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.planning.actions import strategic_rows as rows
from sigpret.apps.planning.actions.strategic import (
    StrategicError,
    change_strategic_statement,
    start_strategic_plan,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.queries.strategic_rows import written_objective, written_result
from sigpret.apps.planning.strategic_forms import (
    ObjectiveForm,
    ResultForm,
    StatementForm,
    YearsForm,
    initial_of,
)
from sigpret.apps.planning.strategic_page import (
    crumbs,
    form_crumbs,
    place_of,
    plan_to_write,
)
from sigpret.apps.planning.strategic_saving import Writing, refuse
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@role_required()
@FORM_METHODS
def strategic_new(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the years of a new plan."""
    institution = place_of(request, code)
    check_can_record_plan(request.access, institution.pk)
    year = request.as_of.year
    form = YearsForm(request.POST or None, initial={"first_year": year, "last_year": year + 4})
    if request.method == "POST" and form.is_valid():
        try:
            plan = start_strategic_plan(
                actor=request.user,
                access=request.access,
                institution=institution,
                at=request.now,
                **form.cleaned_data,
            )
        except StrategicError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("planning:strategic_plan", code, plan.first_year)
    context = {
        "institution": institution,
        "form": form,
        "crumbs": crumbs(request.access, institution, Crumb(_("Nuevo PEI"))),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "planning/strategic_new.html", context, status=status)


@role_required()
@FORM_METHODS
def strategic_statement(request: HttpRequest, code: str, first: int) -> HttpResponse:
    """The mission and the vision."""
    institution, sheet = plan_to_write(request, code, first)
    stored = {"mission": sheet.mission, "vision": sheet.vision, "version": sheet.version}
    form = StatementForm(request.POST or None, initial=stored)
    writing = Writing(institution, sheet, form, _("Misión y visión"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_strategic_statement(
                **who(request, sheet.id),
                mission=data["mission"],
                vision=data["vision"],
                expected_version=form.expected,
            )
        except StrategicError as problem:
            refuse(form, problem, sheet.version)
        else:
            return saved(request, code, first, _("Misión y visión guardadas."))
    return answer(request, writing)


@role_required()
@FORM_METHODS
def strategic_objective(
    request: HttpRequest, code: str, first: int, pk: int | None = None
) -> HttpResponse:
    """A new objective, or one there is."""
    institution, sheet = plan_to_write(request, code, first)
    stored = written_objective(sheet.id, pk) if pk is not None else None
    if pk is not None and stored is None:
        raise Http404(_("Ese objetivo ya no está en el plan."))
    initial = {"text": stored.text, "version": stored.version} if stored else {}
    form = ObjectiveForm(request.POST or None, initial=initial)
    title = _("Objetivo %(number)s") % {"number": stored.number} if stored else _("Nuevo objetivo")
    if request.method == "POST" and form.is_valid():
        try:
            rows.write_strategic_objective(
                **who(request, sheet.id),
                objective_id=pk,
                text=form.cleaned_data["text"],
                expected_version=form.expected,
            )
        except StrategicError as problem:
            refuse(form, problem, stored.version if stored else 0)
        else:
            return saved(request, code, first, _("Objetivo guardado."))
    return answer(request, Writing(institution, sheet, form, title))


@role_required()
@FORM_METHODS
def strategic_result(
    request: HttpRequest, code: str, first: int, objective: int, pk: int | None = None
) -> HttpResponse:
    """A new result of an objective, or one there is."""
    institution, sheet = plan_to_write(request, code, first)
    stored = written_result(sheet.id, pk) if pk is not None else None
    if (pk is not None and stored is None) or written_objective(sheet.id, objective) is None:
        raise Http404(_("Ese resultado ya no está en el plan."))
    initial = {**initial_of(stored.facts), "version": stored.version} if stored else {}
    form = ResultForm(request.POST or None, initial=initial, years=sheet.years)
    title = _("Resultado %(place)s") % {"place": stored.place} if stored else _("Nuevo resultado")
    if request.method == "POST" and form.is_valid():
        try:
            rows.write_strategic_result(
                **who(request, sheet.id),
                objective_id=objective,
                result_id=pk,
                facts=form.facts(),
                expected_version=form.expected,
            )
        except StrategicError as problem:
            refuse(form, problem, stored.version if stored else 0)
        else:
            return saved(request, code, first, _("Resultado guardado."))
    return answer(request, Writing(institution, sheet, form, title))


@role_required()
@require_POST
def strategic_objective_remove(
    request: HttpRequest, code: str, first: int, pk: int
) -> HttpResponse:
    """Takes an objective out, with its results."""
    _institution, sheet = plan_to_write(request, code, first)
    try:
        rows.remove_strategic_objective(**who(request, sheet.id), objective_id=pk)
    except StrategicError as problem:
        messages.error(request, str(problem))
        return redirect("planning:strategic_plan", code, first)
    return saved(request, code, first, _("Objetivo quitado."))


@role_required()
@require_POST
def strategic_result_remove(request: HttpRequest, code: str, first: int, pk: int) -> HttpResponse:
    """Takes a result out."""
    _institution, sheet = plan_to_write(request, code, first)
    try:
        rows.remove_strategic_result(**who(request, sheet.id), result_id=pk)
    except StrategicError as problem:
        messages.error(request, str(problem))
        return redirect("planning:strategic_plan", code, first)
    return saved(request, code, first, _("Resultado quitado."))


def who(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    return {
        "actor": request.user,
        "access": request.access,
        "plan_id": plan_id,
        "at": request.now,
    }


def saved(request: HttpRequest, code: str, first: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("planning:strategic_plan", code, first)


def answer(request: HttpRequest, writing: Writing) -> HttpResponse:
    form: Form = writing.form
    context = {
        "writing": writing,
        "institution": writing.institution,
        "form": form,
        "crumbs": form_crumbs(request.access, writing.institution, writing.sheet, writing.title),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "planning/strategic_form.html", context, status=status)
