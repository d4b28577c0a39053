"""What a person has to do and until when, asked of whoever knows: for the summary and calendars.

The lists live in apps above this one; `config/wiring.py` says whom to ask.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.web.pending import PendingTask

Provider = Callable[[User, datetime], Iterable[PendingTask]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Add whoever knows the tasks of a person at a moment; twice is once."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def duties_of(person: User, now: datetime) -> tuple[PendingTask, ...]:
    """Every task of the person, as each provider orders them."""
    return tuple(task for provider in _PROVIDERS for task in provider(person, now))
