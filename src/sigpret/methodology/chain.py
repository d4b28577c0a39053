"""The public value chain and the results matrix: what may serve what.

Level (who commits) and position (what kind of thing is promised) are two different things.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.measure import AcrossYears, Sense
from sigpret.methodology.rollup import Link, RollupRule
from sigpret.methodology.sentences import sentence as _


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
    Level.PRESIDENTIAL: _("presidencial"),
    Level.SECTORAL: _("sectorial"),
    Level.INSTITUTIONAL: _("institucional"),
}
POSITIONS = tuple(ChainPosition)
WHOLE = Decimal(100)
#: Across the years these are held to a starting point: their parts cannot be put together.
FROM_A_BASELINE = frozenset(
    {AcrossYears.CAPACITY, AcrossYears.REDUCTION, AcrossYears.ANNUAL_REDUCTION}
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a goal counts. `is_share`: a percentage or another share of something."""

    code: str
    unit: str
    is_share: bool = False
    sense: Sense = Sense.ASCENDING
    across_years: AcrossYears = AcrossYears.FLOW


class LinkError(ValueError):
    """Two goals that may not be linked, with the sentence for the person who tried."""


def check_levels(child: Level, parent: Level) -> None:
    """Refuse a link that skips a level or goes down. Raises LinkError."""
    if child not in SERVES:
        raise LinkError(_("Una meta presidencial no contribuye a otra: es el final de la cadena."))
    if SERVES[child] is not parent:
        raise LinkError(
            _(
                "Una meta %(child)s contribuye a una meta %(right)s, no a una %(wrong)s.",
                child=LEVEL_NAMES[child],
                right=LEVEL_NAMES[SERVES[child]],
                wrong=LEVEL_NAMES[parent],
            )
        )


def check_positions(child: ChainPosition, parent: ChainPosition) -> None:
    """Refuse a link that goes back along the chain. Raises LinkError."""
    if POSITIONS.index(child) > POSITIONS.index(parent):
        raise LinkError(_("La cadena va de los insumos al impacto: este vínculo va al revés."))


def check_axes(child: AbstractSet[str], parent: AbstractSet[str]) -> None:
    """Refuse a link between goals whose sectors share no strategic axis. Raises LinkError."""
    if not child & parent:
        raise LinkError(_("Las dos metas deben pertenecer a un mismo eje estratégico."))


def check_not_itself(child: str, parent: str) -> None:
    """Refuse a goal that would serve itself. Raises LinkError."""
    if child == parent:
        raise LinkError(_("Una meta no puede contribuir a sí misma."))


def check_is_new(links: Iterable[Link], child: str, parent: str) -> None:
    """Refuse to link twice what is linked. Raises LinkError."""
    if any(link.child == child and link.parent == parent for link in links):
        raise LinkError(
            _(
                "%(child)s ya contribuye a %(parent)s: cambie el peso de ese vínculo.",
                child=child,
                parent=parent,
            )
        )


def check_no_circle(links: Iterable[Link], child: str, parent: str) -> None:
    """Refuse a link that closes a circle, naming the way round. Raises LinkError."""
    way = way_up(links, parent, child)
    if way:
        circle = " → ".join((child, *way))
        raise LinkError(_("Este vínculo cierra un círculo: %(circle)s.", circle=circle))


def way_up(links: Iterable[Link], start: str, end: str) -> tuple[str, ...]:
    """The goals from `start` up to `end`, both included; empty when it does not lead there."""
    above: dict[str, list[str]] = {}
    for link in links:
        above.setdefault(link.child, []).append(link.parent)
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop()
        if way[-1] == end:
            return way
        new = [goal for goal in above.get(way[-1], ()) if goal not in seen]
        seen.update(new)
        waiting += [(*way, goal) for goal in new]
    return ()


def check_units(rule: RollupRule, parent: Counted, children: Sequence[Counted]) -> None:
    """Refuse to add up, or to pool, what cannot be. Raises LinkError.

    A sum wants quantities in the parent's unit; pooling wants one unit, more is better, and
    nothing measured from a baseline. The other rules compare achievements: any unit will do.
    """
    if rule is RollupRule.SUM:
        for child in children:
            check_adds(child, parent)
    if rule is RollupRule.POOLED_RATIO:
        check_pools(children)


def check_adds(child: Counted, parent: Counted) -> None:
    if child.is_share or parent.is_share:
        share = child.code if child.is_share else parent.code
        raise LinkError(
            _("%(share)s se mide en porcentaje y los porcentajes no se suman.", share=share)
        )
    if child.unit.casefold() != parent.unit.casefold():
        raise LinkError(
            _(
                "No se pueden sumar %(unit)s (%(code)s) a %(parent_unit)s (%(parent)s).",
                unit=child.unit,
                code=child.code,
                parent_unit=parent.unit,
                parent=parent.code,
            )
        )


def check_pools(children: Sequence[Counted]) -> None:
    units = sorted({child.unit.casefold() for child in children})
    if len(units) > 1:
        raise LinkError(_("No se agrupan unidades distintas: %(units)s.", units=", ".join(units)))
    for child in children:
        if child.sense is not Sense.ASCENDING or child.across_years in FROM_A_BASELINE:
            raise LinkError(
                _(
                    "%(code)s no es lo ejecutado entre lo programado: sus partes no se agrupan.",
                    code=child.code,
                )
            )


def spread(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The same weights in proportion, two decimals, adding to exactly 100.

    What rounding leaves goes to the largest. No weights: nothing.
    """
    total = sum(weights.values(), Decimal(0))
    if not total:
        return {}
    cent = Decimal("0.01")
    shared = {code: (WHOLE * weight / total).quantize(cent) for code, weight in weights.items()}
    largest = max(sorted(shared), key=lambda code: shared[code])
    shared[largest] += WHOLE - sum(shared.values(), Decimal(0))
    return shared


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
