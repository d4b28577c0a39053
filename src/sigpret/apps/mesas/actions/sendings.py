"""Mail to the people of a meeting: queued with what it tells, each once, and the proof of it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.models import Meeting, Participant, Sending
from sigpret.apps.mesas.permissions import check_can_convene
from sigpret.apps.mesas.queries import Standing

State = Sending.State
#: What speaks of the meeting as it was when it was queued.
CALLS = (
    Sending.Kind.CONVOCATION,
    Sending.Kind.CHANGE,
    Sending.Kind.ANSWER_REMINDER,
    Sending.Kind.EVE_REMINDER,
)

#: What only whoever was there may answer.
OF_WHO_CAME = (Sending.Kind.CONFORMITY, Sending.Kind.CONFORMITY_REMINDER)


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one mail; see `mesas/letters.py` for the shape of `body`.

    `calendar` is the text of an `.ics`, or empty.
    """

    subject: str
    body: str
    calendar: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says: the proof of what was sent."""
        told = "\n".join((self.subject, self.body, self.calendar))
        return hashlib.sha256(told.encode()).hexdigest()


def queue(
    participants: Iterable[Participant],
    kind: str,
    write: Callable[[Participant], Letter],
    *,
    sequence: int,
    at: datetime,
) -> int:
    """Queue a mail of a kind to each of them, inside the caller's transaction; how many are new.

    Nobody gets the same kind and `sequence` of a meeting twice, however often this runs; whoever
    has no address gets none. `sequence` is the calendar's for convocations, the version of the
    text for minutes.
    """
    people = [person for person in participants if address_of(person, kind)]
    rows = [row_of(person, kind, write(person), sequence, at) for person in people]
    before = Sending.objects.filter(participant__in=people).count()
    Sending.objects.bulk_create(rows, ignore_conflicts=True)
    return Sending.objects.filter(participant__in=people).count() - before


def address_of(person: Participant, kind: str) -> str:
    """Where a letter goes, empty when nowhere: the conformity is asked of whoever came."""
    was_there = Participant.Attendance.SUBSTITUTED
    if kind in OF_WHO_CAME and person.attendance == was_there:
        return str(person.substitute_email)
    return str(person.email)


def row_of(person: Participant, kind: str, letter: Letter, sequence: int, at: datetime) -> Sending:
    return Sending(
        participant=person,
        kind=kind,
        sequence=sequence,
        subject=letter.subject[:300],
        body=letter.body,
        calendar=letter.calendar,
        digest=letter.digest,
        queued_at=at,
    )


def withdraw(meeting: Meeting, *kinds: str) -> int:
    """What has not left says something that is not so any more: it does not leave. How many."""
    waiting = Sending.objects.filter(
        participant__meeting=meeting, kind__in=kinds, state__in=[State.QUEUED, State.FAILED]
    )
    return waiting.update(state=State.WITHDRAWN)


def were_told(meeting: Meeting) -> set[int]:
    """The participants who got, or may have got, that there is a meeting."""
    reached = Sending.objects.filter(
        participant__meeting=meeting,
        kind__in=[Sending.Kind.CONVOCATION, Sending.Kind.CHANGE],
        state__in=[State.SENDING, State.SENT, State.DOUBTFUL],
    )
    return set(reached.values_list("participant_id", flat=True))


@transaction.atomic
def retry_sendings(*, actor: User, standing: Standing, meeting_id: int) -> int:
    """Try again the mails of a meeting that failed or are in doubt; how many.

    They keep their Message-ID, so that a mailbox recognises a second copy. What a later change
    made untrue is not tried again. Twice is once. Raises PermissionDenied.
    """
    check_can_convene(standing)
    failed = Sending.objects.filter(
        participant__meeting_id=meeting_id,
        participant__meeting__mesa_id=standing.mesa_id,
        state__in=[State.FAILED, State.DOUBTFUL],
    ).exclude(kind__in=CALLS, sequence__lt=F("participant__meeting__sequence"))
    back = failed.update(
        state=State.QUEUED, attempts=0, due_at=Now(), waiting_since=Now(), last_error=""
    )
    if back:
        record(
            actor=actor,
            action="mesas.sendings_retried",
            subject_type="meeting",
            subject_id=meeting_id,
            payload={"count": back},
        )
    return back
