"""Deadlines that come near: who must be told is known above; when to look is decided here."""

from datetime import datetime, time
from typing import Protocol

from sigpret.web.dates import TEGUCIGALPA

#: Nobody is reminded before people are at work.
FROM_HOUR = time(8, 0)


class Reminding(Protocol):
    """Tells whoever has something due at a moment, once a day each; how many were told."""

    def __call__(self, *, at: datetime) -> int: ...


_REMINDING: list[Reminding] = []


def register(reminding: Reminding) -> None:
    """Add whoever knows what is due on a day; `config/wiring.py` does. Twice is once."""
    if reminding not in _REMINDING:
        _REMINDING.append(reminding)


def send_reminders(*, at: datetime) -> int:
    """Let everybody registered remind, from 8:00 at Tegucigalpa; how many were told.

    It may run as often as one likes: each reminder is given once. A day on which nothing ran
    at 8:00 is made up for later that day.
    """
    if at.astimezone(TEGUCIGALPA).time() < FROM_HOUR:
        return 0
    return sum(reminding(at=at) for reminding in _REMINDING)
