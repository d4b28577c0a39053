"""A session begins, people are marked present, it ends: the agenda has become its minutes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Agreement, Meeting, Mesa, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.workflow import AWAITED, WRITABLE
from sigpret.apps.reference.queries import holidays_between, policy_on
from sigpret.methodology.mesas import minutes as rules
from sigpret.web.dates import day_of, deadline_words

Attendance = Participant.Attendance
#: No deadline of the minutes is further away than this.
LONGEST = timedelta(days=90)


class MinutesError(Exception):
    """The minutes cannot be written so; its text is the sentence for the person."""


class FinalMinutesError(MinutesError):
    """They were distributed: another meeting corrects."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who came without having been called. `institution_id` None: from outside."""

    full_name: str
    position: str
    institution_id: int | None
    institution_name: str = ""
    email: str = ""


@transaction.atomic
def start_session(*, actor: User, standing: Standing, meeting_id: int, at: datetime) -> Meeting:
    """Begin the session: it takes the next No. de Acta of the mesa and the year, without gaps.

    Whoever did not excuse themselves starts as present. Starting twice has one effect.
    Raises PermissionDenied, MinutesError and Meeting.DoesNotExist.
    """
    check_can_write(standing)
    # The mesa is held, not only the meeting: two sessions that start at once queue up for a number.
    mesa = Mesa.objects.select_for_update(no_key=True).get(pk=standing.mesa_id)
    meeting = held_meeting(meeting_id, standing)
    if meeting.state in WRITABLE:
        return meeting
    check_may_start(meeting, at)
    meeting.started_at = rules.started_at(meeting.starts_at, meeting.ends_at, at)
    meeting.minutes_year = day_of(meeting.started_at).year
    meeting.minutes_number = next_number(mesa, meeting.minutes_year)
    meeting.quorum_needed = quorum_of(meeting, day_of(meeting.started_at))
    meeting.follow_up = pending_agreements(meeting)
    meeting.state = MeetingState.IN_SESSION
    presume_attendance(meeting)
    saved(meeting)
    note(meeting, actor, "started", {"minutes": [meeting.minutes_number, meeting.minutes_year]})
    return meeting


def check_may_start(meeting: Meeting, at: datetime) -> None:
    if meeting.state not in AWAITED:
        raise MinutesError(
            _("Esta reunión no está convocada: convóquela antes de iniciarla.")
            if meeting.state == MeetingState.PREPARED
            else _("Una reunión cancelada no se inicia. Convoque otra.")
        )
    if not rules.may_start(meeting.starts_at, at):
        raise MinutesError(
            _("La reunión es el %(when)s. Iníciela ese día, o reprográmela.")
            % {"when": deadline_words(meeting.starts_at)}
        )


def next_number(mesa: Mesa, year: int) -> int:
    """The No. de Acta that follows; the mesa must be held."""
    last = mesa.meetings.filter(minutes_year=year).aggregate(last=Max("minutes_number"))["last"]
    return int(last or 0) + 1


def quorum_of(meeting: Meeting, on: date) -> int:
    """Of the institutions of the mesa; when a working group meets, of those it is made of."""
    of_mesa = Institution.objects.filter(sectors=meeting.mesa.sector_id)
    if meeting.group_id is not None:
        of_mesa = of_mesa.filter(accreditations__groups=meeting.group_id).distinct()
    return rules.quorum_needed(of_mesa.count(), policy_on(on).quorum_share)


def pending_agreements(meeting: Meeting) -> list[dict[str, Any]]:
    """What other meetings of the mesa left to do, as it stands when this one begins."""
    done = (Agreement.State.FULFILLED, Agreement.State.WITHOUT_EFFECT)
    left = Agreement.objects.filter(mesa_id=meeting.mesa_id, is_final=True).exclude(state__in=done)
    left = left.exclude(meeting=meeting).select_related("meeting", "institution")
    return [
        {
            "number": f"{row.meeting.number}.{row.number}",
            "text": row.text,
            "institution": row.institution.name,
            "due_on": row.due_on.isoformat(),
            "state": row.state,
        }
        for row in left.order_by("due_on", "meeting__number", "number")
    ]


def presume_attendance(meeting: Meeting) -> None:
    """Present until somebody says otherwise, except whoever excused themselves."""
    called = meeting.participants.filter(removed_at__isnull=True, attendance=Attendance.UNKNOWN)
    called.filter(answer=Participant.Answer.WILL_NOT).update(attendance=Attendance.ABSENT)
    sent = called.filter(answer=Participant.Answer.SENDS_OTHER)
    sent.exclude(substitute_name="").update(attendance=Attendance.SUBSTITUTED)
    sent.filter(substitute_name="").update(attendance=Attendance.ABSENT)
    called.filter(attendance=Attendance.UNKNOWN).update(attendance=Attendance.PRESENT)


