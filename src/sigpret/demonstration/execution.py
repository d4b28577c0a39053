"""What was done, given how well it went: the formulas of the methodology, read backwards.

A path holds, for each reported quarter, the achievement to date of its year as a share
(1 is exactly as programmed); None is a quarter nobody reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from sigpret.demonstration.quarters import REPORTED, year_of
from sigpret.demonstration.targets import exact, possible
from sigpret.demonstration.texts import Profile

Path = Sequence[float | None]

MAINTAINED = 0.9
SUDDEN_ZERO_SHARE = 0.012
GONE_SHARE = 0.02
AGAINST_SENSE_SHARE = 0.02
OVER_SHARE = 0.03
UNPLANNED_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator's way of measuring and its targets, to be executed along a path."""

    profile: Profile
    unit: str
    baseline: Decimal | None
    tolerance: Decimal | None
    planned: Mapping[str, Decimal]


def wandering(centre: Path, rng: Random, spread: float = 0.06) -> list[float | None]:
    """A path around another, with the accidents real series have."""
    drift = rng.gauss(0, spread)
    path: list[float | None] = []
    for value in centre:
        around = (0.95 if value is None else value) + drift + rng.gauss(0, spread / 2)
        path.append(accident(around, rng))
    return path


def accident(value: float, rng: Random) -> float | None:
    """Mostly the value; now and then silence, a zero, a step against the sense or far beyond."""
    chance = rng.random()
    if chance < GONE_SHARE:
        return None
    if chance < GONE_SHARE + SUDDEN_ZERO_SHARE:
        return 0.0
    if chance < GONE_SHARE + SUDDEN_ZERO_SHARE + AGAINST_SENSE_SHARE:
        return -rng.uniform(0.05, 0.3)
    if chance < GONE_SHARE + SUDDEN_ZERO_SHARE + AGAINST_SENSE_SHARE + OVER_SHARE:
        return rng.uniform(1.25, 1.7)
    return max(value, 0.05)


def execute(course: Course, path: Path, rng: Random) -> dict[str, Decimal | None]:
    """The value of each due quarter that brings the year to date where the path says."""
    values: dict[str, Decimal | None] = {}
    for period, ratio in zip(REPORTED, path, strict=True):
        if period not in course.planned:
            continue
        if ratio is None:
            values[period] = None
        elif course.planned[period] == 0:
            values[period] = unplanned(course, rng)
        else:
            done = exact(max(amount(course, values, period, ratio), 0), decimals(course))
            values[period] = possible(done, course.unit)
    return values


def decimals(course: Course) -> int:
    return course.profile.decimals


def unplanned(course: Course, rng: Random) -> Decimal:
    """Nothing was programmed: mostly nothing was done, sometimes something was."""
    largest = float(max(course.planned.values()))
    done = largest * rng.uniform(0.05, 0.15) if rng.random() < UNPLANNED_SHARE else 0
    return exact(done, decimals(course))


def amount(
    course: Course, values: Mapping[str, Decimal | None], period: str, ratio: float
) -> float:
    """The unrounded value; the year's earlier values already count."""
    same_year = [other for other in course.planned if other[:4] == period[:4] and "-" in other]
    to_date = [float(course.planned[other]) for other in same_year if other <= period]
    done = [float(value) for other in same_year if (value := values.get(other)) is not None]
    if course.profile.accumulation == "sum":
        return reached(course, sum(to_date), ratio) - sum(done)
    if course.profile.accumulation == "average":
        wanted = reached(course, sum(to_date) / len(to_date), ratio)
        return wanted * (len(done) + 1) - sum(done)
    if course.profile.across_years == "reduccion_anual":
        before = last_of_year(values, year_of(period) - 1, course.baseline)
        return before - ratio * (before - to_date[-1])
    return reached(course, to_date[-1], ratio)


def reached(course: Course, target: float, ratio: float) -> float:
    """The level at which the achievement of `target` is `ratio`."""
    profile = course.profile
    if profile.sense == "maintain":
        within = float(course.tolerance or 0)
        return target + (within * 0.4 if ratio >= MAINTAINED else within * 3)
    if profile.across_years in {"capacidad", "reduccion"} and course.baseline is not None:
        baseline = float(course.baseline)
        return baseline + ratio * (target - baseline)
    if profile.sense == "descending":
        return target / max(ratio, 0.2)
    return ratio * target


def last_of_year(
    values: Mapping[str, Decimal | None], year: int, baseline: Decimal | None
) -> float:
    """What the year before ended with; the baseline when it was not measured."""
    known = [value for period, value in values.items() if year_of(period) == year]
    found = next((value for value in reversed(known) if value is not None), baseline)
    return float(found or 0)


def execute_product(
    planned: Mapping[str, Decimal], path: Mapping[str, float | None], rng: Random
) -> dict[str, Decimal | None]:
    """The whole units of a product delivered in each due quarter of its one year."""
    due, done = Decimal(0), Decimal(0)
    values: dict[str, Decimal | None] = {}
    for period, ratio in path.items():
        if period not in planned:
            continue
        due += planned[period]
        if ratio is None:
            values[period] = None
            continue
        is_extra = planned[period] == 0 and rng.random() < UNPLANNED_SHARE
        delivered = Decimal(1) if is_extra else max(exact(float(due) * ratio, 0) - done, Decimal(0))
        values[period] = delivered if planned[period] or is_extra else Decimal(0)
        done += values[period] or 0
    return values
