"""Writing the sheet of an indicator; the formula is checked while it is typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.results.actions import (
    ConflictError,
    InvalidSheetError,
    SheetFacts,
    save_indicator_sheet,
)
from sigpret.apps.results.actions.sheets import check_formula as check
from sigpret.apps.results.forms import SheetForm, VariableLines
from sigpret.apps.results.queries.sheet import GoalIdentity
from sigpret.apps.results.queries.written import written_sheet
from sigpret.apps.results.screens import both_texts, goal_crumbs, opened_to_write, posted_version
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def edit_sheet(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened_to_write(request, code)
    if request.method == "POST":
        return save_sheet(request, identity)
    stored = written_sheet(identity.id)
    initial = stored.initial or {
        "name": identity.text, "responsible_id": identity.institution_id
    }  # fmt: skip
    form = SheetForm(initial=initial, institution_id=identity.institution_id)
    lines = VariableLines(initial=stored.variables, prefix="variable")
    return show(request, identity, form, lines, stored.version)


def save_sheet(request: HttpRequest, identity: GoalIdentity) -> HttpResponse:
    form = SheetForm(request.POST, institution_id=identity.institution_id)
    lines = VariableLines(request.POST, prefix="variable")
    version = posted_version(request)
    if not all([form.is_valid(), lines.is_valid()]):
        return show(request, identity, form, lines, version, status=422)
    try:
        save_indicator_sheet(
            actor=request.user,
            access=request.access,
            goal_id=identity.id,
            facts=typed_facts(form, lines),
            expected_version=version,
        )
    except ConflictError as conflict:
        both = both_texts(form, conflict)
        return show(request, identity, form, lines, conflict.version, both=both, status=409)
    except InvalidSheetError as problem:
        for name, sentence in problem.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
        return show(request, identity, form, lines, version, status=422)
    messages.success(request, _("Ficha guardada."))
    return redirect("results:sheet", identity.code)


def typed_facts(form: SheetForm, lines: VariableLines) -> SheetFacts:
    return form.facts(tuple(facts for line in lines if (facts := line.facts) is not None))


@require_POST
@role_required(*WRITERS)
def check_formula(request: HttpRequest, code: str) -> HttpResponse:
    """The fragment beside the formula: it reads well, or what is wrong. Writes nothing."""
    identity = opened_to_write(request, code)
    form = SheetForm(request.POST, institution_id=identity.institution_id)
    lines = VariableLines(request.POST, prefix="variable")
    problem = ""
    form.full_clean()
    if not lines.is_valid():
        problem = _("Complete las variables: nombre en la fórmula y qué cuenta cada una.")
    elif form.cleaned_data.get("value_source") == "formula":
        problem = formula_problem(form, lines)
    computed = form.cleaned_data.get("value_source") == "formula"
    context = {"problem": problem, "is_computed": computed}
    return render_page(request, "results/formula_check.html", context)


def formula_problem(form: SheetForm, lines: VariableLines) -> str:
    blank = {"name": "", "unit": "", "sense": "", "accumulation": "", "across_years": ""}
    variables = tuple(facts for line in lines if (facts := line.facts) is not None)
    formula = form.cleaned_data.get("formula", "")
    asked = SheetFacts(
        **blank, responsible_id=0, formula=formula, value_source="formula", variables=variables
    )
    try:
        check(asked)
    except InvalidSheetError as problem:
        return str(problem)
    return ""


def show(request, identity, form, lines, version, *, both=(), status=200) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines,
        "goal": identity,
        "version": version,
        "both": both,
        "crumbs": goal_crumbs(identity, _("Editar la ficha")),
    }
    return render_page(request, "results/sheet_form.html", context, status=status)
