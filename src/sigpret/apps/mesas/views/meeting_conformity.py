"""Asking for conformity, answering observations, reminding, and sending the minutes out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.mesas.actions.conformity import (
    IncompleteMinutesError,
    ask_conformity,
    remind_unanswered,
    resolve_observation,
)
from sigpret.apps.mesas.actions.distribution import LONGEST_GROUND
from sigpret.apps.mesas.actions.distribution import distribute as send_out
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.permissions import check_can_convene, check_can_write
from sigpret.apps.mesas.views.meeting import load_meeting
from sigpret.web.http import role_required


@role_required()
@require_POST
def ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Fix the text and ask whoever was there; a session in course ends."""
    loaded = load_meeting(request, slug, number)
    try:
        asked = ask_conformity(actor=request.user, **loaded.who, at=request.now)
    except IncompleteMinutesError as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(loaded.url())
    except MinutesError as refusal:
        messages.error(request, str(refusal))
        return redirect(loaded.url())
    if asked.is_new:
        text = ngettext(
            "Versión %(v)d enviada: se pidió la conformidad de %(n)d persona.",
            "Versión %(v)d enviada: se pidió la conformidad de %(n)d personas.",
            asked.people,
        )
        messages.success(request, text % {"v": asked.version.number, "n": asked.people})
    return redirect(loaded.url())


@role_required()
@require_POST
def remind(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    loaded = load_meeting(request, slug, number)
    try:
        told = remind_unanswered(actor=request.user, **loaded.who, at=request.now)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
        return redirect(loaded.url("conformidad"))
    if told:
        text = ngettext("Se recordó a %(n)d persona.", "Se recordó a %(n)d personas.", told)
        messages.success(request, text % {"n": told})
    else:
        messages.info(request, _("Hoy ya se recordó a quienes faltan."))
    return redirect(loaded.url("conformidad"))


@role_required()
@require_POST
def resolve(request: HttpRequest, slug: str, number: int, observation: int) -> HttpResponse:
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    if observation not in {person.observation_id for person in loaded.page.people}:
        raise Http404(_("Esa observación ya no está en esta versión."))
    try:
        resolve_observation(
            actor=request.user,
            **loaded.who,
            observation_id=observation,
            resolution=request.POST.get("resolution", "")[:4000],
            at=request.now,
        )
    except MinutesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Observación atendida. Quien la hizo verá su respuesta."))
    return redirect(loaded.url("conformidad"))


@role_required()
@require_POST
def distribute(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The minutes go out and are final: whoever sends them proves who they are."""
    loaded = load_meeting(request, slug, number)
    check_can_convene(loaded.mesa.standing)
    if (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        done = send_out(
            actor=request.user,
            **loaded.who,
            at=request.now,
            late_reason=request.POST.get("late_reason", "")[:2000],
            is_reserved=request.POST.get("is_reserved") == "1",
            legal_ground=request.POST.get("legal_ground", "")[:LONGEST_GROUND],
        )
    except MinutesError as refusal:
        messages.error(request, str(refusal))
        return redirect(loaded.url())
    if done.told:
        text = ngettext(
            "Ayuda memoria distribuida a %(n)d persona. Es definitiva.",
            "Ayuda memoria distribuida a %(n)d personas. Es definitiva.",
            done.told,
        )
        messages.success(request, text % {"n": done.told})
    return redirect(loaded.url())
