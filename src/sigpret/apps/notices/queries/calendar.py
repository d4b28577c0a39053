"""The private calendar of one person: their own deadlines and meetings, and nobody else's.

What has an hour to begin and another to end lives in apps above this one, which register who
knows it in `config/wiring.py`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.duties import duties_of
from sigpret.apps.notices.mail import absolute, host
from sigpret.apps.notices.models import CalendarFeed
from sigpret.documents.calendar import CalendarEvent
from sigpret.web.pending import PendingTask

Events = Callable[[User, datetime], Iterable[CalendarEvent]]
_EVENTS: list[Events] = []


def register(events: Events) -> None:
    """Add whoever knows the events of a person at a moment; twice is once."""
    if events not in _EVENTS:
        _EVENTS.append(events)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_feed(token: str) -> User | None:
    """Whose calendar this token opens; None when it was revoked or the person may not enter."""
    feeds = CalendarFeed.objects.filter(
        token_digest=digest_of(token), revoked_at=None, user__is_active=True
    )
    found = feeds.select_related("user").first()
    return found.user if found else None


def calendar_of(person: User, now: datetime) -> Iterator[CalendarEvent]:
    """Everything on the calendar of a person."""
    yield from deadlines_of(person, now)
    for events in _EVENTS:
        yield from events(person, now)


def deadlines_of(person: User, now: datetime) -> Iterator[CalendarEvent]:
    """One event per task with a deadline. Titles only: details may quote somebody."""
    for task in duties_of(person, now):
        if task.due_at is not None:
            yield event_of(task, task.due_at, now)


def event_of(task: PendingTask, due_at: datetime, now: datetime) -> CalendarEvent:
    name = hashlib.sha256(task.url.encode()).hexdigest()[:20]
    return CalendarEvent(
        uid=f"pendiente-{name}@{host()}",
        sequence=int(due_at.timestamp() // 60),
        starts=due_at,
        summary=str(task.title),
        written_at=now,
        description=absolute(task.url),
        url=absolute(task.url),
    )
