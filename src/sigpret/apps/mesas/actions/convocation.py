"""Calling people to a meeting, telling them it changed, telling them it will not be held."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.constitution import missing_to_meet
from sigpret.apps.mesas.actions.preparation import (
    MeetingError,
    Preparation,
    held_meeting,
    note,
    write_down,
)
from sigpret.apps.mesas.actions.sendings import CALLS, queue, were_told, withdraw
from sigpret.apps.mesas.agenda_paper import attach_agenda
from sigpret.apps.mesas.convocation_words import OBJECTIONS, Writer
from sigpret.apps.mesas.models import Meeting, Mesa, Participant, Sending
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.notice_kinds import MEETING_CANCELLED, MEETING_CHANGED, MEETING_CONVENED
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.mesas.telling import tell
from sigpret.apps.mesas.workflow import AWAITED, may_become
from sigpret.apps.reference.queries import holidays_between, policy_on
from sigpret.methodology.mesas.convocation import Notice, Objection, notice_of, objections
from sigpret.web.dates import day_of

Kind = Sending.Kind


class ObjectionError(MeetingError):
    """The convocation still needs something; its text says all of it."""


@transaction.atomic
def convene(
    *, actor: User, standing: Standing, meeting_id: int, expected_version: int, at: datetime
) -> Meeting:
    """Call the people of a prepared meeting: it takes its number, its agenda is attached, and a
    mail with a calendar invitation waits for each of them. Twice is once.

    Raises PermissionDenied, ObjectionError, StaleMeetingError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state != MeetingState.PREPARED:
        return meeting
    meeting = held_meeting(meeting_id, standing, expected_version)
    check_is_constituted(mesa, day_of(at))
    check_can_be_sent(meeting, at)
    last = Meeting.objects.filter(mesa=mesa).aggregate(last=Max("number"))["last"]
    meeting.number = (last or 0) + 1
    meeting.state = MeetingState.CONVENED
    meeting.convened_by, meeting.convened_at, meeting.first_convened_at = actor, at, at
    meeting.day_called_at = at
    meeting.version += 1
    meeting.save()
    attach_agenda(meeting, actor, at)
    people = called(meeting)
    queue(people, Kind.CONVOCATION, Writer(meeting).call, sequence=meeting.sequence, at=at)
    tell(meeting, people, MEETING_CONVENED, at)
    note(meeting, actor, "convened", people=len(people), notice=notice_now(meeting, at).days)
    return meeting


