"""What the holder of a link sees: the minutes, what stands in their name, what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.mesas.models import Agreement, Conformity, Meeting, MinutesVersion, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.minutes_content import CAME

Content = Mapping[str, Any]
LINK_SERVES = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """An agreement as the page lists it. Of those in one's own name, `due_on` is of today and
    `state` how it stands; empty for the others, and while its words are being changed."""

    number: str
    text: str
    responsible: str
    institution: str
    due_on: date
    goal: str
    state: str = ""

    @property
    def meeting_number(self) -> int:
        return int(self.number.partition(".")[0])

    @property
    def own_number(self) -> int:
        return int(self.number.partition(".")[2])

    @property
    def state_label(self) -> str:
        return str(Agreement.State(self.state).label) if self.state else ""

    @property
    def is_open(self) -> bool:
        return self.state in (Agreement.State.PENDING, Agreement.State.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class ConformityPage:
    """`answer` is what this person said of the text in force, empty when nothing; `conforming` of
    `asked` said they agree with it, `waiting` said nothing yet. Without `version` nobody was asked.

    `is_silent`: they said nothing in the time they had. That is not an answer.
    """

    meeting: Meeting
    participant: Participant
    version: MinutesVersion | None
    answer: str
    answered_at: datetime | None
    observation: str
    resolution: str
    mine: tuple[OwnAgreement, ...]
    others: tuple[OwnAgreement, ...]
    conforming: int
    asked: int
    waiting: int
    is_silent: bool

    def has_expired(self, now: datetime) -> bool:
        """A link serves for some days after the minutes went out; then only its owner reads."""
        out = self.meeting.distributed_at
        return out is not None and now > out + LINK_SERVES

    @property
    def key(self) -> str:
        """What stands in the address of this page."""
        return str(self.participant.conformity_key)

    @property
    def agreed_at(self) -> datetime | None:
        """When this person agreed with the text in force; None while they have not."""
        return self.answered_at if self.answer == Conformity.Answer.CONFORMS else None

    @property
    def paper(self) -> StoredFile | None:
        """The document to read: the one that went out, or the one of the text in force."""
        return self.meeting.document or (self.version.paper if self.version else None)

    @property
    def tells_progress(self) -> bool:
        """Has this person an account, to say what they did? Who came for another has not."""
        was_there = self.participant.attendance == Participant.Attendance.PRESENT
        return was_there and self.participant.person_id is not None

    @property
    def came(self) -> bool:
        return self.participant.attendance in CAME

    @property
    def is_final(self) -> bool:
        return self.meeting.state == MeetingState.DISTRIBUTED

    @property
    def is_open(self) -> bool:
        """May this person answer, or change what they answered?"""
        is_asking = self.meeting.state == MeetingState.CONFORMITY
        return is_asking and self.came and self.version is not None

    @property
    def content(self) -> Content:
        return self.version.content if self.version else {}

    @property
    def agreed(self) -> int:
        """How many agreements the text has."""
        return len(self.mine) + len(self.others)

    @property
    def topics(self) -> int:
        return len(self.content.get("agenda", ()))

    @property
    def present(self) -> tuple[Content, ...]:
        people = self.content.get("participants", ())
        return tuple(person for person in people if person["attendance"] in CAME)


def conformity_page(key: str) -> ConformityPage | None:
    """The page of a link; None when nobody has it any more. Four statements."""
    person = holder_of(key)
    if person is None:
        return None
    meeting = person.meeting
    texts = meeting.versions.select_related("paper")
    version = texts.filter(number=meeting.text_version).first()
    said = list(version.conformities.all()) if version else []
    own_row = next((row for row in said if row.participant_id == person.pk), None)
    is_silent = own_row is not None and own_row.is_silent
    mine = None if is_silent else own_row
    own, others = own_and_others(version, person)
    asked, answers = asked_in(version), [row.answer for row in said if not row.is_silent]
    return ConformityPage(
        meeting=meeting,
        participant=person,
        version=version,
        answer=mine.answer if mine else "",
        answered_at=mine.answered_at if mine else None,
        observation=mine.observation if mine else "",
        resolution=mine.resolution if mine else "",
        mine=as_of_today(own, meeting),
        others=others,
        conforming=answers.count(Conformity.Answer.CONFORMS),
        asked=asked,
        waiting=max(asked - len(answers), 0),
        is_silent=is_silent,
    )


def holder_of(key: str) -> Participant | None:
    """Who was called and has this key; one statement, none for what has not the shape of one."""
    known = as_key(key)
    if known is None:
        return None
    held = Participant.objects.select_related(
        "meeting__mesa__sector", "meeting__document", "person"
    )
    return held.filter(conformity_key=known, removed_at__isnull=True).first()


def as_key(typed: str) -> UUID | None:
    """None when it has not the shape of a key."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def own_and_others(
    version: MinutesVersion | None, person: Participant
) -> tuple[tuple[OwnAgreement, ...], tuple[OwnAgreement, ...]]:
    """The agreements of a text, those in this person's name first."""
    content: Content = version.content if version else {"agenda": ()}
    rows = [own_agreement(row) for item in content["agenda"] for row in item["agreements"]]
    names = {person.full_name.casefold(), person.substitute_name.casefold()} - {""}
    mine = tuple(row for row in rows if row.responsible.casefold() in names)
    return mine, tuple(row for row in rows if row not in mine)


def asked_in(version: MinutesVersion | None) -> int:
    """How many people a text asks: whoever came."""
    people = version.content["participants"] if version else ()
    return sum(person["attendance"] in CAME for person in people)


def as_of_today(rows: tuple[OwnAgreement, ...], meeting: Meeting) -> tuple[OwnAgreement, ...]:
    """The agreements of a text as they stand now; one statement, none without rows."""
    if not rows:
        return ()
    known = meeting.agreements.filter(number__in=[row.own_number for row in rows])
    now = {(one.number, one.text): one for one in known}
    return tuple(stands(row, now.get((row.own_number, row.text))) for row in rows)


def stands(row: OwnAgreement, now: Agreement | None) -> OwnAgreement:
    return replace(row, state=now.state, due_on=now.due_on) if now else row


def own_agreement(row: Content) -> OwnAgreement:
    return OwnAgreement(
        number=row["number"],
        text=row["text"],
        responsible=row["responsible"],
        institution=row["institution"],
        due_on=date.fromisoformat(row["due_on"]),
        goal=row["goal"],
    )
