"""Two products that share most of one phrase may be the same product twice.

Names are reduced to the stems of their words with meaning. Two names are near-duplicates when an
unbroken run of stems covers at least 70 % of the shorter one (at least three stems, or all of it).
Only names that share three stems in a row are compared, and each with a bounded number of others,
so the work grows with the text and not with its square.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlacedProduct, PlanDocument, warning
from sigpret.intake.spelling import stems

RULE = "near_duplicate_names"
SHARED_PART = 0.7
SHORTEST_RUN = 3
LONGEST_NAME = 60
COMPARED_WITH_AT_MOST = 8

Stems = tuple[str, ...]


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per product that resembles an earlier one, at the later line."""
    seen: dict[Stems, deque[tuple[PlacedProduct, Stems]]] = defaultdict(
        lambda: deque(maxlen=COMPARED_WITH_AT_MOST)
    )
    for placed in document.placed_products():
        name = tuple(stems(placed.product.name)[:LONGEST_NAME])
        keys = runs(name, min(SHORTEST_RUN, len(name))) if name else set()
        twin = _twin(name, (pair for key in sorted(keys) for pair in seen[key]))
        if twin is not None:
            yield _finding(twin, placed)
        for key in keys:
            seen[key].append((placed, name))


def runs(name: Stems, length: int) -> set[Stems]:
    """Every unbroken run of `length` stems."""
    return {name[start : start + length] for start in range(len(name) - length + 1)}


def resemble(one: Stems, other: Stems) -> bool:
    """Whether the two names share a run of most of the shorter one."""
    shorter = min(len(one), len(other))
    length = min(shorter, max(SHORTEST_RUN, math.ceil(SHARED_PART * shorter)))
    return shorter > 0 and not runs(one, length).isdisjoint(runs(other, length))


def _twin(name: Stems, candidates: Iterator[tuple[PlacedProduct, Stems]]) -> PlacedProduct | None:
    compared: set[int] = set()
    for placed, other in candidates:
        if id(placed) in compared:
            continue
        if resemble(name, other):
            return placed
        compared.add(id(placed))
        if len(compared) == COMPARED_WITH_AT_MOST:
            return None
    return None


def _finding(earlier: PlacedProduct, later: PlacedProduct) -> Finding:
    message = (
        f"Los productos {earlier.label} y {later.label} (líneas {earlier.product.line} y"
        f" {later.product.line}) tienen casi el mismo nombre; confirme que son distintos."
    )
    return warning(RULE, later.product.line, message)
