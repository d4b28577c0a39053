"""Programming a goal: years, semesters and quarters; what closed is read only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import (
    ClosedTargetError,
    ConflictError,
    InvalidSheetError,
    save_targets,
)
from sigpret.apps.results.forms import TargetsForm, asked_year
from sigpret.apps.results.queries.sheet import GoalIdentity
from sigpret.apps.results.queries.written import written_sheet
from sigpret.apps.results.screens import both_texts, goal_crumbs, opened_to_write, posted_version
from sigpret.apps.results.targets_page import TargetsPage, targets_page
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def edit_targets(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened_to_write(request, code)
    stored = written_sheet(identity.id)
    if stored.facts is None:
        messages.warning(request, _("Escriba primero la ficha del indicador."))
        return redirect("results:sheet_form", code)
    page = targets_page(stored.targets, asked_year(request.GET.get("ano", ""), request.as_of.year))
    if request.method == "POST":
        return save(request, identity, page)
    form = TargetsForm(periods=page.periods, closed=page.closed, initial=dict(stored.targets))
    return show(request, identity, page, form, stored.version)


def save(request: HttpRequest, identity: GoalIdentity, page: TargetsPage) -> HttpResponse:
    stored = written_sheet(identity.id)
    form = TargetsForm(
        request.POST, periods=page.periods, closed=page.closed, initial=dict(stored.targets)
    )
    version = posted_version(request)
    if not form.is_valid():
        return show(request, identity, page, form, version, status=422)
    try:
        save_targets(
            actor=request.user,
            access=request.access,
            goal_id=identity.id,
            targets=form.targets(),
            expected_version=version,
        )
    except ConflictError as conflict:
        both = both_texts(form, conflict)
        return show(request, identity, page, form, conflict.version, both=both, status=409)
    except (ClosedTargetError, InvalidSheetError) as problem:
        form.add_error(None, str(problem))
        return show(request, identity, page, form, version, status=422)
    messages.success(request, _("Programación guardada."))
    return redirect("results:sheet", identity.code)


def show(request, identity, page, form, version, *, both=(), status=200) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "groups": page.groups(form),
        "goal": identity,
        "unit": written_sheet(identity.id).facts.unit,
        "version": version,
        "both": both,
        "crumbs": goal_crumbs(identity, _("Programación")),
    }
    return render_page(request, "results/targets.html", context, status=status)
