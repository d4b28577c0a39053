"""What is typed in the page that calls a meeting."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.preparation import Preparation, Topic
from sigpret.apps.mesas.models.meeting import Meeting
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.agenda_proposal import ProposedTopic
from sigpret.apps.mesas.queries.groups import CallableGroup
from sigpret.apps.mesas.queries.invitees import Invitee
from sigpret.web.dates import TEGUCIGALPA

MOST_TOPICS = 20
LONGEST_TOPIC = 240


class ConvocationForm(forms.Form):
    """When, where and how. `day` comes from the calendar, `earlier_day` from who gives a reason."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Nivel"), choices=Level.choices)
    group = forms.TypedChoiceField(
        label=_("Quiénes se reúnen"), coerce=int, required=False, empty_value=None
    )
    kind = forms.ChoiceField(label=_("Sesión"), choices=Meeting.Kind.choices)
    mode = forms.ChoiceField(label=_("Modalidad"), choices=Meeting.Mode.choices)
    day = forms.DateField(label=_("Fecha"), required=False)
    earlier_day = forms.DateField(
        label=_("Otra fecha"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        label=_("Inicia"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Termina"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Lugar"), max_length=200, required=False)
    link = forms.URLField(label=_("Enlace"), max_length=500, required=False, assume_scheme="https")
    early_reason = forms.CharField(
        label=_("Motivo de la fecha anterior"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, groups: Iterable[CallableGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        # A place or a link is needed, and somebody always meets: none of them is «optional».
        for name in ("place", "link", "group"):
            fields[name].is_alternative = True
        field = fields["group"]
        named = [(one.id, _("Grupo «%(name)s»") % {"name": one.name}) for one in groups]
        field.choices = [("", _("Toda la mesa")), *named]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not chosen_day(data) and not {"day", "earlier_day"} & set(self.errors):
            self.add_error("day", _("Elija en el calendario el día de la reunión."))
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("La hora final debe ser posterior a la inicial."))
        return data


def chosen_day(data: dict[str, Any]) -> date | None:
    """The earlier day when somebody asked for one, else that of the calendar."""
    found: date | None = data.get("earlier_day") or data.get("day")
    return found


def preparation_of(
    form: ConvocationForm, topics: tuple[Topic, ...], people: tuple[Invitee, ...]
) -> Preparation:
    """What a valid form says, at the hours of Tegucigalpa."""
    data = form.cleaned_data
    day = chosen_day(data)
    assert day is not None, "a valid form has its day"  # noqa: S101
    reason = data["early_reason"]
    return Preparation(
        level=data["level"],
        kind=data["kind"],
        mode=data["mode"],
        starts_at=moment(day, data["starts"]),
        ends_at=moment(day, data["ends"]),
        place=data["place"],
        link=data["link"],
        early_reason=reason,
        topics=topics,
        people=people,
        group_id=data["group"],
    )


def moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, TEGUCIGALPA)


def typed_topics(
    post: QueryDict, offered: dict[str, ProposedTopic]
) -> tuple[tuple[ProposedTopic, bool], ...]:
    """Each topic of the page in the order it was left in, and whether it is ticked.

    What is proposed keeps its title and its reason; those somebody wrote are theirs.
    """
    keys = dict.fromkeys(post.getlist("topic"))
    found = []
    for key in [*keys][: MOST_TOPICS * 2]:
        topic = offered.get(key) or own_topic(key, post)
        if topic.title:
            found.append((retyped(topic, key, post), f"on-{key}" in post))
    return tuple(found)


def own_topic(key: str, post: QueryDict) -> ProposedTopic:
    return ProposedTopic(
        key=key,
        title=" ".join(post.get(f"title-{key}", "").split())[:LONGEST_TOPIC],
        reason="",
        minutes=15,
        is_included=True,
        origin="own",
    )


def retyped(topic: ProposedTopic, key: str, post: QueryDict) -> ProposedTopic:
    themes = {int(one) for one in post.getlist(f"theme-{key}") if one.isdecimal() and len(one) < 9}
    return ProposedTopic(
        key=topic.key,
        title=topic.title,
        reason=topic.reason,
        minutes=typed_minutes(post.get(f"minutes-{key}", ""), topic.minutes),
        is_included=f"on-{key}" in post,
        origin=topic.origin,
        presenter=post.get(f"presenter-{key}", "").strip()[:200],
        goal_id=topic.goal_id,
        theme_ids=tuple(sorted(themes)),
        status=topic.status,
        icon=topic.icon,
    )


def typed_minutes(text: str, otherwise: int) -> int:
    """Whole minutes between 1 and 480."""
    is_number = text.strip().isdecimal() and len(text.strip()) < 4
    return min(max(int(text), 1), 480) if is_number else otherwise


def topic_to_keep(topic: ProposedTopic, known_themes: frozenset[int]) -> Topic:
    return Topic(
        title=topic.title,
        minutes=topic.minutes,
        presenter=topic.presenter,
        origin=topic.origin,
        goal_id=topic.goal_id,
        reason=topic.reason,
        theme_ids=tuple(theme for theme in topic.theme_ids if theme in known_themes),
    )


def typed_guest(post: QueryDict) -> Invitee | None:
    """Somebody invited by name and address; None when nothing was typed.

    Raises ValidationError when the address is none.
    """
    name = " ".join(post.get("guest_name", "").split())[:200]
    email = post.get("guest_email", "").strip()
    if not name and not email:
        return None
    validate_email(email)
    institution = " ".join(post.get("guest_institution", "").split())[:200]
    return Invitee(
        group=f"g{email}",
        standing="guest",
        full_name=name or email,
        position="",
        email=email,
        institution_name=institution,
        institution_label=institution,
    )
