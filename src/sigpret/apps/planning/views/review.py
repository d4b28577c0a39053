"""The plan under review: observations row by row, and the step of whoever has it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.observations import (
    answer_observation,
    observe,
    remove_observation,
)
from sigpret.apps.planning.actions.record import ConflictError
from sigpret.apps.planning.actions.steps import (
    StepError,
    accept_plan,
    approve_plan,
    lock_plan,
    return_plan,
)
from sigpret.apps.planning.plan_address import plan_crumbs, readable_plan
from sigpret.apps.planning.queries.review import plan_review
from sigpret.apps.planning.queries.standing import lock_day, plan_steps
from sigpret.apps.planning.review_words import rights_on, sentence_of
from sigpret.apps.planning.step_forms import AnswerForm, ObservationForm, StepForm
from sigpret.apps.planning.step_permissions import (
    check_can_approve_plan,
    check_can_decide_plan,
    check_can_lock_plan,
    signers_of,
)
from sigpret.web.dates import day_of
from sigpret.web.http import render_page, role_required

STEPS = {
    "aprobar": approve_plan,
    "aceptar": accept_plan,
    "devolver": return_plan,
    "bloquear": lock_plan,
}
DONE = {
    "aprobar": gettext_lazy("El plan quedó aprobado. Ahora decide DIGER."),
    "aceptar": gettext_lazy("El plan quedó aceptado."),
    "devolver": gettext_lazy("El plan se devolvió a la institución."),
    "bloquear": gettext_lazy("El plan quedó bloqueado: sólo cambia con una solicitud."),
}


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review_page(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The plan to read and observe; POST takes a step (`paso`)."""
    plan = readable_plan(request, year, code)
    if request.method == "POST":
        return take_step(request, plan)
    return answer(request, plan, StepForm(initial={"version": plan.version}))


def take_step(request: HttpRequest, plan) -> HttpResponse:
    step, form = request.POST.get("paso", ""), StepForm(request.POST)
    if step not in STEPS:
        raise BadRequest(_("Ese paso no existe."))
    if not form.is_valid():
        return answer(request, plan, form, status=422)
    check_whose(step, request.access, plan)
    if step != "devolver" and (proof := proof_of_identity(request)) is not None:
        return proof
    said = {"reason": form.cleaned_data["reason"]} if step == "devolver" else {}
    try:
        STEPS[step](
            actor=request.user,
            access=request.access,
            plan_id=plan.pk,
            expected_version=form.cleaned_data["version"],
            at=request.now,
            **said,
        )
    except (StepError, ConflictError) as problem:
        form.add_error(None, str(problem))
        return answer(request, plan, form, status=409)
    messages.success(request, DONE[step])
    return redirect("planning:plan_review", plan.fiscal_year, plan.institution.code)


def check_whose(step: str, access: Access, plan) -> None:
    """Whose step it is, before anybody is asked to prove who they are."""
    if step == "aprobar":
        check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
    elif step == "aceptar":
        check_can_decide_plan(access, plan.institution_id, signed_by=signers_of(plan))
    elif step == "bloquear":
        check_can_lock_plan(access, plan.institution_id, signed_by=signers_of(plan))


def answer(request: HttpRequest, plan, form: StepForm, status: int = 200) -> HttpResponse:
    rights = rights_on(request.access, plan)
    review = plan_review(plan, shows_unsent=rights.observes)
    context: dict[str, Any] = {
        "plan": plan,
        "review": review,
        "rights": rights,
        "form": form,
        "steps": plan_steps(plan),
        "lock_on": lock_day(plan.fiscal_year) if rights.locks else None,
        "today": day_of(request.now),
        "sentence": sentence_of(plan, review, rights),
        "crumbs": plan_crumbs(request.access, plan, _("Revisión")),
    }
    return render_page(request, "planning/review.html", context, status=status)


@role_required()
@require_POST
def plan_observe(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Writes an observation in a row; what cannot be read is never one of the whole plan."""
    plan = readable_plan(request, year, code)
    form = ObservationForm(request.POST)
    if not form.is_valid():
        messages.error(request, not_kept(form))
        return back(plan, request.POST.get("product"))
    product = form.cleaned_data["product"]
    try:
        observe(
            actor=request.user,
            access=request.access,
            plan_id=plan.pk,
            product_id=product,
            text=form.cleaned_data["text"],
            at=request.now,
        )
    except StepError as problem:
        messages.error(request, f"{problem} {quoted(form.cleaned_data['text'])}".strip())
    return back(plan, product)


@role_required()
@require_POST
def plan_observation(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """Removes an observation nobody sent (`quitar`), or answers it."""
    plan = readable_plan(request, year, code)
    who = {"actor": request.user, "access": request.access, "plan_id": plan.pk, "at": request.now}
    form = AnswerForm(request.POST)
    try:
        if "quitar" in request.POST:
            remove_observation(observation_id=pk, **who)
        else:
            text = form.cleaned_data["answer"] if form.is_valid() else ""
            answer_observation(observation_id=pk, answer=text, **who)
    except StepError as problem:
        messages.error(request, str(problem))
    return back(plan, request.POST.get("product"))


def not_kept(form: ObservationForm) -> str:
    """Why an observation was not stored, with what was typed so that nobody types it again."""
    if "product" in form.errors:
        why = _("La observación no se guardó: esa fila ya no está en el plan.")
        return f"{why} {quoted(form.data.get('text', ''))}".strip()
    return _("La observación no se guardó: escriba qué debe corregirse, en 1 a 1,000 caracteres.")


def quoted(text: str) -> str:
    """What was typed, as a sentence gives it back; nothing when nothing was."""
    return _("Usted escribió: «%(text)s».") % {"text": text.strip()} if text.strip() else ""


def back(plan, product: object) -> HttpResponse:
    """The review, at the row that was being observed."""
    url = reverse("planning:plan_review", args=[plan.fiscal_year, plan.institution.code])
    is_row = str(product or "").isdecimal()
    return redirect(f"{url}#producto-{product}" if is_row else url)
