"""Notices of the bell for the people of a meeting who have an account."""

from collections.abc import Iterable
from datetime import datetime

from sigpret.apps.mesas.invitation import answer_path
from sigpret.apps.mesas.meeting_words import day_words, title_of
from sigpret.apps.mesas.models import Meeting, Participant
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.web.dates import clock_time


def tell(meeting: Meeting, people: Iterable[Participant], kind: Kind, at: datetime) -> int:
    """One notice each, which leads to their own page of the convocation; how many were told.

    Their mail is the convocation itself, so that nobody gets the same thing twice.
    """
    facts = {
        "meeting": title_of(meeting),
        "day": day_words(meeting.starts_at),
        "hour": clock_time(meeting.starts_at),
        "place": meeting.place or meeting.link,
    }
    return sum(
        notify(
            recipients=[person.person_id],
            kind=kind.code,
            subject_key=f"meeting:{meeting.pk}",
            context=facts,
            url=answer_path(person),
            at=at,
            dedupe_key=f"meeting:{meeting.pk}:{kind.code}:{meeting.sequence}",
        )
        for person in people
        if person.person_id is not None
    )
