"""From children to parents: what linked goals contribute, over a graph of any depth.

A child brings its own measured achievement, or what was contributed to it when it has none
of its own. Weights are shared again among the children that have a value.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from operator import mul
from typing import NamedTuple

from sigpret.methodology.achievement import Figure
from sigpret.methodology.explain import Explanation, Part
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.status import status_of
from sigpret.methodology.values import ZERO, Ratio, pooled

ONE = Decimal(1)


class RollupRule(StrEnum):
    """How the values of the children become the parent's."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED = "weighted"
    POOLED_RATIO = "pooled_ratio"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    LATEST = "latest"
    NONE = "none"


class RollupError(ValueError):
    """The links do not make a chain that can be added up."""


class CycleError(RollupError):
    """A goal serves itself; `cycle` names the way round, first and last the same."""

    def __init__(self, cycle: Sequence[str]) -> None:
        self.cycle = tuple(cycle)
        super().__init__(f"Las metas se sirven en círculo: {' → '.join(self.cycle)}.")


@dataclass(frozen=True, slots=True)
class Link:
    """The child serves the parent. A link with the rule NONE contributes no number."""

    child: str
    parent: str
    weight: Decimal = ONE
    rule: RollupRule = RollupRule.WEIGHTED


class Contribution(NamedTuple):
    """What one child brings: its value (0-100 scale, raw), None when it has none.

    `ratio` are its two parts, for pooling: only of an achievement that is executed over planned,
    never of one where less is better. `period` is when it was measured, for "latest".
    """

    subject: str
    value: Decimal | None
    weight: Decimal = ONE
    label: str = ""
    ratio: Ratio | None = None
    period: Period | None = None


TEMPLATES = {
    RollupRule.SUM: _(
        "Lo ejecutado entre lo programado, sumando las cantidades de %(counted)s de %(children)s"
        " que contribuyen: %(value)s %%."
    ),
    RollupRule.MEAN: _(
        "Promedio de %(counted)s de %(children)s que contribuyen, cada uno con tope de"
        " %(cap)s: %(value)s %%."
    ),
    RollupRule.WEIGHTED: _(
        "Promedio ponderado de %(counted)s de %(children)s que contribuyen, cada uno con tope de"
        " %(cap)s: %(value)s %%."
    ),
    RollupRule.POOLED_RATIO: _(
        "Numeradores entre denominadores de %(counted)s de %(children)s que contribuyen:"
        " %(value)s %%."
    ),
    RollupRule.MAXIMUM: _("El mayor de %(counted)s de %(children)s que contribuyen: %(value)s %%."),
    RollupRule.MINIMUM: _("El menor de %(counted)s de %(children)s que contribuyen: %(value)s %%."),
    RollupRule.LATEST: _(
        "Lo más reciente: promedio de %(counted)s de %(children)s que contribuyen, cada uno con"
        " tope de %(cap)s: %(value)s %%."
    ),
}
NOTHING = _("Ninguno de los %(children)s que contribuyen tiene un valor.")
POOLED_WITHOUT_SOME = _(
    "Numeradores entre denominadores de %(counted)s de %(children)s que contribuyen: %(value)s %%."
    " No entran, porque son de otra unidad o de otro sentido: %(left_out)s."
)
NOTHING_TO_POOL = _(
    "Nada que juntar: los que contribuyen son de otra unidad o de otro sentido (%(left_out)s)."
)
# Percentages are never added up: a sum adds what was executed and what was planned.
POOLING = (RollupRule.SUM, RollupRule.POOLED_RATIO)
AVERAGES = (RollupRule.MEAN, RollupRule.WEIGHTED, RollupRule.LATEST)


def scored(value: Decimal, policy: Policy) -> Decimal:
    """A raw achievement as it enters a mean: not below 0, not above the cap."""
    return min(max(value, ZERO), policy.cap)


def contribute(children: Sequence[Contribution], rule: RollupRule, policy: Policy) -> Figure:
    """The contributed achievement of one parent, the same whatever the order of its children.

    No value when no child has one, or when the rule is NONE.
    """
    ordered = sorted(children, key=lambda child: child.subject)
    present = _present(ordered, rule)
    value = _combined(present, rule, policy)
    status = status_of(value, is_due=value is not None, is_reported=True, policy=policy)
    return Figure(value, status, partial(_explained, ordered, present, rule, policy, value))


