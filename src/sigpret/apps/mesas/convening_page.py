"""The page that calls a meeting: what is proposed, or what was typed, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from sigpret.apps.mesas.actions.preparation import Preparation
from sigpret.apps.mesas.convocation_calendar import CalendarMonth, months_of
from sigpret.apps.mesas.convocation_form import (
    ConvocationForm,
    chosen_day,
    moment,
    preparation_of,
    topic_to_keep,
    typed_guest,
    typed_topics,
)
from sigpret.apps.mesas.meeting_words import day_words, hours_words
from sigpret.apps.mesas.queries import Mesa
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic, agenda_proposal
from sigpret.apps.mesas.queries.convening import (
    Anticipation,
    ConvenedMeeting,
    anticipation,
    busy_days,
    next_number,
    permanent_themes,
)
from sigpret.apps.mesas.queries.invitees import Invitee, invitees
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.convocation import Notice, answer_by, missing_themes, reminder_days
from sigpret.web.dates import MONTHS, TEGUCIGALPA, day_of

NINE, HALF_PAST_TEN = time(9, 0), time(10, 30)
#: Rows for topics of one's own that the page always has, written or not.
OWN_ROWS = ("own-1", "own-2", "own-3")


@dataclass(frozen=True, slots=True)
class Theme:
    id: int
    name: str
    is_permanent: bool


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A line of the agenda; `number` counts those included."""

    topic: ProposedTopic
    is_on: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """People ticked together: an institution's members, or one person."""

    key: str
    label: str
    detail: str
    people: tuple[Invitee, ...]
    is_on: bool
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class ConvenePage:
    """Everything the page shows. `meeting` is what was written down before; `day` what is chosen
    now, with its notice."""

    mesa: Mesa
    form: ConvocationForm
    meeting: ConvenedMeeting | None
    number: int
    rule: Anticipation
    months: tuple[CalendarMonth, ...]
    topics: tuple[ShownTopic, ...]
    own_rows: tuple[str, ...]
    themes: tuple[Theme, ...]
    institutions: tuple[Group, ...]
    others: tuple[Group, ...]
    limit: int
    day: date | None
    starts: time
    ends: time
    guest_error: str = ""

    @property
    def is_change(self) -> bool:
        return self.meeting is not None and not self.meeting.is_prepared

    @property
    def notice(self) -> Notice | None:
        return self.rule.of(self.day) if self.day else None

    @property
    def included(self) -> tuple[ProposedTopic, ...]:
        return tuple(shown.topic for shown in self.topics if shown.is_on)

    @property
    def minutes(self) -> int:
        return sum(topic.minutes for topic in self.included)

    @property
    def people(self) -> tuple[Invitee, ...]:
        """Who will be called, each once."""
        return tuple(
            person
            for group in (*self.institutions, *self.others)
            if group.is_on
            for person in group.people
        )

    @property
    def accredited_count(self) -> int:
        return sum(len(group.people) for group in self.institutions if group.is_on)

    @property
    def others_count(self) -> int:
        return len(self.people) - self.accredited_count

    @property
    def account_count(self) -> int:
        return sum(person.person_id is not None for person in self.people)

    @property
    def over_limit(self) -> tuple[Group, ...]:
        return tuple(group for group in self.institutions if group.is_over)

    @property
    def missing_themes(self) -> tuple[str, ...]:
        """The permanent themes no topic treats, by name."""
        treated = {theme for topic in self.included for theme in topic.theme_ids}
        names = {theme.id: theme.name for theme in self.themes}
        permanent = [str(theme.id) for theme in self.themes if theme.is_permanent]
        left = missing_themes(permanent, {str(theme) for theme in treated})
        return tuple(names[int(theme)] for theme in left)

    @property
    def day_words(self) -> str:
        return day_words(moment(self.day, self.starts)) if self.day else ""

    @property
    def hours_words(self) -> str:
        return hours_words(self.starts_at, self.ends_at)

    @property
    def starts_at(self) -> datetime:
        return moment(self.day or self.rule.first, self.starts)

    @property
    def ends_at(self) -> datetime:
        return moment(self.day or self.rule.first, self.ends)

    @property
    def answer_by(self) -> date | None:
        return answer_by(self.day, self.rule.today) if self.day else None

    @property
    def reminders(self) -> tuple[date | None, date | None]:
        return reminder_days(self.day, self.rule.today) if self.day else (None, None)

    @property
    def others_than_first(self) -> int:
        return max(len(self.people) - 1, 0)

    @property
    def month_short(self) -> str:
        return MONTHS[self.day.month - 1][:3] if self.day else ""

    @property
    def place_words(self) -> str:
        """The place and the link as they are in the fields now."""
        fields = (self.form["place"].value(), self.form["link"].value())
        return " · ".join(str(field) for field in fields if field)

    @property
    def papers_size(self) -> int:
        return sum(paper.size for paper in self.meeting.papers) if self.meeting else 0

    def preparation(self) -> Preparation:
        """What will be written down. Call it with a valid form."""
        themes = frozenset(theme.id for theme in self.themes)
        topics = tuple(topic_to_keep(topic, themes) for topic in self.included)
        return preparation_of(self.form, topics, self.people)


