"""The quarters of the demonstration and their rounds. It is always 13 October 2026."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sigpret.demonstration.rows import RoundRow

TEGUCIGALPA = ZoneInfo("America/Tegucigalpa")
NOW = datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)

#: Every programmed quarter; the last one has not begun to be reported.
QUARTERS = (
    "2024-Q4",
    *(f"{year}-Q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4)),
)
REPORTED = QUARTERS[:-1]
OPEN = REPORTED[-1]
PREVIOUS = {later: earlier for earlier, later in pairwise(QUARTERS)}
FINAL_YEAR = "2027"

SATURDAY = 5
DAYS_TO_CLOSE = timedelta(days=14)


def year_of(period: str) -> int:
    return int(period[:4])


def rounds() -> tuple[RoundRow, ...]:
    """Seven closed rounds and the open one."""
    return tuple(round_of(period) for period in REPORTED)


def round_of(period: str) -> RoundRow:
    """Opens the first day after the quarter and closes on the 16th at 5 p. m., or on Monday."""
    year, quarter = year_of(period), int(period[-1])
    opens_on = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    last_day = opens_on + timedelta(days=15)
    if last_day.weekday() >= SATURDAY:
        last_day += timedelta(days=7 - last_day.weekday())
    closes_at = datetime.combine(last_day, time(17), TEGUCIGALPA)
    return RoundRow(
        period=period,
        opens_on=opens_on,
        closes_at=closes_at,
        closed_at=None if period == OPEN else closes_at + DAYS_TO_CLOSE,
    )
