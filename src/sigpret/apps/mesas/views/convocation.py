"""`/mesas/<slug>/r/<n>/convocatoria` · A convocation after it was sent: proof, answers, changes."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.mesas.actions.convocation import cancel
from sigpret.apps.mesas.actions.meeting_reminders import remind
from sigpret.apps.mesas.actions.preparation import MeetingError
from sigpret.apps.mesas.actions.sendings import retry_sendings
from sigpret.apps.mesas.meeting_words import title_of, when_line
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries import Mesa
from sigpret.apps.mesas.queries.meetings import Convocation, convocation, paper_of_meeting
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address

TEMPLATE = "mesas/convocation.html"
CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


@role_required()
@read_only
def show_convocation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    place = mesa_page(request, slug)
    return render_convocation(request, place, number)


@role_required()
@require_POST
def cancel_meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    place, sent = to_convene(request, slug, number)
    try:
        cancel(
            actor=request.user,
            standing=place.standing,
            meeting_id=sent.line.id,
            reason=request.POST.get("reason", ""),
            at=request.now,
        )
    except MeetingError as refusal:
        messages.error(request, str(refusal))
        return render_convocation(request, place, number, status=422)
    messages.success(request, _("Reunión cancelada. Se avisa a quienes ya se había convocado."))
    return redirect("mesas:convocation", slug, number)


@role_required()
@require_POST
def remind_people(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    place, sent = to_convene(request, slug, number)
    try:
        count = remind(
            actor=request.user, standing=place.standing, meeting_id=sent.line.id, at=request.now
        )
    except MeetingError as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("Recordatorio enviado a %(n)d.", "Recordatorio enviado a %(n)d.", count)
        none = _("A quienes no responden ya se les recordó.")
        messages.success(request, text % {"n": count} if count else none)
    return redirect("mesas:convocation", slug, number)


@role_required()
@require_POST
def retry_mails(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    place, sent = to_convene(request, slug, number)
    count = retry_sendings(actor=request.user, standing=place.standing, meeting_id=sent.line.id)
    text = ngettext("%(n)d correo vuelve a la cola.", "%(n)d correos vuelven a la cola.", count)
    messages.success(request, text % {"n": count})
    return redirect("mesas:convocation", slug, number)


@role_required()
@require_safe
def meeting_paper(request: HttpRequest, slug: str, number: int, paper: int) -> HttpResponse:
    """A file of a meeting, for whoever reads the mesa."""
    place = mesa_page(request, slug)
    sent = sent_of(place.mesa, number)
    return paper_response(sent.line.id, paper)


def paper_response(meeting_id: int, paper_id: int) -> FileResponse:
    """The file, to be kept and never shown by the browser itself. Raises Http404."""
    found = paper_of_meeting(meeting_id, paper_id)
    if found is None:
        raise Http404(_("Ese archivo no es de esta reunión."))
    return FileResponse(
        storage.opened(found.file.sha256),
        as_attachment=True,
        filename=found.name,
        content_type=found.file.media_type,
        headers=CLOSED,
    )


def to_convene(request: HttpRequest, slug: str, number: int) -> tuple[MesaPage, Convocation]:
    place = mesa_page(request, slug)
    check_can_convene(place.standing)
    return place, sent_of(place.mesa, number)


def sent_of(mesa: Mesa, number: int) -> Convocation:
    """Raises Http404."""
    sent = convocation(mesa, number)
    if sent is None:
        raise Http404(_("Esa reunión no existe."))
    return sent


def render_convocation(
    request: HttpRequest, place: MesaPage, number: int, *, status: int = 200
) -> HttpResponse:
    sent = sent_of(place.mesa, number)
    trail = (
        Crumb(_("Reuniones"), address("mesas:meetings", place.slug)),
        Crumb(_("N.º %(n)d") % {"n": number}, address("mesas:meeting", place.slug, number)),
        Crumb(_("Convocatoria")),
    )
    context = place.context(
        *trail,
        sent=sent,
        title=title_of(sent.meeting),
        when=when_line(sent.meeting),
        share_path=reverse("mesas:meetings", args=[place.slug]),
        typed_reason=request.POST.get("reason", ""),
    )
    return render_page(request, TEMPLATE, context, status=status)
