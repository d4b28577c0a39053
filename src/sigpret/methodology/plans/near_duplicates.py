"""Two products whose names share most of one phrase may be the same product twice.

Two names are near duplicates when an unbroken run of stems covers at least 70 % of the shorter
one (at least three stems, or all of it). Only names that share three stems in a row are compared,
and each with a bounded number of others, so the work grows with the text and not with its square.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "near_duplicates"
SENTENCE = _(
    "Tiene casi el mismo nombre que el producto %(other)s: confirme que son distintos o deje uno."
)
SHARED_PART = 0.7
SHORTEST_RUN = 3
LONGEST_NAME = 60
COMPARED_WITH_AT_MOST = 8

Stems = tuple[str, ...]


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product that resembles an earlier one, at the later of the two."""
    for earlier, later in twins(product.stems for product in plan.products):
        other = plan.products[earlier].label
        yield found(RULE, Severity.WARNING, SENTENCE, plan.products[later], other=other)


def twins(names: Iterable[Stems]) -> Iterator[tuple[int, int]]:
    """The position of each name that resembles an earlier one, after that of the earlier."""
    seen: dict[Stems, deque[tuple[int, Stems]]] = defaultdict(
        lambda: deque(maxlen=COMPARED_WITH_AT_MOST)
    )
    for place, stems in enumerate(names):
        name = stems[:LONGEST_NAME]
        keys = runs(name, min(SHORTEST_RUN, len(name))) if name else set()
        twin = _twin(name, (pair for key in sorted(keys) for pair in seen[key]))
        if twin is not None:
            yield twin, place
        for key in keys:
            seen[key].append((place, name))


def runs(name: Stems, length: int) -> set[Stems]:
    """Every unbroken run of `length` stems."""
    return {name[start : start + length] for start in range(len(name) - length + 1)}


def resemble(one: Stems, other: Stems) -> bool:
    """Whether the two names share a run of most of the shorter one."""
    shorter = min(len(one), len(other))
    length = min(shorter, max(SHORTEST_RUN, math.ceil(SHARED_PART * shorter)))
    return shorter > 0 and not runs(one, length).isdisjoint(runs(other, length))


def _twin(name: Stems, candidates: Iterator[tuple[int, Stems]]) -> int | None:
    compared: set[int] = set()
    for place, other in candidates:
        if place in compared:
            continue
        if resemble(name, other):
            return place
        compared.add(place)
        if len(compared) == COMPARED_WITH_AT_MOST:
            return None
    return None
