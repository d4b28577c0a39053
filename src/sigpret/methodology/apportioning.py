"""How the money of a tree of categories is apportioned to products.

A part of a category takes its lines and those of everything under it. So the parts that meet on
one path, from a root down to a leaf, pass 100 at most: beyond that a line would count twice.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sigpret.methodology.values import ZERO

Parents = Mapping[int, int | None]
Shares = Mapping[int, Decimal]


def heaviest_path(parents: Parents, shares: Shares, through: int) -> tuple[int, ...]:
    """The path through a category whose parts (0-100) add up to most, from its root down.

    `parents` says under which category each one stands (None: it is a root); `shares`, the sum
    of the parts of each. A tree: nothing stands under itself.
    """
    children: dict[int | None, list[int]] = {}
    for category, parent in parents.items():
        children.setdefault(parent, []).append(category)
    return (*_above(parents, through), *_below(children, shares, through))


def taken(shares: Shares, path: Iterable[int]) -> Decimal:
    """What the parts of a path add up to, 0-100 while nothing counts twice."""
    return sum((shares.get(category, ZERO) for category in path), ZERO)


def _above(parents: Parents, category: int) -> list[int]:
    path: list[int] = []
    above = parents[category]
    while above is not None:
        path.insert(0, above)
        above = parents[above]
    return path


def _below(
    children: Mapping[int | None, list[int]], shares: Shares, category: int
) -> tuple[int, ...]:
    """The heaviest way down, with the category itself."""
    ways = (_below(children, shares, child) for child in children.get(category, ()))
    return (category, *max(ways, key=lambda way: taken(shares, way), default=()))
