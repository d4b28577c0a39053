"""Who is really different? How far chance alone may carry the grade of one among equals.

A grade is the mean of few goals, and goals differ among themselves: the fewer there are, the
wider the grade may stray. Inside the band the order of a group means nothing, so nobody is
ranked. Source: the funnel plots of Goldstein & Spiegelhalter (1996) for league tables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sigpret.methodology.policy import Policy
from sigpret.methodology.values import HUNDRED, ZERO, median


@dataclass(frozen=True, slots=True)
class BandLimits:
    """Between which grades (0-100) chance alone may leave an institution with so many goals."""

    size: int
    low: Decimal
    high: Decimal


def spread_within(groups: Iterable[Sequence[Decimal]]) -> Decimal | None:
    """The pooled standard deviation of values around the mean of their own group.

    None when no group has two values: then nothing is known of how values differ.
    """
    squares, freedom = ZERO, 0
    for group in groups:
        if len(group) > 1:
            mean = sum(group, ZERO) / len(group)
            squares += sum(((value - mean) ** 2 for value in group), ZERO)
            freedom += len(group) - 1
    return (squares / freedom).sqrt() if freedom else None


def expected_band(groups: Sequence[Sequence[Decimal]], policy: Policy) -> tuple[BandLimits, ...]:
    """The band around the median grade, for every size from the smallest group to the largest.

    It reaches as many standard errors to each side as the policy says. Each group holds the
    values that entered one institution's grade, every one 0-100. Empty when the spread is not
    known.
    """
    grades = [sum(group, ZERO) / len(group) for group in groups if group]
    centre, spread = median(grades), spread_within(groups)
    if centre is None or spread is None:
        return ()
    sizes = [len(group) for group in groups if group]
    return tuple(
        limits(size, centre, policy.peer_spread * spread / Decimal(size).sqrt())
        for size in range(min(sizes), max(sizes) + 1)
    )


def limits(size: int, centre: Decimal, reach: Decimal) -> BandLimits:
    return BandLimits(size, max(centre - reach, ZERO), min(centre + reach, HUNDRED))
