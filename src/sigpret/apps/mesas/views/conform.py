"""`/c/<key>` · Conformity from the phone, in one tap and without an account."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.mesas.actions.conformity import answer_conformity, withdraw_answer
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.queries.conformity import ConformityPage, OwnAgreement, conformity_page
from sigpret.apps.mesas.queries.minutes_paper import (
    CODE_LENGTH,
    paper_of,
    session_words,
)
from sigpret.apps.notices.mail import absolute, host
from sigpret.documents.calendar import CalendarEvent, feed
from sigpret.documents.conformity import ConformityProof, conformity_pdf
from sigpret.documents.minutes import minutes_pdf
from sigpret.web.dates import clock_time, date_words, long_date
from sigpret.web.http import render_page, whole_number
from sigpret.web.limits import limited

TEMPLATE = "mesas/conform.html"
#: A room full of people answers at once from one address; this is for whoever guesses keys.
PER_MINUTE = 120
View = Callable[[HttpRequest, ConformityPage], HttpResponse]


def opened_by_its_key(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The page of a key goes to the view. Some weeks after the minutes went out the key alone
    opens nothing: its owner signs in. Raises Http404, PermissionDenied."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        page = page_for(token)
        if page.has_expired(request.now):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if page.participant.person_id != request.user.pk:
                raise PermissionDenied(_("Este enlace venció y era de otra persona."))
        return view(request, page)

    return opened


def page_for(key: str) -> ConformityPage:
    """Raises Http404."""
    page = conformity_page(key)
    if page is None:
        raise Http404(_("Este enlace ya no abre nada. Ingrese al sistema o pida otro."))
    return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("conform", limit=PER_MINUTE)
@opened_by_its_key
def conform(request: HttpRequest, page: ConformityPage) -> HttpResponse:
    """GET shows the minutes; POST is the tap: agree, observe, or take the answer back."""
    if request.method == "POST":
        try:
            keep(request, page.participant.token)
        except MinutesError as refusal:
            messages.error(request, str(refusal))
            return show(request, page_for(page.key), status=409)
        return redirect("mesas:conform", page.key)
    return show(request, page)


def keep(request: HttpRequest, token: str) -> None:
    """Raises MinutesError."""
    typed = request.POST.get("version", "")
    version = whole_number(typed, digits=8) or 0
    said, words = request.POST.get("answer", ""), request.POST.get("observation", "")
    if said == "undo":
        withdraw_answer(token=token, version_number=version)
        return
    if said == "observes" and not words.strip():
        raise MinutesError(_("Escriba su observación."))
    observation = words if said == "observes" else ""
    answer_conformity(token=token, at=request.now, version_number=version, observation=observation)


def show(request: HttpRequest, page: ConformityPage, *, status: int = 200) -> HttpResponse:
    person = page.participant
    context = {
        "page": page,
        "meeting": page.meeting,
        "title": title_of(page.meeting),
        "token": page.key,
        "first_name": person.signer.split()[0] if person.signer else "",
        "session": session_words(page.content) if page.version else "",
        "code": page.content.get("code", ""),
        "slug": page.meeting.mesa.sector.slug,
        "today": request.as_of,
    }
    return render_page(request, TEMPLATE, context, status=status)


@never_cache
@require_safe
@limited("conform", limit=PER_MINUTE)
@opened_by_its_key
def conform_file(request: HttpRequest, page: ConformityPage) -> HttpResponse:
    """The whole minutes as the holder of the link may read them: the same bytes for everybody."""
    if page.version is None:
        raise Http404(_("La ayuda memoria todavía no está lista."))
    if page.paper is not None:
        data = storage.read(page.paper.sha256)
    else:
        paper = paper_of(page.meeting, page.version, (), is_demo=settings.DEMO)
        data = minutes_pdf(paper, written_at=page.version.made_at)
    name = f"ayuda-memoria-{page.content['code']}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@never_cache
@require_safe
@limited("conform", limit=PER_MINUTE)
@opened_by_its_key
def conform_proof(request: HttpRequest, page: ConformityPage) -> HttpResponse:
    """That this person agreed with the text in force, to keep; only while they do."""
    if page.agreed_at is None:
        raise Http404(_("Todavía no dio su conformidad con el texto vigente."))
    data = conformity_pdf(proof_of(page), written_at=page.agreed_at)
    headers = {"Content-Disposition": f'inline; filename="constancia-{page.content["code"]}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def proof_of(page: ConformityPage) -> ConformityProof:
    digest = page.version.digest if page.version else ""
    return ConformityProof(
        mesa=_("MESGEPRET %(name)s") % {"name": page.content["mesa"]},
        code=page.content["code"],
        version=page.version.number if page.version else 0,
        name=page.participant.signer,
        post=page.participant.signer_post,
        institution=page.participant.institution_name,
        session=session_words(page.content),
        agreed_at=f"{long_date(page.agreed_at)}, {clock_time(page.agreed_at)}",
        digest=digest,
        verified_at=absolute(reverse("portal:verified", args=[digest[:CODE_LENGTH]])),
        mine=tuple((row.number, row.text, date_words(row.due_on)) for row in page.mine),
        is_final=page.is_final,
        is_demo=settings.DEMO,
    )


@never_cache
@require_safe
@limited("conform", limit=PER_MINUTE)
@opened_by_its_key
def conform_calendar(request: HttpRequest, page: ConformityPage) -> HttpResponse:
    """The agreements in one's own name, as days of any calendar."""
    events = [event_of(row, page) for row in page.mine]
    name = _("Acuerdos de la %(title)s") % {"title": title_of(page.meeting)}
    headers = {"Content-Disposition": 'attachment; filename="acuerdos.ics"'}
    return HttpResponse(
        feed(name, events), content_type="text/calendar; charset=utf-8", headers=headers
    )


def event_of(row: OwnAgreement, page: ConformityPage) -> CalendarEvent:
    asked = page.version.made_at if page.version else datetime.combine(row.due_on, time(), UTC)
    return CalendarEvent(
        uid=f"acuerdo-{page.meeting.uid}-{row.number}@{host()}",
        sequence=page.meeting.text_version,
        starts=row.due_on,
        summary=_("Vence el acuerdo %(n)s") % {"n": row.number},
        written_at=asked,
        description=row.text,
        url=absolute(f"/c/{page.key}"),
    )
