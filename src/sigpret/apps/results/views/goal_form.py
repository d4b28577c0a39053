"""Writing a goal: a new one, or what an existing one says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import (
    ConflictError,
    InvalidGoalError,
    change_goal,
    create_goal,
    rename_goal,
)
from sigpret.apps.results.forms import GoalForm, NewGoalForm
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.apps.results.queries.written import WrittenGoal, written_goal
from sigpret.apps.results.screens import (
    both_texts,
    crumbs,
    goal_crumbs,
    opened_to_write,
    posted_version,
)
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

WRITERS = ("registrar", "approver", "analyst", "administrator")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def new_goal(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else None
    identity = NewGoalForm(asked, access=request.access)
    form = GoalForm(asked)
    if asked is not None and all([identity.is_valid(), form.is_valid()]):
        data = identity.cleaned_data
        check_can_write_goal(request.access, data["institution"])
        try:
            goal = create_goal(
                actor=request.user,
                access=request.access,
                code=data["code"],
                level=data["level"],
                sector_id=data["sector"],
                institution_id=data["institution"],
                facts=form.facts(),
            )
        except InvalidGoalError as problem:
            identity.add_error("code", str(problem))
        else:
            messages.success(request, _("Meta creada. Ahora complete la ficha de su indicador."))
            return redirect("results:sheet_form", goal.code)
    context = {"identity": identity, "form": form, "crumbs": crumbs(Crumb(_("Nueva meta")))}
    return render_page(
        request, "results/goal_form.html", context, status=422 if asked is not None else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def edit_goal(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened_to_write(request, code)
    stored = written_goal(identity.id)
    if request.method == "POST":
        return save_goal(request, stored, form_of(stored, request.POST))
    return show_form(request, stored, form_of(stored), stored.version)


def form_of(stored: WrittenGoal, typed: QueryDict | None = None) -> GoalForm:
    """The goal's form, as stored or as typed."""
    return GoalForm(
        typed,
        initial=stored.initial,
        institution_id=stored.institution_id,
        objectives=stored.facts.objectives,
    )


def save_goal(request: HttpRequest, stored: WrittenGoal, form: GoalForm) -> HttpResponse:
    version = posted_version(request)
    if not form.is_valid():
        return show_form(request, stored, form, version, status=422)
    who = {"actor": request.user, "access": request.access, "goal_id": stored.id}
    facts = form.facts()
    try:
        if stored.only_renamed(facts):
            rename_goal(**who, text=facts.text, expected_version=version)
        else:
            change_goal(**who, facts=facts, expected_version=version)
    except ConflictError as conflict:
        both = both_texts(form, conflict)
        return show_form(request, stored, form, conflict.version, both=both, status=409)
    except InvalidGoalError as problem:
        form.add_error(None, str(problem))
        return show_form(request, stored, form, version, status=422)
    messages.success(request, _("Meta guardada."))
    return redirect("results:sheet", stored.code)


def show_form(request, stored, form, version, *, both=(), status=200) -> HttpResponse:
    identity = opened_to_write(request, stored.code)
    context = {
        "form": form,
        "goal": identity,
        "version": version,
        "both": both,
        "followers": stored.followers,
        "crumbs": goal_crumbs(identity, _("Editar la meta")),
    }
    return render_page(request, "results/goal_form.html", context, status=status)
