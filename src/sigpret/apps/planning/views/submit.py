"""Sending a plan: what stops it, what is doubtful, what changed, and who approves it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.record import ConflictError
from sigpret.apps.planning.actions.steps import StepError, submit_plan
from sigpret.apps.planning.plan_address import plan_crumbs, readable_plan
from sigpret.apps.planning.queries.review import approvers_words, plan_review
from sigpret.apps.planning.queries.standing import plan_steps
from sigpret.apps.planning.queries.versions import plan_versions, version_differences
from sigpret.apps.planning.step_forms import SubmitForm
from sigpret.apps.planning.step_permissions import check_can_submit_plan
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.web.http import render_page, role_required

RETURNED = "returned"


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def plan_submit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The last look before sending; POST sends. A plan that was sent leads to its review."""
    plan = readable_plan(request, year, code)
    check_can_submit_plan(request.access, plan.institution_id)
    if request.method == "POST":
        return send(request, plan)
    if plan.state not in WRITABLE_PLANS:
        return redirect("planning:plan_review", year, code)
    known = {"version": plan.version, "ceiling_reason": plan.ceiling_reason}
    return answer(request, plan, SubmitForm(initial=known))


def send(request: HttpRequest, plan) -> HttpResponse:
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return answer(request, plan, form, status=422)
    try:
        submit_plan(
            actor=request.user,
            access=request.access,
            plan_id=plan.pk,
            reason=form.cleaned_data["reason"],
            ceiling_reason=form.cleaned_data["ceiling_reason"],
            expected_version=form.cleaned_data["version"],
            at=request.now,
        )
    except (StepError, ConflictError) as problem:
        form.add_error(None, str(problem))
        return answer(request, plan, form, status=409)
    messages.success(request, _("El plan se envió a la máxima autoridad."))
    return redirect("planning:plan_review", plan.fiscal_year, plan.institution.code)


def answer(request: HttpRequest, plan, form: SubmitForm, status: int = 200) -> HttpResponse:
    versions = plan_versions(plan)
    changed = len(version_differences(plan, versions[0].number, None)) if versions else 0
    form.fields["reason"].required = bool(changed) and plan.state == RETURNED
    review = plan_review(plan, shows_unsent=False)
    if review.to_explain:
        form.fields["ceiling_reason"].required = True
    else:
        del form.fields["ceiling_reason"]
    context = {
        "plan": plan,
        "form": form,
        "review": review,
        "steps": plan_steps(plan),
        "approvers": approvers_words(plan, request.access.user_id, request.now),
        "last": versions[0] if versions else None,
        "changed": changed,
        "crumbs": plan_crumbs(request.access, plan, _("Enviar")),
    }
    return render_page(request, "planning/submit.html", context, status=status)