def convene_page(
    mesa: Mesa,
    *,
    meeting: ConvenedMeeting | None,
    source: ConvenedMeeting | None,
    typed: QueryDict | None,
    today: date,
) -> ConvenePage:
    """The page as proposed (nothing written or typed), as written down, or as typed.

    `source` is the meeting another one starts from: its place and hours, and its own topics.
    """
    form = ConvocationForm(typed, initial=initial_of(meeting, source))
    form.is_valid()
    level = level_of(typed, meeting)
    day, starts, ends = when_of(form, meeting, source)
    rule = anticipation(today)
    topics = topics_of(mesa, meeting, source, typed, today)
    written_keys = {shown.topic.key for shown in topics}
    called = invitees(mesa, level, on=today)
    guests, guest_error = guests_of(meeting, typed)
    everybody = (*called, *(guest for guest in guests if guest.email not in emails(called)))
    institutions, others = groups_of(everybody, meeting, typed, policy_on(today).delegates_limit)
    return ConvenePage(
        mesa=mesa,
        form=form,
        meeting=meeting,
        number=(meeting.number if meeting else None) or next_number(mesa),
        rule=rule,
        months=months_of(
            rule, chosen=day, busy=busy_days(mesa, [one.email for one in called], today=today)
        ),
        topics=topics,
        own_rows=tuple(key for key in OWN_ROWS if f"new-{key}" not in written_keys),
        themes=tuple(Theme(one.pk, one.name, one.is_permanent) for one in permanent_themes()),
        institutions=institutions,
        others=others,
        limit=policy_on(today).delegates_limit,
        day=day,
        starts=starts,
        ends=ends,
        guest_error=guest_error,
    )


def emails(people: Iterable[Invitee]) -> frozenset[str]:
    return frozenset(person.email for person in people)


def level_of(typed: QueryDict | None, meeting: ConvenedMeeting | None) -> str:
    level = typed.get("level", "") if typed else ""
    if level in ("technical", "political"):
        return level
    return meeting.level if meeting else "technical"


def initial_of(
    meeting: ConvenedMeeting | None, source: ConvenedMeeting | None
) -> dict[str, object]:
    """What the fields start with: the meeting itself, or the place and hours of the one before."""
    base = meeting or source
    if base is None:
        words: dict[str, object] = {"level": "technical", "kind": "ordinary", "mode": "in_person"}
        return {**words, "uid": uuid4(), "starts": NINE, "ends": HALF_PAST_TEN}
    starts, ends = (at.astimezone(TEGUCIGALPA).time() for at in (base.starts_at, base.ends_at))
    values = {
        "level": base.level,
        "mode": base.mode,
        "place": base.place,
        "link": base.link,
        "starts": starts,
        "ends": ends,
    }
    if meeting is None:
        return {**values, "kind": "ordinary", "uid": uuid4()}
    return {
        **values,
        "kind": meeting.kind,
        "uid": meeting.uid,
        "version": meeting.version,
        "day": day_of(meeting.starts_at),
        "early_reason": meeting.early_reason,
    }


