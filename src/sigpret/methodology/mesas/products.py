"""What the products of a mesa are made of: repeated causes, and how far each product went.

Guidelines, "Productos de las mesas".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: A cause is a bottleneck of the sector when it holds back at least this many goals.
LEAST = 2


class Condition(StrEnum):
    """How far a product went, the worst first."""

    ABSENT = "absent"
    INCOMPLETE = "incomplete"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A goal that did not go as programmed, and the kind of its cause as it was validated."""

    code: str
    category: str


@dataclass(frozen=True, slots=True)
class RepeatedCause:
    """A kind of cause and the codes of the goals it holds back, in order."""

    category: str
    codes: tuple[str, ...]


def repeated_causes(told: Iterable[HeldBack], *, least: int = LEAST) -> tuple[RepeatedCause, ...]:
    """The causes that hold back `least` goals or more, those of more goals first.

    «Identificación de limitantes y cuellos de botella que podrían afectar el logro de los
    resultados sectoriales e institucionales»: what is told once is a problem of one goal.
    A goal without a kind of cause says nothing.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.category:
            found[one.category].add(one.code)
    repeated = [
        RepeatedCause(category, tuple(sorted(codes)))
        for category, codes in found.items()
        if len(codes) >= least
    ]
    return tuple(sorted(repeated, key=lambda one: (-len(one.codes), one.category)))


def condition_of_parts(done: int, total: int) -> Condition:
    """Of a product that is made of parts (goals with their programming, plans read).

    Nothing to do or nothing done is absent; all done is ready.
    """
    if not total or not done:
        return Condition.ABSENT
    return Condition.READY if done >= total else Condition.INCOMPLETE


def condition_of_state(state: str) -> Condition:
    """Of a product that is written, proposed and decided; empty is absent."""
    return {
        "": Condition.ABSENT,
        "draft": Condition.IN_PROGRESS,
        "returned": Condition.IN_PROGRESS,
        "proposed": Condition.WAITING,
        "approved": Condition.READY,
    }[state]