@transaction.atomic
def reschedule(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    preparation: Preparation,
    expected_version: int,
    at: datetime,
) -> Meeting:
    """Change a meeting people were called to: its day, place, agenda or people. Everybody is told,
    and their calendars too; whoever is new is called, whoever is off is told so.

    Another day is as early as the first one had to be, or gives its reason. Raises
    PermissionDenied, MeetingError, ObjectionError, StaleMeetingError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    meeting = held_meeting(meeting_id, standing, expected_version)
    if meeting.state not in AWAITED:
        raise MeetingError(_("Esta reunión ya no se puede cambiar: no está convocada."))
    # Withdrawn first: a mail that leaves while this runs is then among those who were told.
    withdraw(meeting, *CALLS)
    told, moment = were_told(meeting), (meeting.starts_at, meeting.ends_at)
    before = {row.pk for row in called(meeting)}
    write_down(meeting, preparation)
    has_moved = moment != (meeting.starts_at, meeting.ends_at)
    has_other_start = moment[0] != meeting.starts_at
    check_can_be_sent(meeting, at, has_moved=has_other_start)
    if has_other_start:
        meeting.day_called_at = at
    if has_moved:
        meeting.state = MeetingState.RESCHEDULED
        meeting.participants.update(
            answer=Participant.Answer.NONE,
            answered_at=None,
            answer_note="",
            substitute_name="",
            substitute_position="",
            substitute_email="",
        )
    meeting.sequence += 1
    meeting.convened_by, meeting.convened_at = actor, at
    meeting.save()
    attach_agenda(meeting, actor, at)
    tell_change(meeting, told, before, at)
    note(meeting, actor, "rescheduled" if has_moved else "changed", sequence=meeting.sequence)
    return meeting


def tell_change(meeting: Meeting, told: set[int], before: set[int], at: datetime) -> None:
    """A change to whoever knew of the meeting, a first call to the rest, an end to who is off."""
    write, people = Writer(meeting), called(meeting)
    sequence = meeting.sequence
    knew = [person for person in people if person.pk in told]
    queue(knew, Kind.CHANGE, write.change, sequence=sequence, at=at)
    new = [person for person in people if person.pk not in told]
    queue(new, Kind.CONVOCATION, write.call, sequence=sequence, at=at)
    off = meeting.participants.filter(pk__in=before & told, removed_at__isnull=False)
    queue(off, Kind.CANCELLATION, write.taken_off, sequence=sequence, at=at)
    tell(meeting, people, MEETING_CHANGED, at)


@transaction.atomic
def cancel(
    *, actor: User, standing: Standing, meeting_id: int, reason: str, at: datetime
) -> Meeting:
    """Say that a meeting people were called to will not be held, and why. Twice is once.

    Whoever was told gets the cancellation and their calendar drops it; mail that had not left
    does not leave any more. Raises PermissionDenied, MeetingError and Meeting.DoesNotExist.
    """
    check_can_convene(standing)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    if not may_become(meeting.state, MeetingState.CANCELLED):
        raise MeetingError(_("Sólo se cancela una reunión convocada que todavía no empieza."))
    if not reason.strip():
        raise MeetingError(_("Escriba por qué se cancela la reunión."))
    withdraw(meeting, *CALLS)
    told = were_told(meeting)
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, at
    meeting.cancel_reason = reason.strip()
    meeting.sequence += 1
    meeting.version += 1
    meeting.save()
    people = called(meeting)
    knew = [person for person in people if person.pk in told]
    queue(knew, Kind.CANCELLATION, Writer(meeting).cancel, sequence=meeting.sequence, at=at)
    tell(meeting, people, MEETING_CANCELLED, at)
    note(meeting, actor, "cancelled", reason=meeting.cancel_reason)
    return meeting


def called(meeting: Meeting) -> list[Participant]:
    """Who is called to it now."""
    return list(meeting.participants.filter(removed_at=None).order_by("pk"))


def check_is_constituted(mesa: Mesa, on: date) -> None:
    """Raise ObjectionError with what the mesa still lacks before it may meet."""
    lacks = missing_to_meet(mesa, on=on)
    if lacks:
        raise ObjectionError(lacks)


def notice_now(meeting: Meeting, at: datetime) -> Notice:
    """How far ahead of the meeting a moment is, as the country counts those days."""
    today, meets_on = day_of(at), day_of(meeting.starts_at)
    policy = policy_on(today)
    known = holidays_between(today, meets_on + timedelta(days=1))
    return notice_of(
        today,
        meets_on,
        needed=policy.convocation_days,
        kind=policy.convocation_day_kind,
        holidays=frozenset(day.date for day in known),
    )


def check_can_be_sent(meeting: Meeting, at: datetime, *, has_moved: bool = True) -> None:
    """Raise ObjectionError with everything a convocation still needs; a meeting that keeps its
    day keeps the notice it had."""
    notice = notice_now(meeting, at)
    found = objections(
        notice,
        topics=meeting.agenda.count(),
        people=meeting.participants.filter(removed_at=None).count(),
        has_place=bool(meeting.place or meeting.link),
        is_past=meeting.starts_at <= at,
        early_reason=meeting.early_reason if has_moved else "–",
    )
    if found:
        raise ObjectionError(sentences(found, notice.needed))


def sentences(found: Iterable[Objection], needed: int) -> str:
    return " ".join(str(OBJECTIONS[objection]) % {"days": needed} for objection in found)
