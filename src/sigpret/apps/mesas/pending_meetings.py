"""What meetings ask of a person: an answer to give, a draft to send; and their calendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.convocation_words import agenda_lines
from sigpret.apps.mesas.invitation import answer_path, invitation_of
from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.models import Designation, Meeting, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.duties import in_force
from sigpret.apps.mesas.workflow import AWAITED
from sigpret.documents.calendar import CalendarEvent
from sigpret.methodology.mesas.convocation import answer_by
from sigpret.web.dates import TEGUCIGALPA, day_of, deadline_words
from sigpret.web.pending import PendingTask

END_OF_DAY = time(17)
#: A calendar keeps what was, for a while.
REMEMBERED = timedelta(days=60)


def meeting_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The convocations this person has not answered, and the drafts they are to send."""
    if access.user_id is None:
        return
    silent = invitations_of(access.user_id).filter(
        answer=Participant.Answer.NONE, meeting__state__in=AWAITED, meeting__starts_at__gt=now
    )
    for person in silent:
        yield to_answer(person)
    for draft in drafts_to_send(access.user_id, now):
        yield to_send(draft)


def meeting_events(person: User, now: datetime) -> Iterator[CalendarEvent]:
    """The meetings somebody is called to, as their private calendar shows them: the same event
    as the invitation, so that a calendar with both shows it once."""
    called = invitations_of(person.pk).exclude(meeting__state=MeetingState.PREPARED)
    for one in called.filter(meeting__starts_at__gt=now - REMEMBERED):
        event = invitation_of(one.meeting, one, agenda_lines(one.meeting))
        yield replace(event, attendees=(), remind_before=())


def invitations_of(person_id: int) -> QuerySet[Participant]:
    people = Participant.objects.filter(person_id=person_id, removed_at=None)
    return people.select_related("meeting__mesa__sector", "meeting__group").order_by(
        "meeting__starts_at"
    )


def drafts_to_send(person_id: int, now: datetime) -> QuerySet[Meeting]:
    """Prepared by the support team in a mesa this person coordinates."""
    on = day_of(now)
    duty = Designation.Duty.TECHNICAL_COORDINATOR
    held = Designation.objects.filter(in_force(on), person_id=person_id, duty=duty)
    drafts = Meeting.objects.filter(
        state=MeetingState.PREPARED, mesa__in=held.values("mesa_id"), starts_at__gt=now
    )
    return drafts.select_related("mesa__sector", "group").order_by("starts_at")


def to_answer(person: Participant) -> PendingTask:
    meeting = person.meeting
    called_on = day_of(meeting.convened_at or meeting.prepared_at)
    day = answer_by(day_of(meeting.starts_at), called_on)
    return PendingTask(
        title=_("¿Asistirá? %(meeting)s") % {"meeting": title_of(meeting)},
        detail=deadline_words(meeting.starts_at),
        url=answer_path(person),
        action=_("Responder"),
        due_at=datetime.combine(day, END_OF_DAY, TEGUCIGALPA),
        icon="calendar",
    )


def to_send(draft: Meeting) -> PendingTask:
    return PendingTask(
        title=_("Enviar la convocatoria de la mesa de %(name)s") % {"name": draft.mesa.sector.name},
        detail=_("Preparada para el %(day)s") % {"day": deadline_words(draft.starts_at)},
        url=reverse("mesas:convene", args=[draft.mesa.sector.slug]),
        action=_("Revisar y enviar"),
        icon="mail",
    )
