"""The public value chain and the results matrix: what may serve what.

Level (who commits) and position (what kind of thing is promised) are two different things.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from sigpret.methodology.rollup import Link


class Level(StrEnum):
    """Who commits to a goal."""

    PRESIDENTIAL = "presidential"
    SECTORAL = "sectoral"
    INSTITUTIONAL = "institutional"


class ChainPosition(StrEnum):
    """What is promised, from what is used to what changes in people's lives."""

    INPUT = "input"
    ACTIVITY = "activity"
    PRODUCT = "product"
    RESULT = "result"
    IMPACT = "impact"


SERVES = {Level.INSTITUTIONAL: Level.SECTORAL, Level.SECTORAL: Level.PRESIDENTIAL}
LEVEL_NAMES = {
    Level.PRESIDENTIAL: "presidencial",
    Level.SECTORAL: "sectorial",
    Level.INSTITUTIONAL: "institucional",
}
POSITIONS = tuple(ChainPosition)


class LinkError(ValueError):
    """Two goals that may not be linked, with the sentence for the person who tried."""


def check_levels(child: Level, parent: Level) -> None:
    """Refuse a link that skips a level or goes down. Raises LinkError."""
    if child not in SERVES:
        raise LinkError("Una meta presidencial no contribuye a otra: es el final de la cadena.")
    if SERVES[child] is not parent:
        raise LinkError(
            f"Una meta {LEVEL_NAMES[child]} contribuye a una meta {LEVEL_NAMES[SERVES[child]]},"
            f" no a una {LEVEL_NAMES[parent]}."
        )


def check_positions(child: ChainPosition, parent: ChainPosition) -> None:
    """Refuse a link that goes back along the chain. Raises LinkError."""
    if POSITIONS.index(child) > POSITIONS.index(parent):
        raise LinkError("La cadena va de los insumos al impacto: este vínculo va al revés.")


def check_axes(child: AbstractSet[str], parent: AbstractSet[str]) -> None:
    """Refuse a link between goals whose sectors share no strategic axis. Raises LinkError."""
    if not child & parent:
        raise LinkError("Las dos metas deben pertenecer a un mismo eje estratégico.")


def may_link(child: Level, parent: Level) -> bool:
    """Whether a goal of one level may serve a goal of another."""
    return SERVES.get(child) is parent


def without_chain(levels: Mapping[str, Level], links: Iterable[Link]) -> list[str]:
    """The goals from which no presidential goal is reached, sorted. Linear in the links."""
    below: dict[str, list[str]] = {}
    for link in links:
        below.setdefault(link.parent, []).append(link.child)
    waiting = [goal for goal, level in levels.items() if level is Level.PRESIDENTIAL]
    reached = set(waiting)
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in reached:
                reached.add(child)
                waiting.append(child)
    return sorted(set(levels) - reached)
