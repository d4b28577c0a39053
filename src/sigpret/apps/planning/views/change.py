"""L7 · One change of a locked plan: old and new, why, what it does, who approves and decides."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.planning.actions.reprogramming import (
    ChangeError,
    accept_change,
    answer_change,
    approve_change,
    propose,
    remove_line,
    submit_change,
    withdraw_change,
)
from sigpret.apps.planning.change_forms import AnswerForm, DataForm, ReasonForm
from sigpret.apps.planning.change_papers import bring_papers, keep_typed
from sigpret.apps.planning.change_words import heading_of, next_sentence, rights_on_change
from sigpret.apps.planning.permissions import check_can_read_plan
from sigpret.apps.planning.plan_address import plan_crumbs
from sigpret.apps.planning.queries.reprogramming import (
    change_facts,
    find_change,
    next_version,
    product_in_force,
    products_to_change,
)
from sigpret.apps.planning.queries.standing import plan_steps
from sigpret.apps.planning.step_permissions import (
    check_can_approve_plan,
    check_can_decide_plan,
    check_can_submit_plan,
    signers_of_change,
)
from sigpret.intake.files.kinds import ACCEPT
from sigpret.web.http import render_page, role_required, whole_number
from sigpret.web.limits import brings_too_many, too_many_files

DONE = {
    "enviar": gettext_lazy("La solicitud se envió a la máxima autoridad."),
    "aprobar": gettext_lazy("La solicitud quedó aprobada. Ahora decide DIGER."),
    "aceptar": gettext_lazy(
        "El cambio se aceptó: el plan tiene una versión nueva y el cambio es público."
    ),
    "devolver": gettext_lazy("La solicitud se devolvió a la institución."),
    "rechazar": gettext_lazy("El cambio se rechazó. El plan queda como estaba."),
    "retirar": gettext_lazy("La solicitud se retiró."),
}


@role_required()
@require_safe
def change(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """`?producto=12` opens the data of a product to ask for others."""
    return answer(request, readable_change(request, plan_id, number))


def readable_change(request: HttpRequest, plan_id: int, number: int):
    """Raises Http404 and PermissionDenied."""
    found = find_change(plan_id, number)
    if found is None:
        raise Http404(_("No hay una solicitud con ese número."))
    check_can_read_plan(request.access, found.plan.institution_id)
    return found


def answer(
    request: HttpRequest, found, *, problem: str = "", typed: DataForm | None = None
) -> HttpResponse:
    facts = change_facts(found)
    rights = rights_on_change(request.access, facts)
    context: dict[str, Any] = {
        "change": facts,
        "plan": found.plan,
        "rights": rights,
        "problem": problem,
        "heading": heading_of(facts),
        "next": next_sentence(facts, next_version(found.plan)),
        "steps": plan_steps(found.plan),
        "accept": ACCEPT,
        "reason_form": ReasonForm(initial={"text": request.POST.get("text", facts.reason)}),
        "answer_form": AnswerForm(initial={"text": request.POST.get("text", "")}),
        "crumbs": plan_crumbs(request.access, found.plan, _("Cambio n.º %d") % facts.number),
    }
    if rights.writes:
        context |= writing(request, found, typed)
    is_refused = bool(problem or (typed and typed.errors))
    return render_page(request, "planning/change.html", context, status=409 if is_refused else 200)


def writing(request: HttpRequest, found, typed: DataForm | None) -> dict[str, Any]:
    """What to choose a product from, and the data of the chosen one."""
    asked = request.POST.get("product") or request.GET.get("producto", "")
    chosen = product_in_force(found, whole_number(asked) or 0)
    form = typed or (DataForm(data_in_force=chosen.data) if chosen else None)
    return {"products": products_to_change(found.plan), "product": chosen, "data_form": form}


@role_required()
@require_POST
def change_data(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Asks for other quantities of a product, or takes a line out (`quitar`)."""
    found = readable_change(request, plan_id, number)
    check_can_submit_plan(request.access, found.plan.institution_id)
    asked, line = request.POST.get("product", ""), request.POST.get("quitar", "")
    who = {"actor": request.user, "access": request.access, "at": request.now}
    product = product_in_force(found, whole_number(asked) or 0)
    form = DataForm(request.POST, data_in_force=product.data if product else ())
    if not line and not form.is_valid():
        return answer(request, found, typed=form)
    try:
        if line:
            keep_typed(request, found.pk)
            remove_line(change_id=found.pk, line_id=whole_number(line) or 0, **who)
        elif product:
            propose(change_id=found.pk, product_id=product.id, values=form.amounts(), **who)
    except ChangeError as problem:
        return answer(request, found, problem=str(problem), typed=form if product else None)
    return redirect("planning:change", plan_id, number)


@role_required()
@require_POST
def change_choose(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Opens the data of a product (`producto`); the reason typed so far is kept."""
    found = readable_change(request, plan_id, number)
    check_can_submit_plan(request.access, found.plan.institution_id)
    try:
        keep_typed(request, found.pk)
    except ChangeError as problem:
        return answer(request, found, problem=str(problem))
    url = reverse("planning:change", args=[plan_id, number])
    return redirect(f"{url}?{urlencode({'producto': request.POST.get('producto', '')})}#producto")


@role_required()
@require_POST
def change_step(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Sends, with the files chosen; approves, accepts, returns, refuses or withdraws (`paso`)."""
    if brings_too_many(request):
        return too_many_files(request)
    found = readable_change(request, plan_id, number)
    step = request.POST.get("paso", "")
    if step not in DONE:
        raise BadRequest(_("Ese paso no existe."))
    check_whose(request, found, step)
    if step in {"aprobar", "aceptar"} and (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        take(request, found, step)
    except ChangeError as problem:
        return answer(request, found, problem=str(problem))
    messages.success(request, DONE[step])
    return redirect("planning:change", plan_id, number)


def check_whose(request: HttpRequest, found, step: str) -> None:
    """Whose step it is, before anybody is asked to prove who they are."""
    own = found.plan.institution_id
    if step in {"enviar", "retirar"}:
        check_can_submit_plan(request.access, own)
    elif step == "aprobar":
        check_can_approve_plan(request.access, own, sent_by=found.requested_by_id)
    elif step in {"aceptar", "rechazar"}:
        check_can_decide_plan(request.access, own, signed_by=signers_of_change(found))


def take(request: HttpRequest, found, step: str) -> None:
    who = {
        "actor": request.user,
        "access": request.access,
        "change_id": found.pk,
        "at": request.now,
    }
    text = request.POST.get("text", "")
    if step == "enviar":
        _attached, problems = bring_papers(request, found.pk)
        if problems:
            raise ChangeError(" ".join(problems))
        submit_change(reason=text, **who)
    elif step in {"devolver", "rechazar"}:
        event = {"devolver": "return", "rechazar": "refuse"}[step]
        answer_change(event=event, observation=text, **who)
    else:
        steps = {"aprobar": approve_change, "aceptar": accept_change, "retirar": withdraw_change}
        steps[step](**who)
