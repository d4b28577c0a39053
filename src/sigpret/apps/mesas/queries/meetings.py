"""The meetings of a mesa, and what became of each convocation: sent, answered, failed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from sigpret.apps.mesas.models import Attachment, Meeting, Mesa, Participant, Sending
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.convening import Paper, paper_of
from sigpret.apps.mesas.workflow import AWAITED

Answer = Participant.Answer
State = Sending.State
#: What becomes of the convocation itself, not of the minutes.
CALLS = (
    Sending.Kind.CONVOCATION,
    Sending.Kind.CHANGE,
    Sending.Kind.CANCELLATION,
    Sending.Kind.ANSWER_REMINDER,
    Sending.Kind.EVE_REMINDER,
)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list. `called` people, of whom `coming` said they will."""

    id: int
    number: int | None
    level: str
    level_label: str
    kind_label: str
    state: str
    state_label: str
    starts_at: datetime
    ends_at: datetime
    place: str
    minutes_code: str
    called: int
    coming: int
    topics: int
    agreements: int
    group_name: str = ""

    @property
    def is_prepared(self) -> bool:
        return self.state == MeetingState.PREPARED

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED


def meeting_list(mesa: Mesa) -> tuple[MeetingLine, ...]:
    """Every meeting of a mesa, the next ones first; one statement."""
    return tuple(line_of(row) for row in lines(Meeting.objects.filter(mesa=mesa)))


def next_meeting(mesa: Mesa, at: datetime) -> MeetingLine | None:
    """The first meeting that is still to be held; one statement."""
    coming = Meeting.objects.filter(mesa=mesa, state__in=AWAITED, ends_at__gt=at)
    found = lines(coming).order_by("starts_at").first()
    return line_of(found) if found else None


