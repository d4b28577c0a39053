"""What the apps above know and do for the matrix: which quarters began and closed, what to work
out again.

`config/wiring.py` registers them; the matrix knows no app above it by name.
"""

from collections.abc import Callable, Collection, Iterable

from sigpret.methodology.periods import Period

ClosedPeriods = Callable[[], Iterable[str]]
Recompute = Callable[[Collection[int]], None]

_CLOSED: list[ClosedPeriods] = []
_BEGUN: list[ClosedPeriods] = []
_RECOMPUTE: list[Recompute] = []


def register_closed(provider: ClosedPeriods) -> None:
    """`provider()` gives the codes of the quarters whose round closed."""
    if provider not in _CLOSED:
        _CLOSED.append(provider)


def register_begun(provider: ClosedPeriods) -> None:
    """`provider()` gives the codes of the quarters that were opened to reports, closed or not."""
    if provider not in _BEGUN:
        _BEGUN.append(provider)


def register_recompute(action: Recompute) -> None:
    """`action(goal_ids)` brings the figures of these goals, and of those above, up to date."""
    if action not in _RECOMPUTE:
        _RECOMPUTE.append(action)


def closed_quarters() -> frozenset[str]:
    return frozenset(code for provider in _CLOSED for code in provider())


def begun_quarters() -> frozenset[str]:
    return frozenset(code for provider in _BEGUN for code in provider())


def is_closed(period: str, closed: frozenset[str]) -> bool:
    """Did the quarter a period ends with close? Then its target is history."""
    return Period.quarter_on(Period.parse(period).end).code in closed


def recompute(goal_ids: Collection[int]) -> None:
    """Inside the caller's transaction: the change and its consequences are one thing."""
    for action in _RECOMPUTE:
        action(goal_ids)
