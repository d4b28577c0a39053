"""What ends when somebody's password changes: what was opened with the old one.

The apps above register what they gave out in the person's name; `config/wiring.py` does it.
Sessions end by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sigpret.apps.accounts.models import User

Ending = Callable[[User, datetime], object]
_ENDINGS: list[Ending] = []


def register(ending: Ending) -> None:
    """Adds what to do `(person, at)` with a new password. Registering it twice is once."""
    if ending not in _ENDINGS:
        _ENDINGS.append(ending)


def end_what_was_opened(person: User, at: datetime) -> None:
    for ending in _ENDINGS:
        ending(person, at)
