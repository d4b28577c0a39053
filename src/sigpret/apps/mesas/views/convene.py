"""`/mesas/<slug>/convocar` · Call a meeting, and change one that was called: the same page."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.mesas.actions.constitution import missing_to_meet
from sigpret.apps.mesas.actions.convocation import ObjectionError, convene
from sigpret.apps.mesas.actions.convocation_proof import send_proof
from sigpret.apps.mesas.actions.papers import PaperChanges, change_papers, change_with_papers
from sigpret.apps.mesas.actions.preparation import (
    MeetingError,
    discard_preparation,
    prepare_meeting,
    save_preparation,
)
from sigpret.apps.mesas.convening_page import ConvenePage, convene_page
from sigpret.apps.mesas.permissions import check_can_convene, check_can_write
from sigpret.apps.mesas.queries.convening import (
    ConvenedMeeting,
    convened_meeting,
    draft_of,
    last_convened,
)
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required, whole_number
from sigpret.web.navigation import address

TEMPLATE = "mesas/convene.html"


@role_required()
def convene_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """GET proposes everything; POST keeps it, or keeps it and sends it."""
    place = mesa_page(request, slug)
    check_can_write(place.standing)
    page = page_for(request, place, draft_of(place.mesa))
    if (shown := to_show(request, place, page)) is not None:
        return shown
    try:
        meeting_id = keep(request, place, page)
        if asked(request) == "send":
            return send(request, place, meeting_id)
    except MeetingError as refusal:
        page.form.add_error(None, str(refusal))
        # What a first refusal already wrote down is the draft the next attempt writes again.
        return render_convening(
            request, place, renewed(request, place, page), status=status_of(refusal)
        )
    if asked(request) == "proof":
        return send_to_oneself(request, place, meeting_id)
    messages.success(request, _("Borrador guardado. Nada se ha enviado."))
    return redirect("mesas:convene", slug)


def send_to_oneself(request: HttpRequest, place: MesaPage, meeting_id: int) -> HttpResponse:
    """The letter as it would arrive, to who is writing it; the draft stays a draft."""
    try:
        address = send_proof(
            actor=request.user, standing=place.standing, meeting_id=meeting_id, at=request.now
        )
    except MeetingError as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("Prueba enviada a %(address)s. A nadie más se le ha enviado nada.")
        messages.success(request, text % {"address": address})
    return redirect("mesas:convene", place.slug)


@role_required()
def change_meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The convocation written again: everybody is told of what changed."""
    place = mesa_page(request, slug)
    check_can_convene(place.standing)
    meeting = convened_meeting(place.mesa, number)
    if meeting is None:
        raise Http404(_("Esa reunión no existe."))
    if not meeting.is_awaited:
        messages.error(request, _("Esta reunión ya no se puede cambiar: no está convocada."))
        return redirect("mesas:convocation", slug, number)
    page = page_for(request, place, meeting)
    if (shown := to_show(request, place, page)) is not None:
        return shown
    try:
        write_again(request, place, page, meeting.id)
    except MeetingError as refusal:
        page.form.add_error(None, str(refusal))
        return render_convening(request, place, page, status=status_of(refusal))
    messages.success(request, _("Cambio enviado. Los calendarios se actualizan solos."))
    return redirect("mesas:convocation", slug, number)


def write_again(request: HttpRequest, place: MesaPage, page: ConvenePage, meeting_id: int) -> None:
    refusals = change_with_papers(
        actor=request.user,
        standing=place.standing,
        meeting_id=meeting_id,
        papers=typed_papers(request),
        preparation=page.preparation(),
        expected_version=page.form.cleaned_data["version"] or 0,
        at=request.now,
    )
    say_refused(request, refusals)


def to_show(request: HttpRequest, place: MesaPage, page: ConvenePage) -> HttpResponse | None:
    """The page itself, while there is nothing to write down or something typed is wrong."""
    if request.method != "POST" or asked(request) == "preview":
        return render_convening(request, place, page)
    if page.has_other_group:
        messages.info(request, _("Cambió quiénes se reúnen: revise la agenda y las personas."))
        return render_convening(request, place, page)
    if not page.form.is_valid() or page.guest_error:
        return render_convening(request, place, page, status=422)
    return None


