"""What the page that calls a meeting is made of: its draft, the days, who is busy elsewhere."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models import Attachment, Meeting, Mesa, Participant
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic
from sigpret.apps.mesas.queries.invitees import Invitee
from sigpret.apps.mesas.workflow import AWAITED
from sigpret.apps.reference.queries import holidays_between, policy_on
from sigpret.methodology.mesas.convocation import Notice, first_day, notice_of
from sigpret.web.dates import day_of

#: How far ahead the calendar of the page looks.
AHEAD = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a meeting. `size` in bytes."""

    id: int
    name: str
    size: int
    is_agenda: bool


@dataclass(frozen=True, slots=True)
class ConvenedMeeting:
    """A meeting as it was written down, to be written again."""

    id: int
    number: int | None
    state: str
    version: int
    uid: UUID
    level: str
    kind: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    early_reason: str
    topics: tuple[ProposedTopic, ...]
    emails: frozenset[str]
    guests: tuple[Invitee, ...]
    papers: tuple[Paper, ...]
    group_id: int | None = None

    @property
    def is_prepared(self) -> bool:
        return self.state == MeetingState.PREPARED

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED


def draft_of(mesa: Mesa) -> ConvenedMeeting | None:
    """The meeting of a mesa in preparation, the last one written; None when there is none."""
    rows = Meeting.objects.filter(mesa=mesa, state=MeetingState.PREPARED)
    found = rows.order_by("-prepared_at", "-pk").first()
    return written(found) if found else None


def convened_meeting(mesa: Mesa, number: int) -> ConvenedMeeting | None:
    """A meeting of a mesa by its number; None when there is none."""
    found = Meeting.objects.filter(mesa=mesa, number=number).first()
    return written(found) if found else None


def written(meeting: Meeting) -> ConvenedMeeting:
    people = list(
        meeting.participants.filter(removed_at=None).select_related("institution").order_by("pk")
    )
    papers = meeting.attachments.select_related("file").order_by("-is_agenda", "id")
    return ConvenedMeeting(
        id=meeting.pk,
        number=meeting.number,
        state=meeting.state,
        version=meeting.version,
        uid=meeting.uid,
        level=meeting.level,
        kind=meeting.kind,
        mode=meeting.mode,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        link=meeting.link,
        early_reason=meeting.early_reason,
        topics=topics_of(meeting),
        emails=frozenset(person.email.casefold() for person in people),
        guests=tuple(
            guest_of(person) for person in people if person.standing == Participant.Standing.GUEST
        ),
        papers=tuple(paper_of(paper) for paper in papers),
        group_id=meeting.group_id,
    )


def topics_of(meeting: Meeting) -> tuple[ProposedTopic, ...]:
    items = meeting.agenda.prefetch_related("themes").order_by("position")
    return tuple(
        ProposedTopic(
            key=f"item-{item.pk}",
            title=item.title,
            reason=item.reason,
            minutes=item.minutes,
            is_included=True,
            origin=item.origin,
            presenter=item.presenter,
            goal_id=item.goal_id,
            theme_ids=tuple(theme.pk for theme in item.themes.all()),
        )
        for item in items
    )


def guest_of(person: Participant) -> Invitee:
    return Invitee(
        group=f"g{person.pk}",
        standing=person.standing,
        full_name=person.full_name,
        position=person.position,
        email=person.email,
        institution_name=person.institution_name,
        institution_label=person.institution_name,
    )


def paper_of(paper: Attachment) -> Paper:
    return Paper(paper.pk, paper.name, paper.file.size, paper.is_agenda)


def next_number(mesa: Mesa) -> int:
    """The number the next meeting of a mesa will take."""
    last = Meeting.objects.filter(mesa=mesa).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


@dataclass(frozen=True, slots=True)
class Anticipation:
    """How the rule of the five days stands on a day; `holidays` by date."""

    today: date
    first: date
    needed: int
    kind: str
    holidays: dict[date, str]

    def of(self, day: date) -> Notice:
        """The notice a meeting of that day would have if people were called today."""
        policy = policy_on(self.today)
        return notice_of(
            self.today,
            day,
            needed=self.needed,
            kind=policy.convocation_day_kind,
            holidays=frozenset(self.holidays),
        )


def anticipation(today: date) -> Anticipation:
    """The rule as the policy of the day says it; one statement."""
    policy = policy_on(today)
    holidays = {day.date: day.name for day in holidays_between(today, today + AHEAD)}
    first = first_day(
        today,
        needed=policy.convocation_days,
        kind=policy.convocation_day_kind,
        holidays=frozenset(holidays),
    )
    return Anticipation(
        today, first, policy.convocation_days, policy.convocation_day_kind.value, holidays
    )


def busy_days(mesa: Mesa, emails: Collection[str], *, today: date) -> Counter[date]:
    """How many of these people have another mesa on each coming day; one statement."""
    rows = Participant.objects.filter(
        email__in=emails,
        removed_at=None,
        meeting__state__in=AWAITED,
        meeting__starts_at__date__range=(today, today + AHEAD),
    ).exclude(meeting__mesa=mesa)
    found = rows.values_list("email", "meeting__starts_at")
    return Counter(day for _email, day in {(email, day_of(at)) for email, at in found})


def permanent_themes() -> tuple[CrossCuttingTheme, ...]:
    """The themes every agenda treats, and then the others; one statement."""
    return tuple(CrossCuttingTheme.objects.order_by("-is_permanent", "name"))


def last_convened(mesa: Mesa, *, with_topics: bool) -> ConvenedMeeting | None:
    """The last meeting of a mesa people were called to, of which another one takes the place and
    the hours; without its topics when the agenda is to be proposed afresh."""
    rows = Meeting.objects.filter(mesa=mesa, number__isnull=False, group=None)
    found = rows.order_by("-number").first()
    if found is None:
        return None
    last = written(found)
    return last if with_topics else replace(last, topics=())
