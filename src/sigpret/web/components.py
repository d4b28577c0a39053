"""The data of the page components: one small frozen shape per component, no markup.

Every shape has its template of the same name in `templates/components/` and is drawn, in every
state, on the gallery page at /componentes/.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """The five moods of a component; a word always goes with the colour."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; the last one has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is a link: its state lives in the query string, so it can be shared."""

    label: Text
    url: str
    count: int | None = None
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process; `state` is done, now or next."""

    label: Text
    state: str = "next"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """A number and the words that say what it counts."""

    value: int | str
    label: Text
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One cause of the error summary: how many, what, where; `href` leads to the first field."""

    text: Text
    href: str = ""
    count: int | None = None
    where: Text = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: a period, a view, a format."""

    label: Text
    url: str
    is_on: bool = False


def steps(labels: list[Text], current: int) -> tuple[Step, ...]:
    """A stepper from its labels; `current` counts from 0, everything before it is done."""
    states = ("done", "now", "next")
    return tuple(
        Step(label, states[(index >= current) + (index > current)])
        for index, label in enumerate(labels)
    )
