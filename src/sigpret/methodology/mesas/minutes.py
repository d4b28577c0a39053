"""The minutes of a session: quorum, what they must contain, until when, and what silence means.

Lineamientos MESGEPRET, "Ayudas Memoria de Acuerdos": «cada MESGEPRET deberá levantar las
respectivas Ayudas Memoria de los acuerdos alcanzados, en la misma, se deberá reflejar las
resoluciones o acuerdos tomados entre los participantes, considerándose los mismos como
definitivos».
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Any

from sigpret.methodology.calendar import DayKind, add_days, days_between

#: A session may begin this long before its hour, not days before.
EARLY_START = timedelta(hours=1)
#: Whoever closes the session later than this is writing it up afterwards.
LONG_AFTER = timedelta(hours=6)
#: An agreement further away than this is probably a mistaken year.
FAR_AWAY_DAYS = 366


def quorum_needed(institutions: int, share: Decimal) -> int:
    """How many institutions make a quorum: more than `share` percent (0-100) of those of the mesa.

    At least one; a mesa without institutions has nobody to count.
    """
    whole = (Decimal(institutions) * share / 100).to_integral_value(ROUND_FLOOR)
    return min(int(whole) + 1, max(institutions, 1))


def may_start(planned_start: datetime, now: datetime) -> bool:
    """From an hour before on: starting takes the number of the minutes, which is not given back."""
    return now >= planned_start - EARLY_START


def started_at(planned_start: datetime, planned_end: datetime, now: datetime) -> datetime:
    """When the session began: now, or its planned hour when it is written up after its end."""
    return now if now <= planned_end else planned_start


def ended_at(started: datetime, planned_end: datetime, now: datetime) -> datetime:
    """When the session ended: now, also past midnight; its planned hour when closed long after.

    The week to distribute counts from here: forgetting to close the session does not prolong it.
    """
    if now - planned_end <= LONG_AFTER:
        return max(now, started)
    return max(planned_end, started)


class HoursDoubt(StrEnum):
    """Why corrected hours of a session cannot be so."""

    END_BEFORE_START = "end_before_start"
    STILL_TO_COME = "still_to_come"


def doubt_about_hours(started: datetime, ended: datetime, now: datetime) -> HoursDoubt | None:
    """None when a session can have had these hours: it ended after it began, and not later than
    `now`. Minutes written up afterwards say the planned hours until somebody corrects them.
    """
    if ended <= started:
        return HoursDoubt.END_BEFORE_START
    return HoursDoubt.STILL_TO_COME if ended > now else None


class Part(StrEnum):
    """What the guidelines ask of every ayuda memoria."""

    PLACE = "place"
    PARTICIPANTS = "participants"
    AGENDA = "agenda"
    OUTCOME = "outcome"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as minutes are judged: whether something was written, and its agreements' results."""

    has_notes: bool
    results: tuple[str, ...] = ()


def missing_parts(
    *, place: str, present: int, topics: Collection[Topic], closing: str = ""
) -> tuple[Part, ...]:
    """What the minutes still lack before people are asked whether they agree.

    «En términos generales, dichas Ayudas Memoria deberán contener la siguiente información: No. de
    Acta de Acuerdos, Fecha y Hora, Lugar, Lista de Participantes, Agenda de trabajo, acuerdos
    alcanzados con sus respectivos resultados relevantes, seguimiento de los acuerdos, entre otros.»
    Number, date, hour and follow-up are written by the system and cannot be missing. Of each topic
    something must be said: what was discussed or what was agreed. Where nobody came and nothing
    was agreed, the minutes say that it was not held, and `closing` says why.
    """
    if present < 1 and closing.strip() and not any(topic.results for topic in topics):
        return () if place.strip() else (Part.PLACE,)
    found = (
        (Part.PLACE, not place.strip()),
        (Part.PARTICIPANTS, present < 1),
        (Part.AGENDA, not topics),
        (Part.OUTCOME, any(not topic.has_notes and not topic.results for topic in topics)),
        (Part.RESULT, any(not said.strip() for topic in topics for said in topic.results)),
    )
    return tuple(part for part, is_missing in found if is_missing)


def distribution_deadline(
    finished_on: date, *, days: int, kind: DayKind, holidays: Collection[date] = ()
) -> date:
    """The last day to distribute the minutes, counted from the day the session ended.

    «se deberán distribuir entre todos los participantes de la MESGEPRET en un plazo máximo de una
    semana después de finalizada la sesión.» A session that crosses midnight ends the next day.
    """
    return add_days(finished_on, days, kind, holidays)


def reminder_due(finished_on: date, today: date, reminders: Collection[int]) -> int | None:
    """Which reminder (days after the session) speaks today: the last one reached; None before."""
    gone = (today - finished_on).days
    reached = [day for day in reminders if day <= gone]
    return max(reached) if reached else None


def silence_ends(
    asked_on: date, *, days: int, kind: DayKind, holidays: Collection[date] = ()
) -> date:
    """The last day to conform or observe; the day after, not answering no longer holds it up."""
    return add_days(asked_on, days, kind, holidays)


class Answer(StrEnum):
    """What somebody who was there said about the text."""

    CONFORMS = "conforms"
    OBSERVES = "observes"
    RESOLVED = "resolved"
    NONE = "none"


class Obstacle(StrEnum):
    """Why the minutes cannot be distributed yet."""

    OBSERVED = "observed"
    UNANSWERED = "unanswered"
    CHANGED = "changed"
    LATE_WITHOUT_REASON = "late_without_reason"


def obstacles(
    answers: Iterable[Answer],
    *,
    silence_ended: bool,
    silence_is_consent: bool,
    has_changed: bool,
    is_late: bool,
    late_reason: str,
) -> tuple[Obstacle, ...]:
    """What still holds the distribution up; empty when the minutes may go out.

    An observation waits for its resolution. Who does not answer holds it up until the time is
    over, and after it only where silence is not consent.
    """
    said = tuple(answers)
    waits = Answer.NONE in said and not (silence_ended and silence_is_consent)
    found = (
        (Obstacle.CHANGED, has_changed),
        (Obstacle.OBSERVED, Answer.OBSERVES in said),
        (Obstacle.UNANSWERED, waits),
        (Obstacle.LATE_WITHOUT_REASON, is_late and not late_reason.strip()),
    )
    return tuple(obstacle for obstacle, holds in found if holds)


class DueDoubt(StrEnum):
    """What is odd about the day an agreement is due."""

    BEFORE_SESSION = "before_session"
    SAME_DAY = "same_day"
    FAR_AWAY = "far_away"


def doubt_about_due(due_on: date, session_on: date) -> DueDoubt | None:
    """None when the day is plausible. Before the session it is refused; the others are asked."""
    days = days_between(session_on, due_on, DayKind.CALENDAR)
    if days < 0:
        return DueDoubt.BEFORE_SESSION
    if days == 0:
        return DueDoubt.SAME_DAY
    return DueDoubt.FAR_AWAY if days > FAR_AWAY_DAYS else None


def minutes_code(number: int, year: int) -> str:
    """`07-2026`: the No. de Acta de Acuerdos, which starts again each year."""
    return f"{number:02d}-{year}"


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the minutes as JSON: keys in order, no spaces, UTF-8.

    Whoever has the text can compute it again; another letter gives another digest.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
