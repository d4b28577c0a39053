"""Something found on one screen that a mesa may take up: who knows mesas says where.

The provider lives in its own app and `config/wiring.py` registers it, so that the screen that
finds it knows no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Matter:
    """What would be taken up: of which institution, in words, and the goals it holds back."""

    institution_id: int
    title: str
    cause: str
    goal_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """Where it is taken up. `is_open`: this person may write it there; else they only read."""

    label: str
    url: str
    is_open: bool


#: The matter, the person's access and the day.
Provider = Callable[[Matter, Any, date], tuple[Door, ...]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Who knows where a matter is taken up."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def doors_for(matter: Matter, access: Any, on: date) -> tuple[Door, ...]:
    """Every place this person may open, those where they write first."""
    found = [door for provider in _PROVIDERS for door in provider(matter, access, on)]
    return tuple(sorted(found, key=lambda door: not door.is_open))
