"""Starting a session, who is there, ending it, and the hours it really had."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.mesas.actions.hours import correct_hours
from sigpret.apps.mesas.actions.not_held import tell_not_held
from sigpret.apps.mesas.actions.session import (
    Attendee,
    MinutesError,
    add_attendee,
    finish_session,
    record_attendance,
    start_session,
)
from sigpret.apps.mesas.forms.hours import HoursForm
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.views.meeting import answer_live, load_meeting
from sigpret.web.http import role_required

#: What the buttons of a person say.
MARKS = {"present", "absent", "substituted"}
PEOPLE = "asistencia"


@role_required()
@require_POST
def start(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    loaded = load_meeting(request, slug, number)
    try:
        meeting = start_session(actor=request.user, **loaded.who, at=request.now)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
        return redirect(loaded.url())
    text = _("Sesión iniciada: acta n.º %(n)02d-%(year)d. Marque sólo las ausencias.")
    messages.success(request, text % {"n": meeting.minutes_number, "year": meeting.minutes_year})
    return redirect(loaded.url())


@role_required()
@require_POST
def attendance(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One button of one person: `mark` is `<participant>:<attendance>`."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    participant, _colon, mark = request.POST.get("mark", "").partition(":")
    if mark not in MARKS:
        raise BadRequest(_("No se entendió cómo marcarla."))
    if participant not in {str(person.id) for person in loaded.page.people}:
        raise Http404(_("Esa persona no está convocada a esta reunión."))
    try:
        record_attendance(
            actor=request.user,
            **loaded.who,
            participant_id=int(participant),
            attendance=mark,
            substitute_name=request.POST.get(f"substitute-{participant}", ""),
            substitute_position=request.POST.get(f"position-{participant}", ""),
            substitute_email=request.POST.get(f"email-{participant}", "")[:254],
        )
    except MinutesError as refusal:
        error = {"participant": int(participant), "sentence": str(refusal)}
        return answer_live(request, loaded, PEOPLE, status=422, people_error=error)
    return answer_live(request, loaded, PEOPLE)


@role_required()
@require_POST
def attendee(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Somebody who came without having been called."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    typed = {name: request.POST.get(name, "").strip()[:200] for name in ("name", "post", "place")}
    chosen = next((row for row in loaded.page.people if row.institution == typed["place"]), None)
    try:
        add_attendee(
            actor=request.user,
            **loaded.who,
            attendee=Attendee(
                full_name=typed["name"],
                position=typed["post"],
                institution_id=chosen.institution_id if chosen else None,
                institution_name=typed["place"],
                email=request.POST.get("email", "").strip()[:254],
            ),
        )
    except MinutesError as refusal:
        error = {"sentence": str(refusal)}
        return answer_live(request, loaded, PEOPLE, status=422, people_error=error, guest=typed)
    return answer_live(request, loaded, PEOPLE)


@role_required()
@require_POST
def finish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The session ends and its text may still be corrected before anybody is asked."""
    loaded = load_meeting(request, slug, number)
    try:
        finish_session(actor=request.user, **loaded.who, at=request.now)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sesión terminada. Revise el texto y pida la conformidad."))
    return redirect(loaded.url())


@role_required()
@require_POST
def hours(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the clock wrote is not when it was held: minutes are often written up afterwards."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    form = HoursForm(request.POST)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, problem[0])
        return redirect(loaded.url("datos"))
    try:
        correct_hours(actor=request.user, **loaded.who, **form.cleaned_data, at=request.now)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Horas de la sesión corregidas."))
    return redirect(loaded.url("datos"))


@role_required()
@require_POST
def not_held(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Started by mistake, or nobody came: the minutes say so and keep their number."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    reason = request.POST.get("reason", "")[:2000]
    try:
        tell_not_held(actor=request.user, **loaded.who, reason=reason, at=request.now)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Anotado: la sesión no se realizó. El acta lo dice."))
    return redirect(loaded.url())
