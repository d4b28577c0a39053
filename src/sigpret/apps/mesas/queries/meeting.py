"""One meeting with everything its page shows, whatever its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import JSONObject

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Attachment, Conformity, Meeting, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.meeting_before import (
    Before,
    agreements_before,
    before_of,
    pressing_before,
)
from sigpret.apps.mesas.queries.meeting_parts import (
    AgreementRow,
    PersonRow,
    TopicRow,
    agreement_rows,
    person_rows,
    topic_rows,
)
from sigpret.apps.mesas.queries.minutes_content import (
    Parts,
    agenda_of,
    agreements_of,
    code_of,
    digest_now,
)
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.workflow import AWAITED, WRITABLE
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas import minutes as rules
from sigpret.web.dates import day_of

State = MeetingState


@dataclass(frozen=True, slots=True)
class Text:
    """The version people were last asked about. Number 0: nobody was asked yet.

    `has_changed`: what is written now is not what they read.
    """

    number: int = 0
    digest: str = ""
    made_at: datetime | None = None
    reason: str = ""
    has_changed: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting on a day, for somebody. Everything is already read: drawing it asks nothing."""

    meeting: Meeting
    standing: Standing
    now: datetime
    code: str
    topics: tuple[TopicRow, ...]
    people: tuple[PersonRow, ...]
    text: Text
    before: Before
    obstacles: tuple[rules.Obstacle, ...]

    @property
    def state(self) -> str:
        return self.meeting.state

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED

    @property
    def is_in_session(self) -> bool:
        return self.state == State.IN_SESSION

    @property
    def is_final(self) -> bool:
        return self.state == State.DISTRIBUTED

    @property
    def has_minutes(self) -> bool:
        return bool(self.code)

    @property
    def reads_minutes(self) -> bool:
        """May this person read what is written, here and in its documents? Who does not write
        it reads it once people were asked about it."""
        return self.standing.writes or self.text.number > 0

    @property
    def shows_text(self) -> bool:
        """Are the notes as they stand now for this person? A text that changed after people were
        asked is again a draft; they have the version they were asked about in its documents."""
        return self.standing.writes or (self.reads_minutes and not self.text.has_changed)

    @property
    def can_write(self) -> bool:
        return self.standing.writes and self.state in WRITABLE

    @property
    def can_correct_hours(self) -> bool:
        """The session ended and its minutes have not gone out."""
        return self.can_write and not self.is_in_session

    @property
    def was_held(self) -> bool:
        """False when the session ended and nobody was there."""
        return self.meeting.finished_at is None or bool(self.present)

    @property
    def can_tell_not_held(self) -> bool:
        return self.can_write and self.was_held and not self.agreements

    @property
    def can_start(self) -> bool:
        return self.standing.writes and self.is_awaited

    @property
    def may_start_now(self) -> bool:
        return rules.may_start(self.meeting.starts_at, self.now)

    @property
    def can_ask(self) -> bool:
        """May this person ask for conformity now? The text must be new to people."""
        is_new = self.text.number == 0 or self.text.has_changed
        return self.standing.coordinates and self.state in WRITABLE and is_new

    @property
    def can_distribute(self) -> bool:
        return self.standing.coordinates and self.state == State.CONFORMITY

    @property
    def silence_lets_distribute(self) -> bool:
        """Does the policy of the day people were asked let the minutes out without answers?"""
        return policy_on(day_of(self.meeting.conformity_asked_at or self.now)).silence_is_consent

    @property
    def is_late(self) -> bool:
        """The week is over and the minutes have not gone out."""
        due = self.meeting.minutes_due_on
        return due is not None and not self.is_final and self.today > due

    @property
    def held_up_by(self) -> tuple[rules.Obstacle, ...]:
        """What holds the distribution up besides the reason, which is asked beside the button."""
        reason = rules.Obstacle.LATE_WITHOUT_REASON
        return tuple(obstacle for obstacle in self.obstacles if obstacle is not reason)

    @property
    def agreements(self) -> tuple[AgreementRow, ...]:
        return tuple(row for topic in self.topics for row in topic.agreements)

    @property
    def present(self) -> tuple[PersonRow, ...]:
        return tuple(person for person in self.people if person.came)

    @property
    def institutions_present(self) -> int:
        """Institutions of the mesa with somebody in the room; guests do not count."""
        if self.meeting.quorum_present is not None:
            return int(self.meeting.quorum_present)
        return len({person.institution_id for person in self.present if person.counts})

    @property
    def has_quorum(self) -> bool:
        return self.institutions_present >= (self.meeting.quorum_needed or 0)

    @property
    def conforming(self) -> int:
        """Those who said they agree; who said nothing is counted apart."""
        agree = Conformity.Answer.CONFORMS
        return sum(person.answer == agree and not person.is_silent for person in self.present)

    @property
    def silent(self) -> int:
        return sum(person.is_silent for person in self.present)

    @property
    def observations(self) -> tuple[PersonRow, ...]:
        """Those who observed something nobody has answered yet."""
        return tuple(person for person in self.present if person.is_unresolved)

    @property
    def unreached(self) -> tuple[PersonRow, ...]:
        """Those who were there, said nothing, and have no address to be asked at."""
        return tuple(person for person in self.pending if not person.is_reachable)

    @property
    def pending(self) -> tuple[PersonRow, ...]:
        return tuple(person for person in self.present if not person.answer)


