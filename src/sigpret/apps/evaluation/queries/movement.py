"""Better, worse or the same: the status of a goal in two neighbouring quarters."""

from enum import StrEnum

from sigpret.methodology.status import Status

#: Only these three steps can be compared; over-achievement is as good as on track.
HEIGHT = {Status.BEHIND: 0, Status.AT_RISK: 1, Status.ON_TRACK: 2, Status.EXCEEDED: 2}
GOOD = frozenset({Status.ON_TRACK, Status.EXCEEDED})


class Movement(StrEnum):
    """What changed. NONE also covers what cannot be compared."""

    WORSENED = "worsened"
    IMPROVED = "improved"
    NONE = "none"


def movement(before: Status | None, now: Status, *, is_official: bool) -> Movement:
    """How a goal moved from one quarter to the next.

    Falling silent is worse, but only once the quarter has closed: before, the report is still
    on its way. Speaking up again is better only if what is said is good.
    """
    if before is None or before == now:
        return Movement.NONE
    if before in HEIGHT and now in HEIGHT:
        return step(HEIGHT[now] - HEIGHT[before])
    if before in HEIGHT and now == Status.NOT_REPORTED and is_official:
        return Movement.WORSENED
    if before == Status.NOT_REPORTED and now in GOOD:
        return Movement.IMPROVED
    return Movement.NONE


def step(height: int) -> Movement:
    if height == 0:
        return Movement.NONE
    return Movement.IMPROVED if height > 0 else Movement.WORSENED
