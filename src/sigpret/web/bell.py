"""The bell of the top bar: how many notices somebody has not read. Knows no app by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

Counter = Callable[[int], int]
_COUNTERS: list[Counter] = []
#: More is drawn as `99+`: nobody counts that far.
MOST = 99


@dataclass(frozen=True, slots=True)
class Bell:
    """What the bell says; `number` is empty when there is nothing to read."""

    unread: int

    @property
    def number(self) -> str:
        if not self.unread:
            return ""
        return str(self.unread) if self.unread <= MOST else f"{MOST}+"


def register(counter: Counter) -> None:
    """Whoever knows how many notices a person (by id) has not read; the last one counts."""
    _COUNTERS[:] = [counter]


def bell_of(request: HttpRequest) -> Bell:
    """Asked when the top bar is drawn, and only then; one statement."""
    if not _COUNTERS or not request.user.is_authenticated:
        return Bell(0)
    return Bell(_COUNTERS[0](request.user.pk))
