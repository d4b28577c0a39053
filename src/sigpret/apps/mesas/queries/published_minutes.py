"""Minutes as citizens read them: institutions and posts, the names the minutes know, telephones and
addresses taken out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F

from sigpret.apps.mesas.models import (
    Accreditation,
    Agreement,
    Designation,
    Meeting,
    Mesa,
    MinutesVersion,
    Participant,
)
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.hiding import Hiding
from sigpret.apps.mesas.queries.minutes_content import (
    CAME,
    code_of,
    minutes_content,
    parts_of,
)
from sigpret.apps.mesas.queries.minutes_paper import CODE_LENGTH, session_words, was_held

Content = Mapping[str, Any]
LAST_TEXT = F("meeting__text_version")
HEXADECIMAL = re.compile(rf"[0-9a-f]{{{CODE_LENGTH},64}}")


@dataclass(frozen=True, slots=True)
class PublicAgreement:
    """What was agreed; `post` is the responsible's, `state` how it stands today."""

    number: str
    text: str
    result: str
    institution: str
    post: str
    due_on: date
    state: str
    is_overdue: bool
    goal: str


@dataclass(frozen=True, slots=True)
class PublicTopic:
    position: int
    title: str
    notes: str
    themes: tuple[str, ...]
    agreements: tuple[PublicAgreement, ...]