def when_of(
    form: ConvocationForm, meeting: ConvenedMeeting | None, source: ConvenedMeeting | None
) -> tuple[date | None, time, time]:
    """The day and the hours that hold now, whatever else is wrong in the form."""
    initial = form.initial
    data = getattr(form, "cleaned_data", {}) if form.is_bound else {}
    day = chosen_day(data) if form.is_bound else initial.get("day")
    starts = data.get("starts") or initial.get("starts") or NINE
    ends = data.get("ends") or initial.get("ends") or HALF_PAST_TEN
    return day, starts, ends


def topics_of(
    mesa: Mesa,
    meeting: ConvenedMeeting | None,
    source: ConvenedMeeting | None,
    typed: QueryDict | None,
    today: date,
) -> tuple[ShownTopic, ...]:
    """The agenda as it stands, and below it what else is proposed."""
    kept = meeting.topics if meeting else own_topics(source)
    known = {same_as(topic) for topic in kept}
    proposed = tuple(
        topic for topic in agenda_proposal(mesa, on=today) if same_as(topic) not in known
    )
    if typed is not None:
        offered = {topic.key: topic for topic in (*kept, *proposed)}
        return numbered(typed_topics(typed, offered))
    fresh = [(topic, topic.is_included and not meeting) for topic in proposed]
    return numbered([*((topic, True) for topic in kept), *fresh])


def same_as(topic: ProposedTopic) -> tuple[object, ...]:
    """Two topics are one when they come from the same thing, whatever they are called today."""
    return topic.origin, topic.goal_id, topic.title if topic.origin == "own" else ""


def own_topics(source: ConvenedMeeting | None) -> tuple[ProposedTopic, ...]:
    """What somebody wrote in the agenda of the meeting another one starts from."""
    return tuple(topic for topic in source.topics if topic.origin == "own") if source else ()


def numbered(topics: Iterable[tuple[ProposedTopic, bool]]) -> tuple[ShownTopic, ...]:
    shown, number = [], 0
    for topic, is_on in topics:
        number += is_on
        shown.append(ShownTopic(topic, is_on, number if is_on else None))
    return tuple(shown)


def guests_of(
    meeting: ConvenedMeeting | None, typed: QueryDict | None
) -> tuple[tuple[Invitee, ...], str]:
    """Those invited by name, with the one being typed; and what is wrong with it."""
    known = meeting.guests if meeting else ()
    if typed is None:
        return known, ""
    try:
        guest = typed_guest(typed)
    except ValidationError:
        return known, _("Escriba un correo completo, como ana.lagos@salud.gob.hn.")
    return (*known, *((guest,) if guest else ())), ""


def groups_of(
    people: Iterable[Invitee], meeting: ConvenedMeeting | None, typed: QueryDict | None, limit: int
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The institutions with their members, and everybody else one by one."""
    grouped: dict[str, list[Invitee]] = {}
    for person in people:
        grouped.setdefault(person.group, []).append(person)
    groups = [group_of(key, found, meeting, typed, limit) for key, found in grouped.items()]
    return (
        tuple(group for group in groups if group.key.startswith("i")),
        tuple(group for group in groups if not group.key.startswith("i")),
    )


def group_of(
    key: str,
    people: list[Invitee],
    meeting: ConvenedMeeting | None,
    typed: QueryDict | None,
    limit: int,
) -> Group:
    first, is_institution = people[0], key.startswith("i")
    return Group(
        key=key,
        label=first.institution_label if is_institution else first.full_name,
        detail=first.institution_name if is_institution else first.position,
        people=tuple(people),
        is_on=is_called(key, people, meeting, typed),
        is_over=is_institution and len(people) > limit,
    )


def is_called(
    key: str, people: list[Invitee], meeting: ConvenedMeeting | None, typed: QueryDict | None
) -> bool:
    """As ticked; else as it was written down; a new page calls everybody. Whoever is being
    invited right now is called."""
    if typed is not None:
        return key in typed.getlist("called") or key not in typed.getlist("shown")
    return meeting is None or any(person.email.casefold() in meeting.emails for person in people)
