"""What is wrong with a results matrix as a whole: found before it is published, never hidden.

An error is what a single link may never be; a warning is what is still missing. A matrix with
errors is not published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sigpret.methodology.chain import (
    LEVEL_NAMES,
    SERVES,
    WHOLE,
    Counted,
    Level,
    LinkError,
    check_axes,
    check_levels,
    check_units,
    spread,
    way_up,
    without_chain,
)
from sigpret.methodology.rollup import Link, RollupRule
from sigpret.methodology.sentences import Sentence
from sigpret.methodology.sentences import sentence as _
from sigpret.methodology.values import plain

TOLERANCE = Decimal("0.01")
SHEET_WORDS = {
    "definition": _("definición"),
    "formula": _("fórmula"),
    "source": _("fuente"),
    "means_of_verification": _("medio de verificación"),
    "baseline": _("línea base"),
    "targets": _("metas por año"),
    "periodicity": _("periodicidad"),
    "indicator": _("indicador"),
}


class Severity(StrEnum):
    """An error stops the publication; a warning is published and shown."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """What may be wrong, worst first."""

    CIRCLE = "circle"
    SKIPPED_LEVEL = "skipped_level"
    OUTSIDE_AXES = "outside_axes"
    UNITS = "units"
    WITHOUT_PARENT = "without_parent"
    WITHOUT_PRESIDENTIAL = "without_presidential"
    WEIGHTS = "weights"
    DOUBLE_COUNT = "double_count"
    WITHOUT_CHILDREN = "without_children"
    SHEET_PENDING = "sheet_pending"


ERRORS = frozenset({Rule.CIRCLE, Rule.SKIPPED_LEVEL, Rule.OUTSIDE_AXES, Rule.UNITS})


@dataclass(frozen=True, slots=True)
class ChainGoal:
    """A goal as the rules see it: `axes` of its sector; `missing` names facts of its sheet."""

    level: Level
    axes: frozenset[str]
    counted: Counted
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to attend to: of which goal, in one sentence, and what would settle it.

    `others` are the codes it also speaks of: the parent of a wrong link, the ways of a double
    count.
    """

    rule: Rule
    goal: str
    text: str
    suggestion: str
    others: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.rule in ERRORS else Severity.WARNING


class Chain(NamedTuple):
    """The goals by code, and the links between them both ways."""

    goals: Mapping[str, ChainGoal]
    links: Sequence[Link]
    above: Mapping[str, Sequence[Link]]
    below: Mapping[str, Sequence[Link]]


def problems_of(goals: Mapping[str, ChainGoal], links: Sequence[Link]) -> tuple[Problem, ...]:
    """Everything wrong with a matrix, worst first, then by goal. Linear in goals and links."""
    above: dict[str, list[Link]] = {}
    below: dict[str, list[Link]] = {}
    for link in links:
        above.setdefault(link.child, []).append(link)
        below.setdefault(link.parent, []).append(link)
    chain = Chain(goals, links, above, below)
    order = list(Rule)
    return tuple(
        sorted(
            (problem for rule in RULES for problem in rule(chain)),
            key=lambda problem: (order.index(problem.rule), problem.goal, problem.others),
        )
    )


def circles(chain: Chain) -> Iterator[Problem]:
    """Only links that do not go up a level can close one: the others need no search."""
    for link in chain.links:
        child, parent = chain.goals[link.child].level, chain.goals[link.parent].level
        if SERVES.get(child) is parent:
            continue
        way = way_up(chain.links, link.parent, link.child)
        if way:
            yield Problem(
                Rule.CIRCLE,
                link.child,
                _(
                    "%(child)s se sirve a sí misma: %(way)s.",
                    child=link.child,
                    way=" → ".join((link.child, *way)),
                ),
                _("Quite uno de los vínculos del círculo."),
                (link.parent,),
            )


def wrong_links(chain: Chain) -> Iterator[Problem]:
    """Links that skip a level or leave the axes of their sector."""
    for link in chain.links:
        child, parent = chain.goals[link.child], chain.goals[link.parent]
        try:
            check_levels(child.level, parent.level)
        except LinkError as error:
            hint = _(
                "Vincúlela a una meta %(level)s.",
                level=LEVEL_NAMES[SERVES.get(child.level, child.level)],
            )
            yield Problem(Rule.SKIPPED_LEVEL, link.child, error.args[0], hint, (link.parent,))
        try:
            check_axes(child.axes, parent.axes)
        except LinkError:
            yield Problem(
                Rule.OUTSIDE_AXES,
                link.child,
                _(
                    "%(child)s contribuye a %(parent)s, que es de otro eje.",
                    child=link.child,
                    parent=link.parent,
                ),
                _("Vincúlela a una meta de un eje de su sector."),
                (link.parent,),
            )


