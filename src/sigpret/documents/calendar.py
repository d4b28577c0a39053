"""Calendar files that other calendars open: an invitation, its change, its cancelling, a feed.

A calendar recognises the same event by its UID and believes the highest SEQUENCE. METHOD goes in
the file and must be repeated in the mail part: `text/calendar; method=REQUEST; charset=utf-8`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

TEGUCIGALPA = ZoneInfo("America/Tegucigalpa")
PRODUCT = "-//SIGPRET//Calendario//ES"
OFFSET = timedelta(hours=-6)
#: How often a calendar that follows the feed should ask again.
REFRESH = timedelta(hours=6)


class Method(StrEnum):
    """What the file asks of the calendar that opens it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person with a mailbox."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something with a day. `starts` a date: all of it; a datetime: aware, shown at Tegucigalpa.

    `uid` names it for ever (`plazo-2026-Q3-0801@sigpret.gob.hn`); `sequence` grows by one with
    every change; `written_at` is when this wording was made. `ends` None: the same day, or half
    an hour later. `remind_before` are the alarms the calendar may ring.
    """

    uid: str
    sequence: int
    starts: date | datetime
    summary: str
    written_at: datetime
    ends: date | datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    remind_before: tuple[timedelta, ...] = ()
    is_cancelled: bool = False

    @property
    def method(self) -> Method:
        """What an invitation to it asks for: also the `method` of the mail part."""
        return Method.CANCEL if self.is_cancelled else Method.REQUEST


def event(item: CalendarEvent) -> bytes:
    """The `.ics` of one event: an invitation or change (REQUEST), or its end (CANCEL)."""
    return _calendar((item,), item.method, name="")


def feed(name: str, items: Iterable[CalendarEvent]) -> bytes:
    """A calendar to subscribe to (PUBLISH); cancelled events stay, marked so."""
    return _calendar(items, Method.PUBLISH, name=name)


def _calendar(items: Iterable[CalendarEvent], method: Method, *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", str(method))
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", TEGUCIGALPA.key)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for item in items:
        calendar.add_component(_component(item))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Honduras keeps one offset all year; written out for calendars that know no zone names."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", TEGUCIGALPA.key)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - the zone's own clock
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _component(item: CalendarEvent) -> Event:
    made = Event()
    made.add("uid", item.uid)
    made.add("sequence", item.sequence)
    made.add("dtstamp", item.written_at.astimezone(UTC))
    made.add("dtstart", _here(item.starts))
    made.add("dtend", _here(item.ends or _natural_end(item.starts)))
    made.add("summary", item.summary)
    made.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    made.add("transp", "OPAQUE" if isinstance(item.starts, datetime) else "TRANSPARENT")
    for field in ("description", "location", "url"):
        if text := getattr(item, field):
            made.add(field, text)
    _add_people(made, item)
    for before in () if item.is_cancelled else item.remind_before:
        made.add_component(_alarm(item.summary, before))
    return made


def _here(moment: date | datetime) -> date | datetime:
    return moment.astimezone(TEGUCIGALPA) if isinstance(moment, datetime) else moment


def _natural_end(starts: date | datetime) -> date | datetime:
    is_instant = isinstance(starts, datetime)
    return starts + (timedelta(minutes=30) if is_instant else timedelta(days=1))


def _add_people(made: Event, item: CalendarEvent) -> None:
    if item.organizer:
        made.add("organizer", _address(item.organizer))
    for attendee in item.attendees:
        address = _address(attendee)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
        made.add("attendee", address, encode=False)


def _address(person: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    return address


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -before)
    return alarm
