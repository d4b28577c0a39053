"""`/r/<token>` · One person answers a convocation from any device, with or without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sigpret.apps.mesas.actions.answers import answer_invitation
from sigpret.apps.mesas.actions.preparation import MeetingError
from sigpret.apps.mesas.meeting_words import place_line, title_of, when_line
from sigpret.apps.mesas.queries.meetings import Invitation, invitation_by_token
from sigpret.apps.mesas.views.convocation import paper_response
from sigpret.web.http import render_page
from sigpret.web.limits import limited

TEMPLATE = "mesas/answer.html"
#: In the address of each button of the mail, and what it means.
ASKED = {"asistire": "will_come", "no-podre": "will_not", "otra-persona": "sends_other"}
#: People answer once; this is for whoever guesses keys.
PER_MINUTE = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("answer", limit=PER_MINUTE)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the invitation and never answers: mail programs open links by themselves."""
    invitation = opened(token)
    if request.method != "POST":
        chosen = ASKED.get(request.GET.get("respuesta", ""), invitation.answer)
        return show(request, invitation, chosen)
    try:
        answer_invitation(
            token=token,
            answer=request.POST.get("answer", ""),
            note=request.POST.get("note", ""),
            substitute_name=request.POST.get("substitute_name", ""),
            substitute_position=request.POST.get("substitute_position", ""),
            substitute_email=request.POST.get("substitute_email", ""),
            at=request.now,
        )
    except MeetingError as refusal:
        messages.error(request, str(refusal))
        return show(request, invitation, request.POST.get("answer", ""), status=422)
    messages.success(
        request, _("Respuesta guardada. Puede cambiarla hasta que empiece la reunión.")
    )
    return redirect("mesas:answer", token)


@never_cache
@require_safe
@limited("answer", limit=PER_MINUTE)
def answer_paper(request: HttpRequest, token: str, paper: int) -> HttpResponse:
    """A file of the convocation, for whoever was called."""
    return paper_response(opened(token).meeting.pk, paper)


def opened(token: str) -> Invitation:
    """The invitation of this key. Raises Http404."""
    invitation = invitation_by_token(token)
    if invitation is None:
        raise Http404(_("Este enlace no existe o ya venció. Pida otro a su coordinación técnica."))
    return invitation


def show(
    request: HttpRequest, invitation: Invitation, chosen: str, *, status: int = 200
) -> HttpResponse:
    meeting = invitation.meeting
    context = {
        "invitation": invitation,
        "meeting": meeting,
        "title": title_of(meeting),
        "when": when_line(meeting),
        "where": place_line(meeting),
        "chosen": chosen,
        "is_open": invitation.is_open(request.now),
        "typed": request.POST,
    }
    response = render_page(request, TEMPLATE, context, status=status)
    # To nobody else, and still an Origin for the form, or the answer would be refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
