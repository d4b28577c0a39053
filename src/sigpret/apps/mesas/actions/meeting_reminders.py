"""Reminding of a meeting: who has not answered, and everybody the day before."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.actions.convocation import called
from sigpret.apps.mesas.actions.preparation import MeetingError, held_meeting
from sigpret.apps.mesas.actions.sendings import queue
from sigpret.apps.mesas.convocation_words import Writer
from sigpret.apps.mesas.models import Meeting, Participant, Sending
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.mesas.workflow import AWAITED
from sigpret.methodology.mesas.convocation import reminder_days
from sigpret.web.dates import day_of

Kind = Sending.Kind
Answer = Participant.Answer
#: No reminder is given longer before the meeting than this.
HORIZON = timedelta(days=8)


def send_meeting_reminders(*, at: datetime) -> int:
    """Queue the reminders of the day for every meeting that comes; how many mails.

    Each is given once per person and change of the meeting, however often this runs.
    """
    near = Meeting.objects.filter(
        state__in=AWAITED, starts_at__gt=at, starts_at__lte=at + HORIZON
    ).values_list("pk", flat=True)
    return sum(remind_of(meeting_id, at) for meeting_id in near)


@transaction.atomic
def remind_of(meeting_id: int, at: datetime) -> int:
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("mesa__sector", "group")
        .get(pk=meeting_id)
    )
    if meeting.state not in AWAITED:
        return 0
    called_on = day_of(meeting.convened_at or meeting.prepared_at)
    ask_on, eve = reminder_days(day_of(meeting.starts_at), called_on)
    today, people, sent = day_of(at), called(meeting), 0
    if ask_on is not None and ask_on <= today and not (eve and today >= eve):
        sent += ask_again(meeting, people, at)
    if eve is not None and today == eve:
        coming = [one for one in people if one.answer != Answer.WILL_NOT]
        sent += queue(
            coming, Kind.EVE_REMINDER, Writer(meeting).eve, sequence=meeting.sequence, at=at
        )
    return sent


def ask_again(meeting: Meeting, people: list[Participant], at: datetime) -> int:
    silent = [one for one in people if one.answer == Answer.NONE]
    write = Writer(meeting).remind
    return queue(silent, Kind.ANSWER_REMINDER, write, sequence=meeting.sequence, at=at)


@transaction.atomic
def remind(*, actor: User, standing: Standing, meeting_id: int, at: datetime) -> int:
    """Remind now who has not answered; how many mails. Once per person and change of the meeting.

    Raises PermissionDenied, MeetingError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state not in AWAITED:
        raise MeetingError(_("Esta reunión ya no espera respuestas."))
    sent = ask_again(meeting, called(meeting), at)
    if sent:
        record(
            actor=actor,
            action="mesas.invitees_reminded",
            subject_type="meeting",
            subject_id=meeting.pk,
            payload={"count": sent},
        )
    return sent
