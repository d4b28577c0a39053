"""The agenda the page that calls a meeting shows: as it stands, as proposed, as typed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from sigpret.apps.mesas.convocation_form import typed_topics
from sigpret.apps.mesas.queries import Mesa
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic, agenda_proposal
from sigpret.apps.mesas.queries.convening import ConvenedMeeting
from sigpret.apps.mesas.queries.groups import CallableGroup
from sigpret.web.dates import deadline_words

#: Minutes a group takes over what it must deliver.
GROUP_MINUTES = 30


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A line of the agenda; `number` counts those included."""

    topic: ProposedTopic
    is_on: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the agenda starts from: the meeting as it was written down, or the own topics of the
    one before; and the group that will meet."""

    meeting: ConvenedMeeting | None
    source: ConvenedMeeting | None
    group: CallableGroup | None

    @property
    def topics(self) -> tuple[ProposedTopic, ...]:
        return self.meeting.topics if self.meeting else own_topics(self.source)


def topics_of(
    mesa: Mesa, kept: Kept, typed: QueryDict | None, today: date, *, has_other_group: bool
) -> tuple[ShownTopic, ...]:
    """The agenda as it stands, and below it what else is proposed. When another group was picked
    than the one the form had, it is proposed again beside the topics somebody wrote."""
    known = {same_as(topic) for topic in kept.topics}
    proposed = proposal_for(mesa, kept.group, today)
    fresh = [
        (topic, topic.is_included and (has_other_group or not kept.meeting))
        for topic in proposed
        if same_as(topic) not in known
    ]
    as_written = [*stays(kept, proposed, has_other_group=has_other_group), *fresh]
    if typed is None:
        return numbered(as_written)
    offered = {topic.key: topic for topic, _is_on in as_written}
    written = typed_topics(typed, offered)
    if not has_other_group:
        return numbered(written)
    own = [(topic, is_on) for topic, is_on in written if topic.key.startswith("new-")]
    return numbered([*own, *as_written])


def stays(
    kept: Kept, proposed: Iterable[ProposedTopic], *, has_other_group: bool
) -> list[tuple[ProposedTopic, bool]]:
    """The topics written down. For another group, those that came from the figures are ticked
    only if they are proposed to it too."""
    wanted = {same_as(one) for one in proposed if one.is_included}
    return [
        (topic, not has_other_group or topic.origin == "own" or same_as(topic) in wanted)
        for topic in kept.topics
    ]


def proposal_for(mesa: Mesa, group: CallableGroup | None, today: date) -> tuple[ProposedTopic, ...]:
    """What the mesa should talk about; to a group, first what it must deliver, and the rest only
    as an offer."""
    whole = agenda_proposal(mesa, on=today)
    if group is None:
        return whole
    return (group_topic(group), *(replace(topic, is_included=False) for topic in whole))


def group_topic(group: CallableGroup) -> ProposedTopic:
    reason = _("El grupo «%(name)s» lo entrega a más tardar el %(day)s")
    return ProposedTopic(
        key=f"group-{group.id}",
        title=group.deliverable,
        reason=reason % {"name": group.name, "day": deadline_words(group.due_on)},
        minutes=GROUP_MINUTES,
        is_included=True,
        origin="own",
    )


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
