"""A meeting in words: its name, its hour, its place. The same in mail, calendars and screens."""

from datetime import datetime

from django.utils.translation import gettext as _

from sigpret.apps.mesas.models import Meeting
from sigpret.web.dates import MONTHS, WEEKDAYS, clock_time, local
from sigpret.web.formats import NBSP


def title_of(meeting: Meeting) -> str:
    """`Mesa de Salud n.º 8`, and what it is when it is not the ordinary thing."""
    words = {"name": meeting.mesa.sector.name, "n": meeting.number or "…"}
    if meeting.group is not None:
        return _("Grupo «%(group)s», mesa de %(name)s n.º %(n)s") % {
            **words,
            "group": meeting.group.name,
        }
    if meeting.kind == Meeting.Kind.EXTRAORDINARY:
        return _("Mesa de %(name)s n.º %(n)s, extraordinaria") % words
    return _("Mesa de %(name)s n.º %(n)s") % words


def who_meets(meeting: Meeting) -> str:
    """`la mesa sectorial de Salud`, or the group of it that meets."""
    words = {"mesa": meeting.mesa.sector.name}
    if meeting.group is not None:
        words["group"] = meeting.group.name
        return _("el grupo de trabajo «%(group)s» de la mesa de %(mesa)s") % words
    return _("la mesa sectorial de %(mesa)s") % words


def of_whom(meeting: Meeting) -> str:
    """`de la mesa sectorial de Salud`, `del grupo de trabajo «Cadena de frío» de la mesa…`."""
    who = who_meets(meeting)
    return f"d{who}" if meeting.group is not None else f"de {who}"


def day_words(moment: datetime) -> str:
    """`jueves 29 de octubre`."""
    here = local(moment)
    return f"{WEEKDAYS[here.weekday()]} {here.day} de {MONTHS[here.month - 1]}"


def hours_words(starts_at: datetime, ends_at: datetime) -> str:
    """`9:00 a 10:30 a. m.`; both halves of the day when they differ."""
    first, last = clock_time(starts_at), clock_time(ends_at)
    same_half = first.split(NBSP)[1:] == last.split(NBSP)[1:]
    return _("%(first)s a %(last)s") % {
        "first": first.split(NBSP)[0] if same_half else first,
        "last": last,
    }


def when_line(meeting: Meeting) -> str:
    """`Jueves 29 de octubre, 9:00 a 10:30 a. m.`"""
    day = day_words(meeting.starts_at)
    return f"{day[0].upper()}{day[1:]}, {hours_words(meeting.starts_at, meeting.ends_at)}"


def place_line(meeting: Meeting) -> str:
    """The room, the link, or both."""
    return " · ".join(part for part in (meeting.place, meeting.link) if part)
