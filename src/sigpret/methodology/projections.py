"""Where a trend ends: what any projection method must answer. The methods live elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from sigpret.methodology.periods import Period


class Observation(NamedTuple):
    """A measured value of a series, in the indicator's unit."""

    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class ProjectedPoint:
    """A period ahead: the central value and its 80 % and 95 % intervals, in the same unit."""

    period: Period
    value: Decimal
    interval_80: tuple[Decimal, Decimal]
    interval_95: tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Projection:
    """A projected series with the method that made it.

    `is_short` says that the history had too few points for a model and a plain drift was
    used; `chance_of_target` is the probability (0-100) of meeting the last target.
    """

    method: str
    is_short: bool
    points: tuple[ProjectedPoint, ...]
    chance_of_target: Decimal | None


class Projector(Protocol):
    """A method that continues a series, never past its natural bounds (None: unbounded)."""

    def project(
        self,
        history: Sequence[Observation],
        horizon: Sequence[Period],
        *,
        target: Decimal | None,
        bounds: tuple[Decimal | None, Decimal | None],
    ) -> Projection: ...
