"""The calendar invitation of a meeting: one UID for ever, one more SEQUENCE with each change."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from sigpret.apps.mesas.meeting_words import place_line, title_of
from sigpret.apps.mesas.models import Meeting, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.notices.mail import absolute, host
from sigpret.documents.calendar import Attendee, CalendarEvent

#: The calendar rings a day and a quarter of an hour before.
ALARMS = (timedelta(days=1), timedelta(minutes=15))


def invitation_of(meeting: Meeting, participant: Participant, description: str) -> CalendarEvent:
    """The meeting as the calendar of one person gets it: nobody else's address travels in it.

    Whoever was taken off the meeting gets it as cancelled.
    """
    is_off = meeting.state == MeetingState.CANCELLED or participant.removed_at is not None
    return CalendarEvent(
        uid=f"mesa-{meeting.uid}@{host()}",
        sequence=meeting.sequence,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        summary=title_of(meeting),
        # The last moment at which people were told something of it.
        written_at=meeting.cancelled_at or meeting.convened_at or meeting.prepared_at,
        description=description,
        location=place_line(meeting),
        url=absolute(answer_path(participant)),
        organizer=organizer_of(meeting),
        attendees=(Attendee(participant.full_name, participant.email),),
        remind_before=ALARMS,
        is_cancelled=is_off,
    )


def organizer_of(meeting: Meeting) -> Attendee:
    """The mesa itself, at the address that sends: a calendar trusts only that one."""
    sender = parseaddr(settings.REPLY_TO_EMAIL or settings.DEFAULT_FROM_EMAIL)[1]
    return Attendee(_("MESGEPRET %(name)s") % {"name": meeting.mesa.sector.name}, sender)


def answer_path(participant: Participant) -> str:
    """Where this person answers, with or without an account."""
    return f"/r/{participant.token}"