@dataclass(frozen=True, slots=True)
class PublicMinutes:
    """One document. Reserved: its ground and nothing of its text."""

    mesa: str
    slug: str
    code: str
    session: str
    place: str
    group: str
    level: str
    institutions: tuple[str, ...]
    topics: tuple[PublicTopic, ...]
    opening: str
    closing: str
    digest: str
    distributed_at: datetime | None
    legal_ground: str
    is_reserved: bool
    was_held: bool

    @property
    def agreements(self) -> int:
        return sum(len(topic.agreements) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One line of the list of a mesa."""

    code: str
    held_on: datetime | None
    distributed_at: datetime | None
    level: str
    agreements: int
    is_reserved: bool


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """The facts a copy is compared with: the digest of its text and of its file.

    `final_digest` differs from `digest` when the text is an earlier version, that another one
    replaced before the minutes went out: people agreed with it, and it has no effect.
    """

    mesa: str
    slug: str
    code: str
    session: str
    version: int
    digest: str
    file_digest: str
    file_size: int
    distributed_at: datetime | None
    is_reserved: bool
    final_digest: str

    @property
    def is_replaced(self) -> bool:
        return self.digest != self.final_digest


def published(mesa: Mesa) -> tuple[PublishedLine, ...]:
    """The distributed minutes of a mesa, newest first; one statement."""
    rows = mesa.meetings.filter(state=MeetingState.DISTRIBUTED).order_by("-started_at")
    return tuple(
        PublishedLine(
            code=code_of(row),
            held_on=row.started_at,
            distributed_at=row.distributed_at,
            level=row.get_level_display(),
            agreements=row.taken,
            is_reserved=row.is_reserved,
        )
        for row in rows.annotate(taken=Count("agreements"))
    )


def public_minutes(mesa: Mesa, number: int, year: int, *, today: date) -> PublicMinutes | None:
    """One distributed text without personal data; None when there is none. Four statements."""
    meeting = mesa.meetings.filter(
        state=MeetingState.DISTRIBUTED, minutes_number=number, minutes_year=year
    ).first()
    if meeting is None:
        return None
    version = meeting.versions.filter(number=meeting.text_version).first()
    return public_text(mesa, meeting, version.content if version else EMPTY, today)


def previewed(mesa: Mesa, number: int, *, today: date) -> PublicMinutes | None:
    """What citizens will read once a text that is still being written goes out; None when there
    is no session yet. Seven statements."""
    meeting = mesa.meetings.filter(number=number, started_at__isnull=False).first()
    if meeting is None:
        return None
    meeting.mesa = mesa
    return public_text(mesa, meeting, minutes_content(meeting, parts_of(meeting)), today)


def public_text(mesa: Mesa, meeting: Meeting, whole: Content, today: date) -> PublicMinutes:
    content = EMPTY if meeting.is_reserved else whole
    today_of = meeting.agreements.values_list("number", "state", "due_on")
    states = {number: (state, due_on) for number, state, due_on in today_of}
    hide = Hiding(whole, people_of(mesa))
    return PublicMinutes(
        mesa=mesa.sector.name,
        slug=mesa.sector.slug,
        code=code_of(meeting),
        session=session_words(whole) if whole is not EMPTY else "",
        place=hide(content["place"]),
        group=hide(content.get("group", "")),
        level=meeting.get_level_display(),
        institutions=tuple(sorted(institutions_of(content))),
        topics=tuple(topics_of(content, states, today, hide)),
        opening=hide(content["opening"]),
        closing=hide(content["closing"]),
        digest=meeting.document_digest,
        distributed_at=meeting.distributed_at,
        legal_ground=hide(meeting.legal_ground),
        is_reserved=meeting.is_reserved,
        was_held=whole is EMPTY or was_held(whole),
    )


def people_of(mesa: Mesa) -> Iterator[tuple[str, str]]:
    """Everybody who is or was accredited or designated in a mesa, or called to it, with the post
    or the institution read instead; one statement."""
    accredited = Accreditation.objects.filter(mesa=mesa).order_by()
    designated = Designation.objects.filter(mesa=mesa).order_by()
    called = Participant.objects.filter(meeting__mesa=mesa).order_by()
    found = accredited.values_list("full_name", "position").union(
        designated.values_list("person__full_name", "person__position"),
        called.values_list("full_name", "position"),
    )
    yield from found


EMPTY: Content = {"participants": (), "agenda": (), "place": "", "opening": "", "closing": ""}


def institutions_of(content: Content) -> set[str]:
    came = (person for person in content["participants"] if person["attendance"] in CAME)
    return {person["institution"] for person in came if person["institution"]}


def topics_of(
    content: Content,
    states: Mapping[int, tuple[str, date]],
    today: date,
    hide: Hiding,
) -> Iterator[PublicTopic]:
    for item in content["agenda"]:
        yield PublicTopic(
            position=item["position"],
            title=hide(item["title"]),
            notes=hide(item["notes"]),
            themes=tuple(item["themes"]),
            agreements=tuple(
                public_agreement(row, states, today, hide) for row in item["agreements"]
            ),
        )


def public_agreement(
    row: Content,
    states: Mapping[int, tuple[str, date]],
    today: date,
    hide: Hiding,
) -> PublicAgreement:
    number = int(row["number"].rpartition(".")[2])
    agreed = (Agreement.State.PENDING, date.fromisoformat(row["due_on"]))
    state, until = states.get(number, agreed)
    is_open = state in (Agreement.State.PENDING, Agreement.State.IN_PROGRESS)
    return PublicAgreement(
        number=row["number"],
        text=hide(row["text"]),
        result=hide(row["expected_result"]),
        institution=row["institution"],
        post=hide(row["position"]),
        due_on=until,
        state=str(Agreement.State(state).label),
        is_overdue=is_open and until < today,
        goal=row["goal"],
    )


def verified_document(code: str) -> VerifiedDocument | None:
    """The distributed minutes whose text has a digest that begins so (16 characters or more), in
    its last version or an earlier one; or whose file has that digest. None when there are none.
    Two statements."""
    typed = code.strip().casefold().replace("-", "").replace(" ", "")
    if not HEXADECIMAL.fullmatch(typed):
        return None
    texts = MinutesVersion.objects.filter(meeting__state=MeetingState.DISTRIBUTED)
    texts = texts.select_related("meeting__mesa__sector", "meeting__document")
    # The same words twice are the last time they were said.
    found = texts.filter(digest__startswith=typed).order_by("-number").first()
    found = found or texts.filter(meeting__document__sha256=typed, number=LAST_TEXT).first()
    return verified_text(found) if found else None


def verified_text(version: MinutesVersion) -> VerifiedDocument:
    meeting = version.meeting
    is_final = version.digest == meeting.document_digest
    stored = meeting.document if is_final else None
    return VerifiedDocument(
        mesa=meeting.mesa.sector.name,
        slug=meeting.mesa.sector.slug,
        code=code_of(meeting),
        session=session_words(version.content),
        version=version.number,
        digest=version.digest,
        file_digest=stored.sha256 if stored else "",
        file_size=stored.size if stored else 0,
        distributed_at=meeting.distributed_at,
        is_reserved=meeting.is_reserved,
        final_digest=meeting.document_digest,
    )
