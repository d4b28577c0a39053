"""The range a series is expected to move in: an individuals chart (XmR) of its own history.

Wheeler, D. J. (1993), Understanding Variation: the mean of the series, plus and minus 2.66 times
the mean of the differences between neighbours. With fewer points than the policy asks there are
no limits, because they would only look like some.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from sigpret.methodology.policy import Policy
from sigpret.methodology.values import ZERO

#: Three standard deviations, estimated from moving ranges of two: 3 / 1.128.
WIDTH = Decimal("2.66")


class Expected(NamedTuple):
    """Where the next value is expected, in the unit of the series; `points` made it."""

    low: Decimal
    middle: Decimal
    high: Decimal
    points: int

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def expected_range(history: Sequence[Decimal], policy: Policy) -> Expected | None:
    """The expected range after a history, oldest first; None when it is too short.

    A series that was never negative is not expected to be.
    """
    if len(history) < policy.control_points:
        return None
    middle = sum(history, ZERO) / len(history)
    moves = [abs(after - before) for before, after in pairwise(history)]
    reach = WIDTH * sum(moves, ZERO) / len(moves)
    low = middle - reach
    return Expected(
        max(low, ZERO) if min(history) >= 0 else low, middle, middle + reach, len(history)
    )
