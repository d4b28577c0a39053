"""Calendar files other calendars can open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from sigpret.documents.calendar import Attendee, CalendarEvent, Method, event, feed

WRITTEN = datetime(2026, 10, 1, 15, 0, tzinfo=UTC)
DEADLINE = CalendarEvent(
    uid="cierre-2026-Q3@sigpret.hn",
    sequence=0,
    starts=datetime(2026, 10, 16, 23, 0, tzinfo=UTC),
    summary="Cierra el III trimestre; envíe su reporte, por favor",
    written_at=WRITTEN,
    organizer=Attendee("DIGER", "diger@ejemplo.hn"),
    attendees=(Attendee("Ana, de la UPGRET", "ana@ejemplo.hn"),),
    remind_before=(timedelta(days=1),),
)


def opened(data: bytes):
    return Calendar.from_ical(data)


def test_an_invitation_says_request_and_asks_for_an_answer():
    calendar = opened(event(DEADLINE))
    assert calendar["METHOD"] == "REQUEST"
    (found,) = calendar.events
    assert found["UID"] == "cierre-2026-Q3@sigpret.hn"
    assert found["ATTENDEE"].params["RSVP"] == "TRUE"
    assert found["ATTENDEE"] == "mailto:ana@ejemplo.hn"
    assert DEADLINE.method is Method.REQUEST


def test_the_hour_is_the_hour_of_tegucigalpa():
    text = event(DEADLINE).decode()
    assert "DTSTART;TZID=America/Tegucigalpa:20261016T170000" in text
    assert "TZOFFSETTO:-0600" in text


def test_cancelling_keeps_the_uid_and_rings_no_alarm():
    gone = replace(DEADLINE, sequence=2, is_cancelled=True)
    calendar = opened(event(gone))
    (found,) = calendar.events
    assert calendar["METHOD"] == "CANCEL"
    assert (found["UID"], found["SEQUENCE"]) == (DEADLINE.uid, 2)
    assert found["STATUS"] == "CANCELLED"
    assert not found.subcomponents


def test_a_date_takes_the_whole_day_and_leaves_people_free():
    calendar = opened(event(replace(DEADLINE, starts=date(2026, 10, 16))))
    (found,) = calendar.events
    assert found.decoded("DTSTART") == date(2026, 10, 16)
    assert found.decoded("DTEND") == date(2026, 10, 17)
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_feed_is_published_with_its_name():
    calendar = opened(feed("Plazos de SESAL", [DEADLINE, replace(DEADLINE, uid="otro@sigpret")]))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Plazos de SESAL"
    assert len(calendar.events) == 2


def test_a_text_cannot_add_lines_of_its_own():
    wicked = replace(DEADLINE, summary="Cierre\r\nATTENDEE:mailto:otro@ejemplo.hn")
    calendar = opened(event(wicked))
    (found,) = calendar.events
    assert found["ATTENDEE"] == "mailto:ana@ejemplo.hn"


def test_the_same_event_gives_the_same_bytes():
    assert event(DEADLINE) == event(DEADLINE)
