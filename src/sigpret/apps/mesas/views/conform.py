"""`/c/<token>` · Conformity from the phone, in one tap and without an account."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.mesas.actions.conformity import answer_conformity, withdraw_answer
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.queries.conformity import ConformityPage, OwnAgreement, conformity_page
from sigpret.apps.mesas.queries.minutes_paper import paper_of, session_words, signatures_of
from sigpret.apps.notices.mail import absolute, host
from sigpret.documents.calendar import CalendarEvent, feed
from sigpret.documents.minutes import minutes_pdf
from sigpret.web.http import render_page

TEMPLATE = "mesas/conform.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conform(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the minutes; POST is the tap: agree, observe, or take the answer back."""
    page = page_for(token)
    if request.method == "POST":
        try:
            keep(request, token)
        except MinutesError as refusal:
            messages.error(request, str(refusal))
            return show(request, page_for(token), token, status=409)
        return redirect("mesas:conform", token)
    return show(request, page, token)


def keep(request: HttpRequest, token: str) -> None:
    """Raises MinutesError."""
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
    said, words = request.POST.get("answer", ""), request.POST.get("observation", "")
    if said == "undo":
        withdraw_answer(token=token, version_number=version)
        return
    if said == "observes" and not words.strip():
        raise MinutesError(_("Escriba su observación."))
    observation = words if said == "observes" else ""
    answer_conformity(token=token, at=request.now, version_number=version, observation=observation)


def page_for(token: str) -> ConformityPage:
    """Raises Http404: the token is the only key."""
    page = conformity_page(token)
    if page is None:
        raise Http404(_("Este enlace ya no abre nada. Ingrese al sistema o pida otro."))
    return page


def show(
    request: HttpRequest, page: ConformityPage, token: str, *, status: int = 200
) -> HttpResponse:
    person = page.participant
    context = {
        "page": page,
        "meeting": page.meeting,
        "title": title_of(page.meeting),
        "token": token,
        "first_name": person.full_name.split()[0] if person.full_name else "",
        "session": session_words(page.content) if page.version else "",
        "code": page.content.get("code", ""),
    }
    return render_page(request, TEMPLATE, context, status=status)


@never_cache
@require_safe
def conform_file(request: HttpRequest, token: str) -> HttpResponse:
    """The whole minutes as the holder of the link may read them."""
    page = page_for(token)
    if page.version is None:
        raise Http404(_("La ayuda memoria todavía no está lista."))
    if page.meeting.document is not None:
        data = storage.read(page.meeting.document.sha256)
    else:
        signatures = signatures_of(page.meeting, page.version)
        paper = paper_of(page.meeting, page.version, signatures, is_demo=settings.DEMO)
        data = minutes_pdf(paper, written_at=page.version.made_at)
    name = f"ayuda-memoria-{page.content['code']}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@never_cache
@require_safe
def conform_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The agreements in one's own name, as days of any calendar."""
    page = page_for(token)
    events = [event_of(row, page, token) for row in page.mine]
    name = _("Acuerdos de la %(title)s") % {"title": title_of(page.meeting)}
    headers = {"Content-Disposition": 'attachment; filename="acuerdos.ics"'}
    return HttpResponse(
        feed(name, events), content_type="text/calendar; charset=utf-8", headers=headers
    )


def event_of(row: OwnAgreement, page: ConformityPage, token: str) -> CalendarEvent:
    asked = page.version.made_at if page.version else datetime.combine(row.due_on, time(), UTC)
    return CalendarEvent(
        uid=f"acuerdo-{page.meeting.uid}-{row.number}@{host()}",
        sequence=page.meeting.text_version,
        starts=row.due_on,
        summary=_("Vence el acuerdo %(n)s") % {"n": row.number},
        written_at=asked,
        description=row.text,
        url=absolute(f"/c/{token}"),
    )
