"""Deadlines that come near: who must be reminded is known above; saying it once is done here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.actions.notify import notify
from sigpret.web.dates import TEGUCIGALPA

#: Nobody is reminded before people are at work.
FROM_HOUR = time(8, 0)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What `notify` needs, except the moment. `dedupe_key` says which day's reminder it is."""

    recipients: Iterable[User | int]
    kind: str
    subject_key: str
    context: Mapping[str, Any]
    url: str
    dedupe_key: str


Provider = Callable[[datetime], Iterable[Reminder]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Add whoever knows what is due on a day; `config/wiring.py` does. Twice is once."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def send_reminders(*, at: datetime) -> int:
    """Tell everybody what is due, from 8:00 at Tegucigalpa; how many notices were new.

    It may run as often as one likes: each reminder has its own key. A day on which nothing ran
    at 8:00 is made up for later that day.
    """
    if at.astimezone(TEGUCIGALPA).time() < FROM_HOUR:
        return 0
    return sum(remind(reminder, at) for provider in _PROVIDERS for reminder in provider(at))


def remind(reminder: Reminder, at: datetime) -> int:
    return notify(
        recipients=reminder.recipients,
        kind=reminder.kind,
        subject_key=reminder.subject_key,
        context=reminder.context,
        url=reminder.url,
        at=at,
        dedupe_key=reminder.dedupe_key,
    )
