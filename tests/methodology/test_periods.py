"""Periods: codes, order and neighbours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.periods import MONTHS_OF, Period, PeriodError, PeriodKind
from tests.methodology.examples import quick

periods = st.builds(
    lambda year, kind, turn: Period.of(year, kind, turn % (12 // kind.months) + 1),
    st.integers(1, 9999),
    st.sampled_from(PeriodKind),
    st.integers(0, 11),
)


@quick
@given(periods)
def test_a_code_is_read_as_it_was_printed(period):
    assert Period.parse(period.code) == period
    assert Period.of(period.year, period.kind, period.number) == period
    assert str(period) == period.code


@quick
@given(periods)
def test_the_next_of_the_previous_is_the_same(period):
    if period.start.year > 1 and period.year < 9999:
        assert period.next().previous() == period == period.previous().next()
        assert period.previous().end < period.start


@pytest.mark.parametrize(
    "code",
    ["", "26", "2026-Q5", "2026-Q0", "2026-q1", "2026-M1", "2026-M13", " 2026", "2026\n",
     "0000", "2026-A1", "٢٠٢٦"],
)  # fmt: skip
def test_what_is_not_a_period_is_refused(code):
    with pytest.raises(PeriodError):
        Period.parse(code)


@pytest.mark.parametrize(
    ("year", "kind", "number"),
    [(2026, PeriodKind.QUARTER, 5), (2026, PeriodKind.YEAR, 2), (0, PeriodKind.YEAR, 1),
     (10_000, PeriodKind.MONTH, 1), (2026, PeriodKind.MONTH, 0)],
)  # fmt: skip
def test_a_period_the_calendar_lacks_is_refused(year, kind, number):
    with pytest.raises(PeriodError):
        Period.of(year, kind, number)


def test_the_calendar_ends():
    with pytest.raises(PeriodError):
        Period.of_year(9999).next()
    with pytest.raises(PeriodError):
        Period.of_year(1).previous()


def test_periods_sort_by_their_end_then_by_their_start():
    codes = ["2026-Q1", "2026-S1", "2026-Q2", "2026-M07", "2026", "2026-Q4", "2026-M12"]
    assert [p.code for p in sorted(map(Period.parse, reversed(codes)))] == codes


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-10-13", "2026-Q4")],
)
def test_a_day_has_its_quarter(day, code):
    assert Period.quarter_on(date.fromisoformat(day)).code == code


@pytest.mark.parametrize(
    ("code", "quarters"),
    [("2026", "1 2 3 4"), ("2026-S2", "3 4"), ("2026-T1", "1"), ("2026-Q3", "3"), ("2026-M01", "")],
)
def test_the_quarters_inside(code, quarters):
    inside = Period.parse(code).quarters()
    assert " ".join(str(quarter.number) for quarter in inside) == quarters
    assert all(Period.parse(code).contains(quarter) for quarter in inside)


def test_every_kind_divides_the_year():
    assert all(12 % months == 0 for months in MONTHS_OF.values())
    assert Period.quarter(2026, 2).year_period == Period.of_year(2026)
