"""The 48 presidential goals: written one by one, with the year the board shows."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from sigpret.demonstration.causes import explained
from sigpret.demonstration.execution import Course, execute
from sigpret.demonstration.quarters import FINAL_YEAR, OPEN, QUARTERS, REPORTED, year_of
from sigpret.demonstration.rows import GoalRow
from sigpret.demonstration.targets import YEAR_FACTORS, exact, final_factor, possible, tolerance_of
from sigpret.demonstration.texts import Profile, profiles, read, slug_of

PRIORITISED_SHARE = 0.3
NOT_REPORTED = "-"
EARLY_START = 0.9
SHOWN_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Placed:
    """A goal with the path it walked, which the goals that serve it follow."""

    row: GoalRow
    path: tuple[float | None, ...]


def presidential_goals(rng: Random) -> list[Placed]:
    return [presidential_goal(row, rng) for row in read("presidential")]


def presidential_goal(row: dict[str, str], rng: Random) -> Placed:
    profile = profiles()[row["profile"]]
    baseline = Decimal(row["baseline"]) if row["baseline"] else None
    shown = [float(part) for part in row["planned_2026"].split(";")]
    planned = {
        period: possible(value, row["unit"])
        for period, value in planned_series(profile, shown, baseline).items()
    }
    path = (*earlier_path(rng), *map(share, row["path_2026"].split(";")))
    tolerance = tolerance_of(profile, shown[-1])
    course = Course(profile, row["unit"], baseline, tolerance, planned)
    causes = explained(dict(zip(REPORTED, path, strict=True)), planned, rng)
    if row["cause"]:
        causes[OPEN] = (row["cause_category"], row["cause"])
    goal = GoalRow(
        code=row["code"],
        slug=slug_of(row["text"]),
        level="presidential",
        text=row["text"],
        sector=row["sector"],
        institution=None,
        responsible=row["lead"],
        chain_position="impact" if profile.shape == "falling" else "result",
        is_prioritised=rng.random() < PRIORITISED_SHARE,
        unit=row["unit"],
        sense=profile.sense,
        accumulation=profile.accumulation,
        across_years=profile.across_years,
        baseline=baseline,
        tolerance=tolerance,
        planned=planned,
        executed=execute(course, path, rng),
        causes=causes,
    )
    return Placed(goal, path)


def share(text: str) -> float | None:
    return None if text == NOT_REPORTED else float(text)


def earlier_path(rng: Random) -> list[float]:
    """2024 and 2025 went well for nearly everybody."""
    return [rng.uniform(0.9, 1.02) for period in REPORTED if year_of(period) < SHOWN_YEAR]


def planned_series(
    profile: Profile, shown: list[float], baseline: Decimal | None
) -> dict[str, Decimal]:
    """The four quarters that are written, the five before them, and the final year."""
    if profile.shape == "total":
        earlier = earlier_quantities(shown)
        final = sum(shown)
    else:
        earlier = earlier_levels(profile, shown[0], baseline)
        final = shown[-1]
    numbers = [*earlier, *shown]
    planned = {
        period: exact(number, profile.decimals)
        for period, number in zip(QUARTERS, numbers, strict=True)
    }
    return planned | {FINAL_YEAR: exact(final * final_factor(profile), profile.decimals)}


def earlier_quantities(shown: list[float]) -> list[float]:
    return [
        shown[int(period[-1]) - 1] * YEAR_FACTORS[year_of(period)]
        for period in QUARTERS
        if year_of(period) < SHOWN_YEAR
    ]


def earlier_levels(profile: Profile, first: float, baseline: Decimal | None) -> list[float]:
    """Equal steps from the baseline to the first level of the year that is shown."""
    start = float(baseline) if baseline is not None else first * start_share(profile)
    count = sum(year_of(period) < SHOWN_YEAR for period in QUARTERS)
    return [start + (first - start) * step / (count + 1) for step in range(1, count + 1)]


def start_share(profile: Profile) -> float:
    if profile.sense == "maintain":
        return 1.0
    return 1 / EARLY_START if profile.sense == "descending" else EARLY_START
