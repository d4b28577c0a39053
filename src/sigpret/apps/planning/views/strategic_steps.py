"""The steps of a strategic plan: sent, approved, returned, opened again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.planning.actions import strategic as actions
from sigpret.apps.planning.step_permissions import check_can_approve_plan, check_can_submit_plan
from sigpret.apps.planning.strategic_forms import VersionedForm
from sigpret.apps.planning.strategic_page import plan_of
from sigpret.web.http import role_required

STEPS: dict[str, Any] = {
    "enviar": (actions.submit_strategic_plan, _("El PEI se envió a la máxima autoridad.")),
    "aprobar": (actions.approve_strategic_plan, _("El PEI quedó aprobado y vigente.")),
    "devolver": (actions.return_strategic_plan, _("El PEI volvió a quienes lo preparan.")),
    "abrir": (actions.reopen_strategic_plan, _("El PEI se abrió: al terminar, envíelo otra vez.")),
}
#: They say why.
WITH_REASON = frozenset({"devolver", "abrir"})
#: They are about what the person read, and nothing newer.
OF_WHAT_WAS_READ = frozenset({"enviar", "aprobar", "devolver"})


@role_required()
@require_POST
def strategic_step(request: HttpRequest, code: str, first: int, step: str) -> HttpResponse:
    """Takes a step. Approving asks the person to prove again who they are."""
    institution, sheet = plan_of(request, code, first)
    if step not in STEPS:
        raise Http404
    if step in {"aprobar", "devolver"}:
        check_can_approve_plan(request.access, institution.pk, sent_by=sheet.submitted_by_id)
    else:
        check_can_submit_plan(request.access, institution.pk)
    if step == "aprobar" and (proof := proof_of_identity(request)) is not None:
        return proof
    act, done = STEPS[step]
    try:
        act(
            actor=request.user,
            access=request.access,
            plan_id=sheet.id,
            at=request.now,
            **said_in(request, step),
        )
    except actions.StrategicGapsError as problem:
        for gap in problem.gaps:
            messages.error(request, gap)
    except actions.StrategicError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, str(done))
    return redirect("planning:strategic_plan", code, first)


def said_in(request: HttpRequest, step: str) -> dict[str, Any]:
    """The reason of a step that has one, and the version the person had before them."""
    said: dict[str, Any] = {}
    if step in WITH_REASON:
        said["reason"] = request.POST.get("reason", "")
    if step in OF_WHAT_WAS_READ:
        form = VersionedForm(request.POST)
        said["expected_version"] = form.expected if form.is_valid() else 0
    return said