def lines(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    here = Q(participants__removed_at=None)
    return (
        rows.select_related("group")
        .annotate(
            called=Count("participants", filter=here, distinct=True),
            coming=Count(
                "participants",
                filter=here & Q(participants__answer__in=[Answer.WILL_COME, Answer.SENDS_OTHER]),
                distinct=True,
            ),
            topics=Count("agenda", distinct=True),
            agreed=Count("agreements", distinct=True),
        )
        .order_by("-starts_at", "-pk")
    )


def line_of(row: Meeting) -> MeetingLine:
    counted = row.__dict__
    code = f"{row.minutes_number}-{row.minutes_year}" if row.minutes_number else ""
    return MeetingLine(
        id=row.pk,
        number=row.number,
        level=row.level,
        level_label=str(row.get_level_display()),
        kind_label=str(row.get_kind_display()),
        state=row.state,
        state_label=str(row.get_state_display()),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place or row.link,
        minutes_code=code,
        called=counted["called"],
        coming=counted["coming"],
        topics=counted["topics"],
        agreements=counted["agreed"],
        group_name=row.group.name if row.group else "",
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """One mail: what it was, when it was queued, when it left, or why it has not."""

    kind_label: str
    state: str
    state_label: str
    queued_at: datetime
    sent_at: datetime | None
    last_error: str
    digest: str


@dataclass(frozen=True, slots=True)
class CalledPerson:
    """Somebody called to a meeting, what they answered, and every mail they were sent."""

    full_name: str
    position: str
    institution: str
    standing_label: str
    email: str
    institution_id: int | None
    answer: str
    answer_label: str
    answered_at: datetime | None
    note: str
    substitute: str
    is_off: bool
    proofs: tuple[Proof, ...]

    @property
    def last(self) -> Proof | None:
        return self.proofs[0] if self.proofs else None


@dataclass(frozen=True, slots=True)
class Convocation:
    """A convocation after it was sent. `answers` counts them, `mails` their state."""

    line: MeetingLine
    meeting: Meeting
    papers: tuple[Paper, ...]
    people: tuple[CalledPerson, ...]
    answers: Counter[str]
    mails: Counter[str]

    @property
    def failed(self) -> int:
        """Mails that left nobody knows how, or did not."""
        return self.mails[State.FAILED] + self.mails[State.DOUBTFUL]

    @property
    def waiting(self) -> int:
        return self.mails[State.QUEUED] + self.mails[State.SENDING]

    @property
    def silent(self) -> int:
        return self.answers[Answer.NONE]

    @property
    def coming(self) -> int:
        return self.answers[Answer.WILL_COME] + self.answers[Answer.SENDS_OTHER]

    @property
    def not_coming(self) -> int:
        return self.answers[Answer.WILL_NOT]


def convocation(mesa: Mesa, number: int) -> Convocation | None:
    """One convocation with its people and its proof of sending; five statements."""
    calls = Sending.objects.filter(kind__in=CALLS).order_by("-queued_at", "-pk")
    found = (
        lines(Meeting.objects.filter(mesa=mesa, number=number))
        .select_related("mesa__sector", "convened_by", "group")
        .prefetch_related(
            "agenda",
            Prefetch("attachments", Attachment.objects.select_related("file").order_by("id")),
            Prefetch("participants__sendings", calls),
        )
        .first()
    )
    if found is None:
        return None
    rows = sorted(found.participants.all(), key=lambda row: (row.institution_name, row.full_name))
    people = tuple(person_of(row) for row in rows)
    here = [person for person in people if not person.is_off]
    return Convocation(
        line=line_of(found),
        meeting=found,
        papers=tuple(paper_of(paper) for paper in found.attachments.all()),
        people=people,
        answers=Counter(person.answer for person in here),
        mails=Counter(proof.state for person in people for proof in person.proofs),
    )


def person_of(row: Participant) -> CalledPerson:
    return CalledPerson(
        full_name=row.full_name,
        position=row.position,
        institution=row.institution_name,
        standing_label=str(row.get_standing_display()),
        email=row.email,
        institution_id=row.institution_id,
        answer=row.answer,
        answer_label=str(row.get_answer_display()),
        answered_at=row.answered_at,
        note=row.answer_note,
        substitute=row.substitute_name,
        is_off=row.removed_at is not None,
        proofs=tuple(proof_of(sending) for sending in row.sendings.all()),
    )


def proof_of(sending: Sending) -> Proof:
    return Proof(
        kind_label=str(sending.get_kind_display()),
        state=sending.state,
        state_label=str(sending.get_state_display()),
        queued_at=sending.queued_at,
        sent_at=sending.sent_at,
        last_error=sending.last_error,
        digest=sending.digest,
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one person sees of their convocation, and what they answered."""

    meeting: Meeting
    topics: tuple[str, ...]
    papers: tuple[Paper, ...]
    full_name: str
    token: str
    answer: str
    answer_label: str
    answered_at: datetime | None
    note: str
    substitute_name: str
    substitute_position: str
    substitute_email: str
    is_off: bool

    def is_open(self, at: datetime) -> bool:
        """May it still be answered?"""
        return not self.is_off and self.meeting.state in AWAITED and at < self.meeting.ends_at


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation this key opens; None when there is none. Four statements."""
    people = Participant.objects.filter(token=token).exclude(meeting__state=MeetingState.PREPARED)
    row = (
        people.select_related("meeting__mesa__sector", "meeting__group")
        .prefetch_related("meeting__agenda", "meeting__attachments__file")
        .first()
    )
    if row is None:
        return None
    meeting = row.meeting
    return Invitation(
        meeting=meeting,
        topics=tuple(item.title for item in meeting.agenda.all()),
        papers=tuple(paper_of(paper) for paper in meeting.attachments.all()),
        full_name=row.full_name,
        token=token,
        answer=row.answer,
        answer_label=str(row.get_answer_display()),
        answered_at=row.answered_at,
        note=row.answer_note,
        substitute_name=row.substitute_name,
        substitute_position=row.substitute_position,
        substitute_email=row.substitute_email,
        is_off=row.removed_at is not None,
    )


def paper_of_meeting(meeting_id: int, paper_id: int) -> Attachment | None:
    """A file of a meeting, to be sent; None when it has no such file."""
    found = Attachment.objects.filter(meeting_id=meeting_id, pk=paper_id)
    return found.select_related("file").first()
