"""One matter that was raised: what is asked, what was decided, and whether it was done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.mesas.actions import escalations as matters
from sigpret.apps.mesas.actions.agreement_evidence import store_decision_evidence
from sigpret.apps.mesas.agreement_forms import DecideForm, DoneForm, WithdrawForm
from sigpret.apps.mesas.agreement_permissions import (
    can_decide_for,
    can_fulfil_decision,
    can_govern,
    check_can_decide_for,
    check_can_fulfil_decision,
    check_can_govern,
    check_can_read_matter,
)
from sigpret.apps.mesas.queries import Standing, standing_in
from sigpret.apps.mesas.queries.known_files import known_files
from sigpret.apps.mesas.queries.matters import (
    MatterLine,
    matter_line,
    mesa_of_matter,
    owner_choices,
)
from sigpret.apps.monitoring.views.upload_size import takes_files
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/decision.html"
Forms = Mapping[str, forms.Form]
FORMS: dict[str, type[forms.Form]] = {
    "decidir": DecideForm,
    "retirar": WithdrawForm,
    "cumplir": DoneForm,
}


@role_required()
@require_safe
def show_decision(request: HttpRequest, number: int) -> HttpResponse:
    line, standing = readable(request, number)
    return render_decision(request, line, standing, {})


@role_required()
@takes_files
def take_decision_step(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """POST decides, withdraws, or says that it was done."""
    line, standing = readable(request, number)
    if request.method != "POST":
        return redirect("mesas:decision", number)
    check_may(standing, line, deed)
    form = form_of(request, deed, line, request.POST, request.FILES)
    if not form.is_valid():
        return render_decision(request, line, standing, {deed: form}, status=422)
    # A decision is final: whoever takes it proves who they are.
    if deed == "decidir" and (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        said = ACTS[deed](request, line, standing, form.cleaned_data)
    except (matters.MatterError, RefusedEvidenceError) as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, matters.StaleMatterError) else 422
        return render_decision(request, line, standing, {deed: form}, status=status)
    messages.success(request, said)
    return redirect("mesas:decision", number)


def readable(request: HttpRequest, number: int) -> tuple[MatterLine, Standing]:
    """The matter, and what the person is in its mesa. Raises Http404 and PermissionDenied."""
    line, mesa = matter_line(number, on=request.as_of), mesa_of_matter(number)
    if line is None or mesa is None:
        raise Http404(_("Ese asunto no existe."))
    standing = standing_in(mesa, request.access, on=request.as_of)
    check_can_read_matter(request.access, standing, line.owner_id)
    return line, standing


def check_may(standing: Standing, line: MatterLine, deed: str) -> None:
    """Raises Http404 for a step nobody knows, PermissionDenied for one of others."""
    if deed not in FORMS:
        raise Http404(_("Ese paso no existe."))
    if deed == "decidir":
        check_can_decide_for(standing, line.to)
    elif deed == "retirar":
        check_can_govern(standing)
    else:
        check_can_fulfil_decision(standing, line.owner_id)


def form_of(
    request: HttpRequest, deed: str, line: MatterLine, data: Any = None, files: Any = None
) -> forms.Form:
    more: dict[str, Any] = {}
    if deed == "cumplir":
        more["known"] = known_files(line.owner_id, request.access)
    if deed == "decidir":
        more["owners"] = owner_choices(mesa_of_matter(line.id))
    initial = {"version": line.version}
    return FORMS[deed](data, files, auto_id=f"{deed}-%s", initial=initial, **more)


def deciding(
    request: HttpRequest, line: MatterLine, standing: Standing, data: Mapping[str, Any]
) -> matters.Deciding:
    return matters.Deciding(request.user, standing, line.id, data["version"], request.now)


def decide(
    request: HttpRequest, line: MatterLine, standing: Standing, data: Mapping[str, Any]
) -> str:
    matters.decide(
        deciding=deciding(request, line, standing, data),
        decision=matters.Decision(data["text"], data["owner"], data["due_on"]),
    )
    return _("Decidido. La mesa y la institución encargada ya lo saben.")


def withdraw(
    request: HttpRequest, line: MatterLine, standing: Standing, data: Mapping[str, Any]
) -> str:
    matters.withdraw(deciding=deciding(request, line, standing, data), reason=data["text"])
    return _("Retirado: ya no espera decisión.")


def finish(
    request: HttpRequest, line: MatterLine, standing: Standing, data: Mapping[str, Any]
) -> str:
    file = data.get("evidence")
    kept = data.get("known")
    if file is not None:
        kept = store_decision_evidence(
            actor=request.user,
            standing=standing,
            matter_id=line.id,
            name=file.name or "",
            file=file,
            at=request.now,
        )
    matters.fulfil_decision(
        deciding=deciding(request, line, standing, data),
        text=data["text"],
        fulfilled_on=data["fulfilled_on"],
        evidence_id=kept,
    )
    return _("Decisión cumplida.")


ACTS: dict[str, Callable[[HttpRequest, MatterLine, Standing, Mapping[str, Any]], str]] = {
    "decidir": decide,
    "retirar": withdraw,
    "cumplir": finish,
}


def offered(
    request: HttpRequest, line: MatterLine, standing: Standing, tried: Forms
) -> dict[str, forms.Form]:
    """What this person may do with it now; what was tried, as it was typed."""
    deeds = []
    if line.state == "open" and can_decide_for(standing, line.to):
        deeds.append("decidir")
    if line.state == "open" and can_govern(standing):
        deeds.append("retirar")
    if line.state == "decided" and can_fulfil_decision(standing, line.owner_id):
        deeds.append("cumplir")
    found = {deed: tried.get(deed) or form_of(request, deed, line) for deed in deeds}
    return {**{deed: form for deed, form in tried.items() if deed not in found}, **found}


def render_decision(
    request: HttpRequest, line: MatterLine, standing: Standing, tried: Forms, *, status: int = 200
) -> HttpResponse:
    crumbs = [
        Crumb(_("Decisiones"), reverse("mesas:decisions")),
        Crumb(_("Asunto n.º %(n)s") % {"n": line.id}),
    ]
    context = {
        "line": line,
        "forms": offered(request, line, standing, tried),
        "tried": "".join(tried),
        "reads_mesa": standing.reads,
        "crumbs": crumbs,
    }
    return render_page(request, TEMPLATE, context, status=status)