def _explained(
    ordered: Sequence[Contribution],
    present: Sequence[Contribution],
    rule: RollupRule,
    policy: Policy,
    value: Decimal | None,
) -> Explanation:
    """The reason of what was contributed: the rule, and every child with what it brought."""
    left_out = _left_out(ordered, present) if rule in POOLING else ""
    params = {
        "value": value,
        "counted": Decimal(len(present)),
        "children": Decimal(len(ordered)),
        "cap": policy.cap,
        **({"left_out": left_out} if left_out else {}),
    }
    parts = _parts(ordered, present, rule, policy)
    return Explanation(f"rollup.{rule}", _template_of(rule, value, left_out), params, parts)


def roll_up(
    own: Mapping[str, Decimal | None],
    links: Iterable[Link],
    policy: Policy,
    ratios: Mapping[str, Ratio] | None = None,
    measured: Mapping[str, Period] | None = None,
) -> dict[str, Figure]:
    """The contributed achievement of every parent, leaf to root, each visited once.

    `own` holds measured achievements, `ratios` their two parts where a parent pools them and
    `measured` their periods where a parent takes the latest.
    Raises CycleError, and RollupError when the links of one parent follow different rules.
    """
    children = _by_parent(links)
    figures: dict[str, Figure] = {}
    pools, periods = dict(ratios or {}), dict(measured or {})
    for goal in _leaf_to_root(children):
        if goal not in children:
            continue
        rule = _rule_of(goal, children[goal])
        brought = [
            Contribution(
                link.child,
                _value_of(link.child, own, figures),
                link.weight,
                ratio=pools.get(link.child),
                period=periods.get(link.child),
            )
            for link in children[goal]
            if link.rule is rule
        ]
        figures[goal] = contribute(brought, rule, policy)
        if own.get(goal) is None:
            _pass_on(goal, _present(brought, rule), rule, pools, periods)
    return figures


def ratio_of(figure: Figure, unit: str) -> Ratio | None:
    """The two parts of an achievement that is executed over planned; None of any other.

    A computed one knows them in the unit of its numerator: ratios are never added up.
    """
    if not figure.is_ratio or figure.executed is None or figure.planned is None:
        return None
    return figure.of_variables or Ratio(figure.executed, figure.planned, unit)


def affected(links: Iterable[Link], changed: Iterable[str]) -> list[str]:
    """The goals above those that changed, each after everything below it; the rest untouched."""
    above: dict[str, list[Link]] = {}
    for link in links:
        above.setdefault(link.child, []).append(link)
    waiting = deque(changed)
    seen = set(waiting)
    reached: list[Link] = []
    while waiting:
        for link in above.get(waiting.popleft(), ()):
            reached.append(link)
            if link.parent not in seen:
                seen.add(link.parent)
                waiting.append(link.parent)
    children = _by_parent(reached)
    return [goal for goal in _leaf_to_root(children) if goal in children]


def _by_parent(links: Iterable[Link]) -> dict[str, list[Link]]:
    children: dict[str, list[Link]] = {}
    for link in links:
        children.setdefault(link.parent, []).append(link)
    return children


def _leaf_to_root(children: Mapping[str, Sequence[Link]]) -> list[str]:
    """Every goal after all of its children. Raises CycleError."""
    waits_for = {parent: len(links) for parent, links in children.items()}
    parents: dict[str, list[str]] = {}
    for parent, links in children.items():
        for link in links:
            parents.setdefault(link.child, []).append(parent)
    ready = deque(goal for goal in parents if goal not in children)
    order: list[str] = []
    while ready:
        goal = ready.popleft()
        order.append(goal)
        for parent in parents.get(goal, ()):
            waits_for[parent] -= 1
            if not waits_for[parent]:
                ready.append(parent)
    stuck = {parent for parent, missing in waits_for.items() if missing}
    if stuck:
        raise CycleError(_cycle_among(stuck, children))
    return order


def _cycle_among(stuck: set[str], children: Mapping[str, Sequence[Link]]) -> list[str]:
    """One way round, from child to parent: every stuck goal has a stuck child to walk down to."""
    goal = min(stuck)
    steps: dict[str, int] = {}
    while goal not in steps:
        steps[goal] = len(steps)
        goal = min(link.child for link in children[goal] if link.child in stuck)
    return [goal, *reversed(list(steps)[steps[goal] :])]