def meeting_page(
    mesa_id: int, number: int, *, standing: Standing, now: datetime
) -> MeetingPage | None:
    """The page of a meeting by its number; None when there is none. Four statements."""
    meeting = meeting_of(mesa_id, number, today=day_of(now))
    if meeting is None:
        return None
    people = people_of(meeting)
    parts = Parts(
        [row for row in people if row.removed_at is None],
        tuple(agenda_of(meeting)),
        tuple(agreements_of(meeting)) if meeting.minutes_number else (),
    )
    text = text_of(meeting, parts)
    rows = person_rows(parts.participants)
    return MeetingPage(
        meeting=meeting,
        standing=standing,
        now=now,
        code=code_of(meeting),
        topics=topic_rows(parts.agenda, agreement_rows(parts.agreements, meeting)),
        people=rows,
        text=text,
        before=before_of(meeting, day_of(now)),
        obstacles=obstacles_of(meeting, rows, text, now),
    )


def meeting_of(mesa_id: int, number: int, *, today: date) -> Meeting | None:
    """The meeting with its text in force, its papers and the mesa's other agreements, at once."""
    current = FilteredRelation("versions", condition=Q(versions__number=F("text_version")))
    papers = Attachment.objects.filter(meeting=OuterRef("pk")).order_by("-is_agenda", "pk")
    found = Meeting.objects.filter(mesa_id=mesa_id, number=number)
    found = found.select_related("mesa__sector", "group", "document", "convened_by")
    return found.annotate(
        current=current,
        text_id=F("current__id"),
        text_digest=F("current__digest"),
        text_made_at=F("current__made_at"),
        text_reason=F("current__reason"),
        papers=ArraySubquery(papers.values(paper=JSONObject(id="pk", name="name"))),
        before=agreements_before(today),
        pressing=pressing_before(),
    ).first()


def people_of(meeting: Meeting) -> Sequence[Participant]:
    """Who was called, each with what they said of the text in force; one statement."""
    said = FilteredRelation(
        "conformities",
        condition=Q(conformities__version=meeting.text_id),  # type: ignore[attr-defined]
    )
    places = Institution.sectors.through.objects.filter(sector_id=meeting.mesa.sector_id)
    member = places.filter(institution_id=OuterRef("institution_id"))
    rows = meeting.participants.filter(removed_at__isnull=True).select_related("institution")
    return list(
        rows.annotate(
            is_of_mesa=Exists(member),
            said=said,
            said_id=F("said__id"),
            said_answer=F("said__answer"),
            said_text=F("said__observation"),
            said_done=F("said__resolution"),
            said_resolved=F("said__resolved_at"),
            said_silent=F("said__is_silent"),
            said_at=F("said__answered_at"),
        ).order_by("institution_name", "full_name", "pk")
    )


def text_of(meeting: Meeting, parts: Parts) -> Text:
    facts: Mapping[str, Any] = vars(meeting)
    if not facts["text_id"]:
        return Text()
    is_open = meeting.state == State.CONFORMITY
    return Text(
        number=meeting.text_version,
        digest=facts["text_digest"],
        made_at=facts["text_made_at"],
        reason=facts["text_reason"],
        has_changed=is_open and digest_now(meeting, parts) != facts["text_digest"],
    )


def obstacles_of(
    meeting: Meeting, people: Sequence[PersonRow], text: Text, now: datetime
) -> tuple[rules.Obstacle, ...]:
    """What would hold the distribution up at this moment."""
    if meeting.state != State.CONFORMITY:
        return ()
    today, due = day_of(now), meeting.conformity_due_on
    policy = policy_on(day_of(meeting.conformity_asked_at or now))
    return rules.obstacles(
        [person.standing_answer for person in people if person.came],
        silence_ended=due is not None and today > due,
        silence_is_consent=policy.silence_is_consent,
        has_changed=text.has_changed,
        is_late=meeting.minutes_due_on is not None and today > meeting.minutes_due_on,
        late_reason="",
    )
