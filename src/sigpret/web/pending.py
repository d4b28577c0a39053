"""What a person has to do: apps register a provider, `Mis pendientes` asks them all.

A provider lives in its own app (`monitoring/pending.py`) and `config/wiring.py` registers it, so
that this list knows no app by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils.functional import Promise

Text = str | Promise

# Less than this before its deadline, a task is drawn as urgent and stands under "Esta semana".
SOON = timedelta(days=7)
URGENT = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class PendingTask:
    """One thing to do, with its deadline and the one button that does it.

    `action` is a verb; `status` replaces the icon by its glyph when the task is about a status.
    """

    title: Text
    url: str
    action: Text
    detail: Text = ""
    due_at: datetime | None = None
    icon: str = "pencil"
    status: str | None = None
    is_urgent: bool = False


Provider = Callable[[Any, datetime], Iterable[PendingTask]]
ProviderT = TypeVar("ProviderT", bound=Provider)

_PROVIDERS: list[Provider] = []


def register(provider: ProviderT) -> ProviderT:
    """Adds a provider `(access, now) -> tasks`; `access` is what the middleware says of a person.

    Registering the same function twice is one registration.
    """
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def pending_tasks(access: object, now: datetime) -> tuple[PendingTask, ...]:
    """Every task of a person, the nearest deadline first and those without one last."""
    tasks = [task for provider in _PROVIDERS for task in provider(access, now)]
    return tuple(sorted(tasks, key=_by_deadline))


def split_by_week(
    tasks: Iterable[PendingTask], now: datetime
) -> tuple[tuple[PendingTask, ...], tuple[PendingTask, ...]]:
    """(this week or overdue, afterwards)."""
    listed = tuple(tasks)
    soon = tuple(task for task in listed if task.due_at and task.due_at - now <= SOON)
    return soon, tuple(task for task in listed if task not in soon)


def _by_deadline(task: PendingTask) -> tuple[bool, float, str]:
    due = task.due_at
    return (due is None, due.timestamp() if due else 0.0, str(task.title))