def wrong_units(chain: Chain) -> Iterator[Problem]:
    for parent, links in chain.below.items():
        for rule in sorted({link.rule for link in links}):
            children = [chain.goals[link.child].counted for link in links if link.rule is rule]
            try:
                check_units(rule, chain.goals[parent].counted, children)
            except LinkError as error:
                hint = _("Use el promedio ponderado, que compara cumplimientos.")
                yield Problem(Rule.UNITS, parent, error.args[0], hint)


def loose(chain: Chain) -> Iterator[Problem]:
    """Goals that serve nothing, and those whose way up ends before the presidential level."""
    levels = {code: goal.level for code, goal in chain.goals.items()}
    for code in without_chain(levels, chain.links):
        wanted = SERVES[levels[code]]
        if code not in chain.above:
            yield Problem(
                Rule.WITHOUT_PARENT,
                code,
                _(
                    "%(code)s no llega a ninguna meta %(level)s.",
                    code=code,
                    level=LEVEL_NAMES[wanted],
                ),
                _("Vincúlela al menos a una meta %(level)s de su eje.", level=LEVEL_NAMES[wanted]),
            )
        else:
            parents = tuple(sorted(link.parent for link in chain.above[code]))
            yield Problem(
                Rule.WITHOUT_PRESIDENTIAL,
                code,
                _(
                    "%(code)s sólo llega a %(parents)s, que no llega a ninguna presidencial.",
                    code=code,
                    parents=", ".join(parents),
                ),
                _("Vincule %(parent)s a una meta presidencial.", parent=parents[0]),
                parents,
            )


def unserved(chain: Chain) -> Iterator[Problem]:
    for code, goal in chain.goals.items():
        if goal.level is not Level.INSTITUTIONAL and code not in chain.below:
            below = next(child for child, parent in SERVES.items() if parent is goal.level)
            yield Problem(
                Rule.WITHOUT_CHILDREN,
                code,
                _(
                    "Ninguna meta %(level)s contribuye a %(code)s.",
                    level=LEVEL_NAMES[below],
                    code=code,
                ),
                _(
                    "Vincúlele una meta %(level)s o diga quién la ejecuta.",
                    level=LEVEL_NAMES[below],
                ),
            )


def wrong_weights(chain: Chain) -> Iterator[Problem]:
    """The weights of one parent's children add to 100 ± 0.01 where they are used."""
    for parent, links in chain.below.items():
        weights = {link.child: link.weight for link in links if link.rule is RollupRule.WEIGHTED}
        total = sum(weights.values(), Decimal(0))
        if weights and abs(total - WHOLE) > TOLERANCE:
            shared = spread(weights)
            hint = ", ".join(f"{code} {plain(weight)}" for code, weight in shared.items())
            yield Problem(
                Rule.WEIGHTS,
                parent,
                _(
                    "Los pesos de quienes contribuyen a %(parent)s suman %(total)s, no 100.",
                    parent=parent,
                    total=plain(total),
                ),
                _("Repártalos en proporción: %(hint)s.", hint=hint)
                if len(shared) <= 4
                else _("Repártalos en proporción entre las %(goals)s metas.", goals=len(shared)),
                tuple(weights),
            )


def counted_twice(chain: Chain) -> Iterator[Problem]:
    """A goal that reaches the same one by two ways adds to it twice."""
    for code, links in chain.above.items():
        ways: dict[str, list[str]] = {}
        for link in links:
            for further in chain.above.get(link.parent, ()):
                if RollupRule.NONE not in (link.rule, further.rule):
                    ways.setdefault(further.parent, []).append(link.parent)
        for top, through in sorted(ways.items()):
            if len(through) > 1:
                yield Problem(
                    Rule.DOUBLE_COUNT,
                    code,
                    _(
                        "%(code)s llega a %(top)s por %(ways)s caminos: %(through)s. "
                        "Cuenta dos veces.",
                        code=code,
                        top=top,
                        ways=len(through),
                        through=", ".join(through),
                    ),
                    _("Quite un vínculo, o déjelo «sin agregación»."),
                    (top, *through),
                )


def pending_sheets(chain: Chain) -> Iterator[Problem]:
    for code, goal in chain.goals.items():
        if goal.missing:
            yield Problem(
                Rule.SHEET_PENDING,
                code,
                _("%(pending)s de %(code)s.", pending=sheet_pending(goal.missing), code=code),
                _("Complete la ficha del indicador."),
            )


def sheet_pending(missing: Sequence[str]) -> Sentence:
    """`Ficha pendiente: faltan fuente y línea base`, from the names of the fields."""
    *before, last = (SHEET_WORDS[name] for name in missing)
    if not before:
        return _("Ficha pendiente: falta %(field)s", field=last)
    listed = before[0]
    for field in before[1:]:
        listed = _("%(before)s, %(field)s", before=listed, field=field)
    if last.startswith("i"):
        return _("Ficha pendiente: faltan %(before)s e %(field)s", before=listed, field=last)
    return _("Ficha pendiente: faltan %(before)s y %(field)s", before=listed, field=last)


RULES = (
    circles, wrong_links, wrong_units, loose, unserved, wrong_weights, counted_twice,
    pending_sheets,
)  # fmt: skip
