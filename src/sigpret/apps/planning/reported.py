"""What the apps above know of a plan's quarters: which closed, which have figures, what changes.

`config/wiring.py` registers who knows; with nobody registered no quarter was ever reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

#: What a change would programme, by product id and quarter code; None is "not programmed".
Proposed = Mapping[int, Mapping[str, Decimal | None]]
Effect = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ReportedQuarters:
    """Of the year of a plan: quarters that closed, and (product id, quarter) with a figure."""

    closed: frozenset[str] = frozenset()
    figures: frozenset[tuple[int, str]] = frozenset()


#: `provider(plan_id, fiscal_year, is_held)`; held: no quarter closes before the caller commits.
QuartersProvider = Callable[[int, int, bool], ReportedQuarters]
#: `provider(fiscal_year, is_held)`: the codes of the quarters of a year that closed.
ClosedProvider = Callable[[int, bool], frozenset[str]]
#: `provider(fiscal_year, proposed)`: rows with `product`, `period`, and the status and the
#: percentage (0-100, as text) `before` and `after`.
EffectProvider = Callable[[int, Proposed], Effect]
Provider = TypeVar("Provider")

_QUARTERS: list[QuartersProvider] = []
_CLOSED: list[ClosedProvider] = []
_EFFECT: list[EffectProvider] = []


def register_quarters(provider: QuartersProvider) -> None:
    """Who knows what was reported of a plan's quarters."""
    _add(_QUARTERS, provider)


def register_closed(provider: ClosedProvider) -> None:
    """Who knows which quarters of a year closed."""
    _add(_CLOSED, provider)


def register_effect(provider: EffectProvider) -> None:
    """Who works out what another programming does to the statuses."""
    _add(_EFFECT, provider)


def reported_quarters(plan_id: int, fiscal_year: int, *, is_held: bool = False) -> ReportedQuarters:
    found = [provider(plan_id, fiscal_year, is_held) for provider in _QUARTERS]
    return ReportedQuarters(
        frozenset().union(*(one.closed for one in found)),
        frozenset().union(*(one.figures for one in found)),
    )


def closed_quarters(fiscal_year: int, *, is_held: bool = False) -> frozenset[str]:
    """The codes of the quarters of the year that closed, `2026-Q1`: their programming stays.

    `is_held`: none closes before the caller commits; whoever also holds a plan holds these first.
    """
    return frozenset().union(*(provider(fiscal_year, is_held) for provider in _CLOSED))


def effect_on_statuses(fiscal_year: int, proposed: Proposed) -> Effect:
    return [row for provider in _EFFECT for row in provider(fiscal_year, proposed)]


def _add(register: list[Provider], provider: Provider) -> None:
    if provider not in register:
        register.append(provider)
