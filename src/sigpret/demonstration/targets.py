"""What is programmed: a number for each quarter something falls due."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from sigpret.demonstration.quarters import FINAL_YEAR, QUARTERS, year_of
from sigpret.demonstration.texts import Profile

#: Which quarters fall due, by how often a year.
DUE_QUARTERS = {4: (1, 2, 3, 4), 2: (2, 4), 1: (4,)}
#: A year's quantity compared with that of 2026.
YEAR_FACTORS = {2024: 0.8, 2025: 0.9, 2026: 1.0}
FINAL_FACTOR = 1.08
RISING_START = 0.72
FALLING_START = 1.38
STEADY_START = 0.93
IDLE_START_SHARE = 0.12
PERCENT, WHOLE = "porcentaje", Decimal(100)


def exact(value: float, decimals: int) -> Decimal:
    """A computed quantity as it is written: rounded half up to the unit's decimals."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def possible(value: Decimal, unit: str) -> Decimal:
    """No share of something passes the whole."""
    return min(value, WHOLE) if unit == PERCENT else value


def due_quarters(per_year: int) -> tuple[str, ...]:
    return tuple(period for period in QUARTERS if int(period[-1]) in DUE_QUARTERS[per_year])


def planned_series(
    profile: Profile, size: float, unit: str, per_year: int, rng: Random
) -> dict[str, Decimal]:
    """The targets of an indicator whose year or level of 2026 is `size`, plus its final year."""
    due = due_quarters(per_year)
    if profile.shape == "total":
        planned = quantities(profile, size, due, rng)
    else:
        planned = levels(profile, size, due)
    planned[FINAL_YEAR] = exact(size * final_factor(profile), profile.decimals)
    return {period: possible(value, unit) for period, value in planned.items()}


def quantities(
    profile: Profile, size: float, due: tuple[str, ...], rng: Random
) -> dict[str, Decimal]:
    """A year's quantity split in its quarters, never quite evenly; some start at zero."""
    starts_idle = rng.random() < IDLE_START_SHARE
    shares = {number: rng.uniform(0.8, 1.2) for number in (1, 2, 3, 4)}
    if starts_idle:
        shares[1] = 0.0
    planned = {}
    for period in due:
        year = year_of(period)
        whole = sum(shares[int(other[-1])] for other in due if year_of(other) == year)
        part = shares[int(period[-1])] / (whole if year > year_of(QUARTERS[0]) else 4)
        planned[period] = exact(size * YEAR_FACTORS[year] * part, profile.decimals)
    return planned


def levels(profile: Profile, size: float, due: tuple[str, ...]) -> dict[str, Decimal]:
    """A level on its way, in equal steps, from its baseline to what 2026 should end with."""
    start = size * start_factor(profile)
    step = (size - start) / len(QUARTERS)
    return {
        period: exact(start + step * (QUARTERS.index(period) + 1), profile.decimals)
        for period in due
    }


def start_factor(profile: Profile) -> float:
    """Where the baseline stands, compared with the level of 2026."""
    if profile.sense == "maintain":
        return 1.0
    if profile.shape == "falling":
        return FALLING_START
    if profile.shape == "steady":
        return 2 - STEADY_START if profile.sense == "descending" else STEADY_START
    return RISING_START


def final_factor(profile: Profile) -> float:
    if profile.sense == "maintain":
        return 1.0
    return 2 - FINAL_FACTOR if profile.sense == "descending" else FINAL_FACTOR


def baseline_of(profile: Profile, size: float) -> Decimal | None:
    """What was measured before the programme; times, incidents and quantities have none."""
    if profile.shape in {"rising", "falling"}:
        return exact(size * start_factor(profile), profile.decimals)
    return None


def tolerance_of(profile: Profile, size: float) -> Decimal | None:
    """How far a level that should stay may move, in its own unit."""
    return None if profile.tolerance is None else exact(size * profile.tolerance, 2)