def status_of(refusal: MeetingError) -> int:
    """Something is lacking, or somebody else was faster."""
    return 422 if isinstance(refusal, ObjectionError) else 409


@role_required()
@require_POST
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    place = mesa_page(request, slug)
    check_can_write(place.standing)
    draft = draft_of(place.mesa)
    if draft and discard_preparation(
        actor=request.user, standing=place.standing, meeting_id=draft.id
    ):
        messages.success(request, _("Borrador descartado."))
    return redirect("mesas:meetings", slug)


def asked(request: HttpRequest) -> str:
    return str(request.POST.get("do", "save"))


def page_for(request: HttpRequest, place: MesaPage, meeting: ConvenedMeeting | None) -> ConvenePage:
    number = asked_number(request, "desde")
    source = convened_meeting(place.mesa, number) if number else None
    return convene_page(
        place.mesa,
        meeting=meeting,
        source=source or last_convened(place.mesa, with_topics=False),
        typed=request.POST if request.method == "POST" else None,
        today=place.on,
        group_id=asked_number(request, "grupo"),
    )


def asked_number(request: HttpRequest, name: str) -> int | None:
    """A small number of the address; None when there is none."""
    return whole_number(request.GET.get(name, ""), digits=8)


def renewed(request: HttpRequest, place: MesaPage, page: ConvenePage) -> ConvenePage:
    """The page again, with what is wrong, over the draft as it stands now."""
    fresh = page_for(request, place, draft_of(place.mesa))
    for error in page.form.non_field_errors():
        fresh.form.add_error(None, str(error))
    return fresh


def keep(request: HttpRequest, place: MesaPage, page: ConvenePage) -> int:
    """Write the draft down with its files; its id."""
    who = {"actor": request.user, "standing": place.standing, "at": request.now}
    what = page.preparation()
    if page.meeting is None:
        uid = page.form.cleaned_data["uid"]
        meeting = prepare_meeting(**who, uid=uid, preparation=what)
    else:
        meeting = save_preparation(
            **who,
            meeting_id=page.meeting.id,
            preparation=what,
            expected_version=page.form.cleaned_data["version"] or 0,
        )
    refusals = change_papers(**who, meeting_id=meeting.pk, papers=typed_papers(request))
    say_refused(request, refusals)
    return int(meeting.pk)


def typed_papers(request: HttpRequest) -> PaperChanges:
    ids = request.POST.getlist("drop_paper")
    return PaperChanges(
        dropped=[number for paper in ids if (number := whole_number(paper)) is not None],
        added=[(file.name or "", file) for file in request.FILES.getlist("papers")],
    )


def say_refused(request: HttpRequest, refusals: Sequence[str]) -> None:
    for refusal in refusals:
        messages.error(request, refusal)


def send(request: HttpRequest, place: MesaPage, meeting_id: int) -> HttpResponse:
    draft = draft_of(place.mesa)
    meeting = convene(
        actor=request.user,
        standing=place.standing,
        meeting_id=meeting_id,
        expected_version=draft.version if draft else 0,
        at=request.now,
    )
    count = meeting.participants.filter(removed_at=None).count()
    text = ngettext(
        "Convocatoria enviada a %(n)d persona.", "Convocatoria enviada a %(n)d personas.", count
    )
    messages.success(request, text % {"n": count})
    return redirect("mesas:convocation", place.slug, meeting.number)


def render_convening(
    request: HttpRequest, place: MesaPage, page: ConvenePage, *, status: int = 200
) -> HttpResponse:
    trail = [Crumb(_("Reuniones"), address("mesas:meetings", place.slug))]
    if page.is_change:
        here = address("mesas:convocation", place.slug, page.number)
        trail += [Crumb(_("N.º %(n)d") % {"n": page.number}, here), Crumb(_("Cambiar"))]
    else:
        trail.append(Crumb(_("Convocar")))
    source = last_convened(place.mesa, with_topics=True)
    lacks = missing_to_meet(place.mesa, on=place.on)
    # Drawing it again for other people is not an attempt: nothing is wrong yet.
    was_tried = request.method == "POST" and asked(request) != "preview"
    context = place.context(
        *trail, page=page, form=page.form, source=source, lacks=lacks, was_tried=was_tried
    )
    return render_page(request, TEMPLATE, context, fragment="preview", status=status)
