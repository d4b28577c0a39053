"""The private calendar of one person: their own deadlines, and nobody else's."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.duties import duties_of
from sigpret.apps.notices.mail import absolute, host
from sigpret.apps.notices.models import CalendarFeed
from sigpret.documents.calendar import CalendarEvent
from sigpret.web.pending import PendingTask


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
