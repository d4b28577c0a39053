"""The page that calls a meeting: what is proposed, or what was typed, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

from django.http import QueryDict

from sigpret.apps.mesas.actions.preparation import Preparation
from sigpret.apps.mesas.convening_agenda import Kept, ShownTopic, topics_of
from sigpret.apps.mesas.convening_people import Group, emails, groups_of, guests_of
from sigpret.apps.mesas.convocation_calendar import CalendarMonth, months_of
from sigpret.apps.mesas.convocation_form import (
    ConvocationForm,
    chosen_day,
    moment,
    preparation_of,
    topic_to_keep,
)
from sigpret.apps.mesas.meeting_words import day_words, hours_words
from sigpret.apps.mesas.queries import Mesa
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic
from sigpret.apps.mesas.queries.convening import (
    Anticipation,
    ConvenedMeeting,
    anticipation,
    busy_days,
    next_number,
    permanent_themes,
)
from sigpret.apps.mesas.queries.groups import CallableGroup, callable_groups
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
class ConvenePage:
    """Everything the page shows. `meeting` is what was written down before; `day` what is chosen
    now, with its notice; `has_other_group`, that another group was picked than the one whose people
    and agenda the form had."""

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
    group: CallableGroup | None = None
    has_other_group: bool = False

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
        """The permanent themes no topic treats, by name; of a group nobody asks them."""
        if self.group:
            return ()
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
    group_id: int | None = None,
) -> ConvenePage:
    """The page as proposed (nothing written or typed), as written down, or as typed.

    `source` is the meeting another one starts from: its place and hours, and its own topics;
    `group_id`, the working group somebody wants to call.
    """
    groups = callable_groups(mesa, or_id=meeting.group_id if meeting else None)
    initial = initial_of(meeting, source)
    if group_id and (meeting is None or meeting.is_prepared):
        initial["group"] = group_id
    form = ConvocationForm(typed, initial=initial, groups=groups)
    form.is_valid()
    group = group_of(form, groups)
    has_other_group = picked_another(typed, meeting, group)
    level = level_of(typed, meeting)
    day, starts, ends = when_of(form, meeting, source)
    rule = anticipation(today)
    kept = Kept(meeting, source, group)
    topics = topics_of(mesa, kept, typed, today, has_other_group=has_other_group)
    written_keys = {shown.topic.key for shown in topics}
    called = invitees(mesa, level, on=today, group_id=group.id if group else None)
    guests, guest_error = guests_of(meeting, typed)
    everybody = (*called, *(guest for guest in guests if guest.email not in emails(called)))
    written = None if has_other_group else meeting
    institutions, others = groups_of(everybody, written, typed, policy_on(today).delegates_limit)
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
        group=group,
        has_other_group=has_other_group,
    )


def picked_another(
    typed: QueryDict | None, meeting: ConvenedMeeting | None, group: CallableGroup | None
) -> bool:
    """Was another group picked than the one whose people and topics the page or the draft has?"""
    if typed is not None:
        return typed.get("group", "") != typed.get("of_group", "")
    return meeting is not None and meeting.group_id != (group.id if group else None)


def group_of(form: ConvocationForm, groups: Iterable[CallableGroup]) -> CallableGroup | None:
    """The group that will meet, as picked or as it was written down; None for the whole mesa."""
    asked = str(form["group"].value() or "")
    return next((group for group in groups if str(group.id) == asked), None)


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
        "group": meeting.group_id,
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
