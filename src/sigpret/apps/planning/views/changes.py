"""The changes asked of a locked plan, and the beginning of a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.reprogramming import ChangeError, start_change
from sigpret.apps.planning.plan_address import plan_crumbs, readable_plan
from sigpret.apps.planning.queries.reprogramming import changes_of
from sigpret.apps.planning.queries.standing import lock_day, plan_steps
from sigpret.apps.planning.step_permissions import can_submit_plan, check_can_submit_plan
from sigpret.web.http import render_page, role_required


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def plan_changes(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Every request about the plan; POST starts one, or opens the one being prepared."""
    plan = readable_plan(request, year, code)
    if request.method == "POST":
        return begin(request, plan)
    found = changes_of(plan)
    context = {
        "plan": plan,
        "changes": found,
        "open": next((one for one in found if one.is_open), None),
        "steps": plan_steps(plan),
        "is_locked": plan.state == "locked",
        "is_accepted": plan.state == "accepted",
        "lock_on": lock_day(plan.fiscal_year),
        "can_ask": can_submit_plan(request.access, plan.institution_id),
        "crumbs": plan_crumbs(request.access, plan, _("Cambios")),
    }
    return render_page(request, "planning/changes.html", context)


def begin(request: HttpRequest, plan) -> HttpResponse:
    check_can_submit_plan(request.access, plan.institution_id)
    try:
        change = start_change(
            actor=request.user, access=request.access, plan_id=plan.pk, at=request.now
        )
    except ChangeError as problem:
        messages.warning(request, str(problem))
        return redirect("planning:changes", plan.fiscal_year, plan.institution.code)
    return redirect("planning:change", plan.pk, change.number)