def _rule_of(goal: str, links: Sequence[Link]) -> RollupRule:
    rules = {link.rule for link in links} - {RollupRule.NONE}
    if len(rules) > 1:
        raise RollupError(f"Quienes contribuyen a {goal} siguen reglas distintas.")
    return rules.pop() if rules else RollupRule.NONE


def _value_of(
    goal: str, own: Mapping[str, Decimal | None], figures: Mapping[str, Figure]
) -> Decimal | None:
    measured = own.get(goal)
    return figures[goal].value if measured is None and goal in figures else measured


def _pass_on(
    goal: str,
    present: Sequence[Contribution],
    rule: RollupRule,
    pools: dict[str, Ratio],
    periods: dict[str, Period],
) -> None:
    """What a goal that measures nothing takes from its children to those it serves."""
    pool = pooled(child.ratio for child in present)
    if rule in POOLING and pool is not None:
        pools[goal] = pool
    newest = max((child.period for child in present if child.period), default=None)
    if newest is not None:
        periods[goal] = newest


def _present(ordered: Sequence[Contribution], rule: RollupRule) -> list[Contribution]:
    """The children that count: the newest for "latest", those of one unit where they are pooled."""
    present = [child for child in ordered if _brings(child, rule)]
    if rule is RollupRule.LATEST:
        newest = max((child.period for child in present if child.period), default=None)
        return [child for child in present if child.period == newest]
    if rule in POOLING:
        units = Counter(child.ratio.unit for child in present if child.ratio)
        most = max(units.values(), default=0)
        chosen = min((unit for unit, count in units.items() if count == most), default="")
        return [child for child in present if child.ratio and child.ratio.unit == chosen]
    return present


def _brings(child: Contribution, rule: RollupRule) -> bool:
    if rule in POOLING:
        return child.ratio is not None
    if rule is RollupRule.LATEST:
        return child.value is not None and child.period is not None
    return child.value is not None and (rule is not RollupRule.WEIGHTED or child.weight > 0)


def _left_out(ordered: Sequence[Contribution], present: Sequence[Contribution]) -> str:
    """The children that have a value and cannot be pooled with the others."""
    kept = {child.subject for child in present}
    return ", ".join(
        child.label or child.subject
        for child in ordered
        if child.subject not in kept and (child.value is not None or child.ratio is not None)
    )


def _template_of(rule: RollupRule, value: Decimal | None, left_out: str) -> str:
    if value is None:
        return NOTHING_TO_POOL if left_out else NOTHING
    return POOLED_WITHOUT_SOME if left_out else TEMPLATES[rule]


def _combined(present: Sequence[Contribution], rule: RollupRule, policy: Policy) -> Decimal | None:
    if not present or rule is RollupRule.NONE:
        return None
    if rule in POOLING:
        pool = pooled(child.ratio for child in present)
        return pool.percent if pool else None
    if rule in AVERAGES:
        weights = _weights(present, rule)
        scores = [scored(value, policy) for value in _values(present)]
        return sum(map(mul, weights, scores), ZERO) / sum(weights, ZERO)
    return CHOICES[rule](_values(present))


def _parts(
    ordered: Sequence[Contribution],
    present: Sequence[Contribution],
    rule: RollupRule,
    policy: Policy,
) -> tuple[Part, ...]:
    """One row per child, silent ones included; the contributions of a mean add up to it."""
    contributed: dict[str, Decimal] = {}
    if rule in AVERAGES and present:
        weights = _weights(present, rule)
        total = sum(weights, ZERO)
        for child, weight, value in zip(present, weights, _values(present), strict=True):
            contributed[child.subject] = weight * scored(value, policy) / total
    return tuple(
        Part(
            child.subject,
            child.label,
            child.period,
            child.ratio.denominator if child.ratio else None,
            child.ratio.numerator if child.ratio else None,
            child.value,
            child.weight,
            contributed.get(child.subject),
        )
        for child in ordered
    )


def _values(present: Sequence[Contribution]) -> list[Decimal]:
    return [child.value for child in present if child.value is not None]


def _weights(present: Sequence[Contribution], rule: RollupRule) -> list[Decimal]:
    return [child.weight if rule is RollupRule.WEIGHTED else ONE for child in present]


CHOICES: Mapping[RollupRule, Callable[[Sequence[Decimal]], Decimal]] = {
    RollupRule.MAXIMUM: max,
    RollupRule.MINIMUM: min,
}
