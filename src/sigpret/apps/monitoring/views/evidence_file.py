"""One evidence: its page and fingerprint, where it is used; replace, reserve, withdraw."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evidence.actions import (
    GroundMissingError,
    RefusedEvidenceError,
    UnusableEvidenceError,
    lift_reservation,
    reserve_evidence,
)
from sigpret.apps.evidence.permissions import (
    can_add_evidence,
    check_can_add_evidence,
    check_can_open_evidence,
)
from sigpret.apps.evidence.queries import EvidenceFacts, evidence_facts
from sigpret.apps.monitoring.actions.evidence import substitute_evidence, withdraw_evidence
from sigpret.apps.monitoring.queries.evidence_library import uses_of
from sigpret.apps.monitoring.queries.evidence_viewer import open_file
from sigpret.apps.monitoring.views.evidence_viewer import number_in
from sigpret.apps.monitoring.views.upload_size import takes_files
from sigpret.intake.files.kinds import ACCEPT
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/evidence_file.html"
REFUSALS = (GroundMissingError, RefusedEvidenceError, UnusableEvidenceError)


@role_required()
@takes_files
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows it; POST does one of `ACTIONS` with it."""
    facts = readable(request, pk)
    if request.method != "POST":
        return render_file(request, facts)
    check_can_add_evidence(request.access, facts.institution_id)
    act = ACTIONS.get(request.POST.get("accion", ""))
    if act is None:
        return render_file(request, facts, problem=_("Elija qué hacer con el archivo."), status=422)
    try:
        said, evidence_id = act(request, facts)
    except REFUSALS as refusal:
        return render_file(request, facts, problem=str(refusal), status=422)
    messages.success(request, said)
    return redirect("monitoring:evidence", evidence_id)


def readable(request: HttpRequest, pk: int) -> EvidenceFacts:
    """The evidence for somebody who may open it. Raises Http404 and PermissionDenied."""
    facts = evidence_facts(pk)
    if facts is None:
        raise Http404(_("Esa evidencia no existe."))
    check_can_open_evidence(request.access, facts.institution_id, is_reserved=facts.is_reserved)
    return facts


def replace(request: HttpRequest, facts: EvidenceFacts) -> tuple[str, int]:
    file = request.FILES.get("archivo")
    if file is None:
        raise UnusableEvidenceError(_("Elija el archivo que la reemplaza."))
    done = substitute_evidence(
        file=file, name=file.name or "", evidence_id=facts.id, **who(request)
    )
    if not done.is_new:
        return _("Es el mismo archivo: no hay nada que reemplazar."), facts.id
    return _("Reemplazada. La anterior se conserva y puede consultarse."), done.evidence.id


def reserve(request: HttpRequest, facts: EvidenceFacts) -> tuple[str, int]:
    ground = request.POST.get("fundamento", "")
    reserve_evidence(evidence_id=facts.id, legal_ground=ground, **who(request))
    return _("Reservada: no se publicará mientras dure la reserva."), facts.id


def lift(request: HttpRequest, facts: EvidenceFacts) -> tuple[str, int]:
    lift_reservation(evidence_id=facts.id, **who(request))
    return _("La reserva se levantó."), facts.id


def withdraw(request: HttpRequest, facts: EvidenceFacts) -> tuple[str, int]:
    withdraw_evidence(evidence_id=facts.id, **who(request))
    return _("Retirada: ya no aparece entre sus evidencias."), facts.id


ACTIONS: dict[str, Callable[[HttpRequest, EvidenceFacts], tuple[str, int]]] = {
    "reemplazar": replace,
    "reservar": reserve,
    "levantar": lift,
    "retirar": withdraw,
}


def who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "access": request.access, "at": request.now}


def render_file(
    request: HttpRequest, facts: EvidenceFacts, *, problem: str = "", status: int = 200
) -> HttpResponse:
    library = reverse("monitoring:evidence_library")
    if facts.institution_id not in request.access.institutions:
        library += f"?institucion={facts.institution_code}"
    context = {
        "facts": facts,
        "viewer": open_file(facts, request.access, number_in(request, "pagina") or 1),
        "uses": uses_of([facts.id]).get(facts.id, ()),
        "problem": problem,
        "asked": request.POST.get("accion", ""),
        "ground": request.POST.get("fundamento", facts.legal_ground),
        "may_change": can_add_evidence(request.access, facts.institution_id) and facts.is_usable,
        "accept": ACCEPT,
        "crumbs": [Crumb(_("Evidencias"), library), Crumb(facts.name)],
    }
    return render_page(request, TEMPLATE, context, status=status)
