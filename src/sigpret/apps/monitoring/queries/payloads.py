"""What is kept of a goal or a product when a quarter closes: everything that explains its figure.

Plain JSON: decimals are text without rounding, or null; periods are codes; dates are ISO.
"""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.reading import planned_to_date
from sigpret.methodology.status import Status
from sigpret.methodology.values import plain
from sigpret.web.dates import day_of as local_day

Payload = dict[str, Any]
QUARTERS_SHOWN = 8


class ValidatedValue(NamedTuple):
    """What was said about a validated value, by whom it was written and by whom decided."""

    value: Decimal | None
    cause_category: str
    cause: str
    observation: str
    reported_at: datetime | None
    decided_at: datetime | None
    evidence: tuple[Payload, ...] = ()


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def day_of(moment: datetime | None) -> str | None:
    """The day an instant was at Tegucigalpa, as ISO text."""
    return None if moment is None else local_day(moment).isoformat()


def done_to_date(executed: Decimal | None, status: str) -> Decimal | None:
    """What a quarter may say was done by its end; None when it was due and not reported.

    What earlier quarters had accumulated is not a figure of a quarter nobody reported.
    """
    return None if status == Status.NOT_REPORTED else executed


def figure_json(figure: Figure) -> Payload:
    return {"value": text_of(figure.value), "status": str(figure.status)}


def explained_json(figure: Figure) -> Payload:
    return {**figure_json(figure), "explanation": figure.explanation.to_json()}


def figures_json(achievement: Achievement) -> Payload:
    return {
        "period": figure_json(achievement.period),
        "to_date": figure_json(achievement.to_date),
        "annual": figure_json(achievement.annual),
        "multi_year": figure_json(achievement.multi_year),
    }


def series_json(seen: "Seen", *, until: Period) -> list[Payload]:
    """The last quarters up to one, oldest first; those with nothing programmed nor done are out."""
    points = [point_json(seen, quarter) for quarter in shown_until(until) if seen.has(quarter)]
    return [point for point in points if point["planned_to_date"] or point["executed_to_date"]]


@lru_cache(maxsize=64)
def shown_until(until: Period) -> tuple[Period, ...]:
    """The quarters of a series that ends in one, oldest first: the same for a whole country."""
    shown = [until]
    while len(shown) < QUARTERS_SHOWN:
        shown.insert(0, shown[0].previous())
    return tuple(shown)


def programme_json(seen: "Seen", *, until: Period) -> list[Payload]:
    """What was programmed up to each quarter of the year, those still to come included."""
    return [
        {"period": quarter.code, "planned_to_date": text_of(seen.planned(quarter))}
        for quarter in until.year_period.quarters()
    ]


class Seen:
    """A measure's figures to date at one quarter or another, each worked out once."""

    __slots__ = ("began", "figures", "measure", "policy")

    def __init__(self, measure: Measure, policy: Policy, known: dict[Period, Figure]) -> None:
        self.measure, self.policy, self.figures = measure, policy, known
        latest_first = sorted({*measure.targets, *measure.executed}, reverse=True)
        #: The month in which the first period of each year ends.
        self.began = {period.year: period.last for period in latest_first}

    def to_date(self, quarter: Period) -> Figure:
        if quarter not in self.figures:
            achievement = achieve(self.measure, as_of=quarter, policy=self.policy)
            self.figures[quarter] = achievement.to_date
        return self.figures[quarter]

    def planned(self, quarter: Period) -> Decimal | None:
        """What was programmed by then, without judging what was done of it."""
        known = self.figures.get(quarter)
        return planned_to_date(self.measure, quarter) if known is None else known.planned

    def has(self, quarter: Period) -> bool:
        """Was anything programmed or done in the year, up to the quarter?"""
        return quarter.last >= self.began.get(quarter.year, quarter.last + 1)


def point_json(seen: Seen, quarter: Period) -> Payload:
    figure, measure = seen.to_date(quarter), seen.measure
    return {
        "period": quarter.code,
        "planned": text_of(measure.targets.get(quarter)),
        "executed": text_of(measure.executed.get(quarter)),
        "planned_to_date": text_of(figure.planned),
        "executed_to_date": text_of(done_to_date(figure.executed, figure.status)),
        "achievement": text_of(figure.value),
        "status": str(figure.status),
    }


CAUSES = dict(CauseCategory.choices)
#: What stands for a value nobody validated.
NOBODY_REPORTED: Payload = {
    "cause": None,
    "review": None,
    "reported_on": None,
    "validated_on": None,
    "evidence": [],
}


def report_json(said: ValidatedValue | None) -> Payload:
    """The two voices: why, by the institution; and what the review said."""
    if said is None:
        return NOBODY_REPORTED
    category = str(CAUSES.get(said.cause_category, said.cause_category))
    return {
        "cause": {"category": category, "text": said.cause} if said.cause else None,
        "review": {"text": said.observation, "decided_on": day_of(said.decided_at)},
        "reported_on": day_of(said.reported_at),
        "validated_on": day_of(said.decided_at),
        "evidence": list(said.evidence),
    }


#: What a goal without an indicator keeps: every key a measured one has, with nothing in it.
UNMEASURED: Payload = {
    "responsible": None,
    "responsible_unit": "",
    "indicator": None,
    "annual_target": None,
    "planned_to_date": None,
    "executed_to_date": None,
    "programme": [],
    "series": [],
    "figures": None,
}


def measured_json(
    measure: Measure, achievement: Achievement, *, until: Period, policy: Policy
) -> Payload:
    """The figures with the quantities they come from."""
    to_date = achievement.to_date
    seen = Seen(measure, policy, {until: to_date})
    series = series_json(seen, until=until)
    return {
        "annual_target": text_of(achievement.annual.planned),
        "planned_to_date": text_of(to_date.planned),
        "executed_to_date": text_of(done_to_date(to_date.executed, to_date.status)),
        "programme": programme_json(seen, until=until),
        "series": series,
        "figures": figures_json(achievement),
        "own": explained_json(to_date),
    }
