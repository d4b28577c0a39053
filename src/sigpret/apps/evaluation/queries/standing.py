"""Where a goal stands at a quarter: one shape, whatever it was read from.

A closed quarter is read from its snapshots (official); the open one from the figures that
`monitoring` keeps current (preliminary). Percentages are 0-100, raw and unrounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

#: How many quarters a spark and a trajectory show.
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a name: an institution, a sector."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why it did not go as programmed, as the institution told it."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class QuarterPoint:
    """A quarter of the series. Quantities in the indicator's unit; `achievement` to date."""

    period: Period
    planned_to_date: Decimal | None
    executed_to_date: Decimal | None
    achievement: Decimal | None
    status: Status

    @property
    def shown_executed(self) -> Decimal | None:
        """What earlier quarters had accumulated is not drawn as if this one had been reported."""
        return done_to_date(self.executed_to_date, self.status)


@dataclass(frozen=True, slots=True)
class Reading:
    """An achievement with its status and the explanation it was kept with (JSON, or empty)."""

    value: Decimal | None
    status: Status
    explanation: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Mapping[str, Any], ...]:
        """The parts the number is made of, as the methodology kept them."""
        return tuple(self.explanation.get("parts", ()))


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal at a quarter: its own measured achievement beside what its children contribute.

    `planned` and `executed` are to date, in `unit`; None is absent, never zero.
    """

    goal_id: int
    code: str
    slug: str
    level: str
    text: str
    is_prioritised: bool
    sector: Named
    responsible: Named
    unit: str
    sense: str
    baseline: Decimal | None
    annual_target: Decimal | None
    planned: Decimal | None
    executed: Decimal | None
    own: Reading
    contributed: Reading
    is_inconsistent: bool
    cause: Cause | None
    series: tuple[QuarterPoint, ...]
    reported_on: date | None
    validated_on: date | None
    policy_version: str
    is_official: bool

    @property
    def shown_executed(self) -> Decimal | None:
        """None when the quarter was not reported, whatever earlier ones had accumulated."""
        return done_to_date(self.executed, self.status)

    @property
    def value(self) -> Decimal | None:
        return self.own.value

    @property
    def status(self) -> Status:
        return self.own.status


def standing_from_payload(goal_id: int, payload: Mapping[str, Any]) -> Standing:
    """A standing as a closing kept it."""
    indicator = payload.get("indicator") or {}
    return Standing(
        goal_id=goal_id,
        code=payload["code"],
        slug=payload["slug"],
        level=payload["level"],
        text=payload["text"],
        is_prioritised=bool(payload.get("is_prioritised")),
        sector=named(payload.get("sector")),
        responsible=named(payload.get("responsible")),
        unit=indicator.get("unit", ""),
        sense=indicator.get("sense", ""),
        baseline=number(indicator.get("baseline")),
        annual_target=number(payload.get("annual_target")),
        planned=number(payload.get("planned_to_date")),
        executed=number(payload.get("executed_to_date")),
        own=reading(payload.get("own")),
        contributed=reading(payload.get("contributed")),
        is_inconsistent=bool(payload.get("is_inconsistent")),
        cause=cause_of(payload.get("cause")),
        series=series_of(payload.get("series") or ()),
        reported_on=day(payload.get("reported_on")),
        validated_on=day(payload.get("validated_on")),
        policy_version=payload.get("policy_version", ""),
        is_official=True,
    )


def number(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def named(pair: Mapping[str, Any] | None) -> Named:
    return Named(code=str(pair["code"]), name=str(pair["name"])) if pair else Named("", "")


def reading(figure: Mapping[str, Any] | None) -> Reading:
    if not figure:
        return Reading(None, Status.NOT_DUE)
    return Reading(
        number(figure.get("value")), Status(figure["status"]), figure.get("explanation") or {}
    )


def cause_of(told: Mapping[str, Any] | None) -> Cause | None:
    return Cause(told.get("category") or "", told.get("text") or "") if told else None


def series_of(points: Any) -> tuple[QuarterPoint, ...]:
    return tuple(
        QuarterPoint(
            period=Period.parse(point["period"]),
            planned_to_date=number(point.get("planned_to_date")),
            executed_to_date=number(point.get("executed_to_date")),
            achievement=number(point.get("achievement")),
            status=Status(point["status"]),
        )
        for point in points
    )