@transaction.atomic
def record_attendance(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    participant_id: int,
    attendance: str,
    substitute_name: str = "",
    substitute_position: str = "",
    substitute_email: str = "",
) -> Participant:
    """Mark one person present, absent, or substituted by somebody named, who is asked for
    conformity at their own address.

    Raises PermissionDenied, MinutesError and Participant.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    person: Participant = meeting.participants.get(pk=participant_id, removed_at__isnull=True)
    substitutes = attendance == Attendance.SUBSTITUTED
    if substitutes and not substitute_name.strip():
        raise MinutesError(_("Escriba quién asistió en su lugar."))
    is_the_same = person.substitute_name == substitute_name.strip()
    email = substitute_email.strip().lower() or (person.substitute_email if is_the_same else "")
    person.attendance = Attendance(attendance)
    person.substitute_name = substitute_name.strip() if substitutes else ""
    person.substitute_position = substitute_position.strip() if substitutes else ""
    # The page never shows the address, so an empty one of the same person is the one known.
    person.substitute_email = email if substitutes else ""
    person.save(
        update_fields=[
            "attendance",
            "substitute_name",
            "substitute_position",
            "substitute_email",
        ]
    )
    counted(meeting)
    note(meeting, actor, "attended", {"participant": person.pk, "attendance": attendance})
    return person


@transaction.atomic
def add_attendee(
    *, actor: User, standing: Standing, meeting_id: int, attendee: Attendee
) -> Participant:
    """Write down somebody who came without having been called; the same name twice is one.

    Raises PermissionDenied and MinutesError.
    """
    meeting = writable_meeting(meeting_id, standing)
    name = attendee.full_name.strip()
    if not name:
        raise MinutesError(_("Escriba el nombre de quien asistió."))
    institution = Institution.objects.filter(pk=attendee.institution_id or 0).first()
    place = institution.name if institution else attendee.institution_name.strip()
    email = attendee.email.strip().lower()
    same = meeting.participants.filter(full_name__iexact=name, institution_name__iexact=place)
    known = same.first() or (email and meeting.participants.filter(email__iexact=email).first())
    if known:
        return came_back(known, email, actor=actor, standing=standing)
    person = Participant.objects.create(
        meeting=meeting,
        institution=institution,
        institution_name=place,
        standing=Participant.Standing.GUEST,
        full_name=name,
        position=attendee.position.strip(),
        email=email,
        token=token_urlsafe(32),
        attendance=Attendance.PRESENT,
    )
    counted(meeting)
    note(meeting, actor, "attendee_added", {"participant": person.pk})
    return person


def came_back(person: Participant, email: str, *, actor: User, standing: Standing) -> Participant:
    """Somebody the meeting knows came after all; what was said of them twice is one."""
    is_new_address = bool(email) and not person.email
    if person.attendance == Attendance.PRESENT and not person.removed_at and not is_new_address:
        return person
    person.removed_at, person.email = None, person.email or email
    person.save(update_fields=["removed_at", "email"])
    return record_attendance(
        actor=actor,
        standing=standing,
        meeting_id=person.meeting_id,
        participant_id=person.pk,
        attendance=Attendance.PRESENT,
    )


@transaction.atomic
def finish_session(*, actor: User, standing: Standing, meeting_id: int, at: datetime) -> Meeting:
    """End the session: from here the days to distribute its minutes count. Twice is once.

    Raises PermissionDenied, MinutesError and Meeting.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    if meeting.state != MeetingState.IN_SESSION:
        return meeting
    close_session(meeting, at)
    note(meeting, actor, "finished", {"finished_at": meeting.finished_at})
    return meeting


def close_session(meeting: Meeting, at: datetime) -> None:
    """The session in hand becomes a draft, with the last day to distribute it."""
    started = meeting.started_at or meeting.starts_at
    meeting.finished_at = rules.ended_at(started, meeting.ends_at, at)
    ended_on = day_of(meeting.finished_at)
    policy = policy_on(ended_on)
    meeting.minutes_due_on = rules.distribution_deadline(
        ended_on,
        days=policy.minutes_days,
        kind=policy.minutes_day_kind,
        holidays=holidays_after(ended_on),
    )
    meeting.quorum_present = institutions_present(meeting)
    meeting.state = MeetingState.DRAFT
    saved(meeting)


def holidays_after(day: date) -> frozenset[date]:
    return frozenset(holiday.date for holiday in holidays_between(day, day + LONGEST))


def institutions_present(meeting: Meeting) -> int:
    """The institutions of the mesa with somebody in the room."""
    came = meeting.participants.filter(
        attendance__in=(Attendance.PRESENT, Attendance.SUBSTITUTED),
        institution__sectors=meeting.mesa.sector_id,
        removed_at__isnull=True,
    )
    return came.values("institution_id").distinct().count()


def held_meeting(meeting_id: int, standing: Standing) -> Meeting:
    """The meeting of this mesa, held until the transaction ends. Raises Meeting.DoesNotExist."""
    held = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related(
        "mesa__sector"
    )
    return held.get(pk=meeting_id, mesa_id=standing.mesa_id)


def writable_meeting(meeting_id: int, standing: Standing) -> Meeting:
    """The same, for somebody who may still write its minutes.

    Raises PermissionDenied, MinutesError and FinalMinutesError.
    """
    check_can_write(standing)
    meeting = held_meeting(meeting_id, standing)
    if meeting.state == MeetingState.DISTRIBUTED:
        raise FinalMinutesError(
            _("La ayuda memoria ya se distribuyó y es definitiva: la corrige otro acuerdo.")
        )
    if meeting.state not in WRITABLE:
        raise MinutesError(_("La sesión no ha iniciado: inícielo primero en esta página."))
    return meeting


def counted(meeting: Meeting) -> None:
    if meeting.state != MeetingState.IN_SESSION:
        meeting.quorum_present = institutions_present(meeting)
    saved(meeting)


def saved(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


def note(meeting: Meeting, actor: User | None, what: str, payload: dict[str, Any]) -> None:
    record(
        actor=actor,
        action=f"meeting.{what}",
        subject_type="meeting",
        subject_id=meeting.pk,
        payload={"mesa": meeting.mesa_id, "number": meeting.number, **payload},
    )
