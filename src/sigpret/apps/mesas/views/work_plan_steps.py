"""What is done with a version of the work plan: begin, send, approve, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.mesas.actions.work_plan import PlanError, Planning, StalePlanError, begin_plan
from sigpret.apps.mesas.actions.work_plan_approval import (
    approve_plan,
    observe_plan,
    remind_authorities,
    send_to_approval,
    take_back,
)
from sigpret.apps.mesas.queries.work_plan import PlanPage, Version
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.views.work_plan import Tried, loaded, render_plan
from sigpret.apps.mesas.work_plan_forms import BeginForm, ObserveForm
from sigpret.apps.mesas.work_plan_permissions import (
    check_can_approve_plan,
    check_can_send_plan,
    check_can_write_plan,
)
from sigpret.web.http import role_required, whole_number


@role_required()
@require_POST
def take_plan_step(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    page = mesa_page(request, slug)
    if deed not in ACTS:
        raise Http404(_("Ese paso no existe."))
    check_may(request, page, deed)
    # Approving binds an institution: whoever does it proves who they are.
    if deed == "aprobar" and (proof := proof_of_identity(request)) is not None:
        return proof
    plan = loaded(request, page)
    try:
        said, where = ACTS[deed](request, page, plan)
    except PlanError as refusal:
        status = 409 if isinstance(refusal, StalePlanError) else 422
        return refused(request, page, plan, deed, str(refusal), status)
    messages.success(request, said)
    return redirect(where)


def check_may(request: HttpRequest, page: MesaPage, deed: str) -> None:
    if deed == "empezar":
        check_can_write_plan(page.standing)
    elif deed in ("aprobar", "observar"):
        check_can_approve_plan(page.standing, number(request, "institucion"))
    else:
        check_can_send_plan(page.standing)


def refused(
    request: HttpRequest, page: MesaPage, plan: PlanPage, deed: str, why: str, status: int
) -> HttpResponse:
    """The plan again with the sentence and what was typed."""
    observed = ObserveForm(request.POST, auto_id="observar-%s") if deed == "observar" else None
    begun = BeginForm(request.POST, auto_id="empezar-%s") if deed == "empezar" else None
    return render_plan(request, page, plan, Tried(why, observed, begun), status)


def number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return whole_number(typed) or 0


def coming(plan: PlanPage) -> Version:
    if plan.next is None:
        raise StalePlanError(_("Ya no hay una versión en preparación. Vuelva a leer el plan."))
    return plan.next


def planning(request: HttpRequest, page: MesaPage, plan: PlanPage) -> Planning:
    return Planning(request.user, page.standing, coming(plan).id)


def home(page: MesaPage, plan: PlanPage) -> str:
    return f"{reverse('mesas:work_plan', args=[page.slug])}?anio={plan.year}"


def editor(page: MesaPage, year: int) -> str:
    return f"{reverse('mesas:work_plan_edit', args=[page.slug])}?anio={year}"


def begin(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    begun = begin_plan(
        actor=request.user,
        standing=page.standing,
        year=plan.year,
        reason=request.POST.get("reason", ""),
        at=request.now,
    )
    return _("Versión %(n)s en elaboración.") % {"n": begun.number}, editor(page, plan.year)


def send(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    send_to_approval(
        planning=planning(request, page, plan),
        expected_version=number(request, "version"),
        at=request.now,
    )
    return _("Enviado: las máximas autoridades ya tienen el aviso."), home(page, plan)


def approve(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    done = approve_plan(
        planning=planning(request, page, plan),
        institution_id=number(request, "institucion"),
        digest=request.POST.get("huella", ""),
        at=request.now,
    )
    said = _("Aprobado.")
    if done.state == "in_force":
        said = _("Aprobado: era la última aprobación y la versión %(n)s ya rige.") % {
            "n": done.number
        }
    return said, home(page, plan)


def observe(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    observe_plan(
        planning=planning(request, page, plan),
        institution_id=number(request, "institucion"),
        digest=request.POST.get("huella", ""),
        text=request.POST.get("text", ""),
        at=request.now,
    )
    return _("Observado: la coordinación técnica ya lo sabe."), home(page, plan)


def return_it(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    take_back(planning=planning(request, page, plan), expected_version=number(request, "version"))
    return _("De nuevo en elaboración: se aprobará otra vez completo."), editor(page, plan.year)


def remind(request: HttpRequest, page: MesaPage, plan: PlanPage) -> tuple[str, str]:
    told = remind_authorities(planning=planning(request, page, plan), at=request.now)
    if not told:
        return _("Ya se les recordó hoy, o no tienen cuenta."), home(page, plan)
    text = ngettext("Se le recordó a %(n)s persona.", "Se les recordó a %(n)s personas.", told)
    return text % {"n": told}, home(page, plan)


ACTS: dict[str, Callable[[HttpRequest, MesaPage, PlanPage], tuple[Any, str]]] = {
    "empezar": begin,
    "enviar": send,
    "aprobar": approve,
    "observar": observe,
    "regresar": return_it,
    "recordar": remind,
}
