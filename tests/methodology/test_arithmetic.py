"""What must hold for any numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.achievement import achieve
from sigpret.methodology.formulas import Yardstick
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.plans.quarters import year_made
from sigpret.methodology.schedule import (
    ProducedSeries,
    ScheduleError,
    physical_curve,
    propose_distribution,
    propose_quarters,
)
from sigpret.methodology.scoring import GradeInput, grade
from sigpret.methodology.status import Status
from sigpret.methodology.values import plain, rounded
from tests.methodology.examples import POLICY, known, quarterly, quick

amounts = st.decimals(-10_000, 10_000, places=2)
maybe = st.one_of(st.none(), amounts)
QUARTERS = [Period.quarter(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
measures = st.builds(
    Measure,
    id=st.just("X"),
    accumulation=st.sampled_from(Accumulation),
    kind=st.one_of(st.none(), st.sampled_from(AcrossYears)),
    sense=st.sampled_from(Sense),
    baseline=maybe,
    tolerance=st.one_of(st.none(), st.decimals(0, 100, places=2)),
    targets=st.dictionaries(st.sampled_from([*QUARTERS, Period.of_year(2026)]), amounts),
    executed=st.dictionaries(st.sampled_from(QUARTERS), maybe),
)


@quick
@given(measures, st.sampled_from(QUARTERS))
def test_any_measure_has_four_figures_that_explain_themselves(measure, as_of):
    seen = achieve(measure, as_of=as_of, policy=POLICY)
    for figure in (seen.period, seen.to_date, seen.annual, seen.multi_year):
        assert figure.explanation.sentence()
        assert figure.value is None or figure.value.is_finite()
        coloured = figure.status not in (Status.NOT_DUE, Status.NOT_REPORTED)
        assert figure.value is not None if coloured else True
        assert figure.status is not Status.NOT_REPORTED or figure.value is None


@quick
@given(amounts, st.sampled_from([Sense.ASCENDING, Sense.DESCENDING]), maybe, amounts)
def test_exactly_the_target_is_a_hundred(target, sense, baseline, tolerance):
    _rule, value = Yardstick(sense, baseline, abs(tolerance)).attained(target, target)
    assert value in (100, None)


@quick
@given(st.decimals(0, 100_000, places=2), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_a_distribution_adds_up_to_the_year(annual, per_year):
    shares = [share or 0 for share in propose_distribution(annual, per_year)]
    assert sum(shares) == annual
    assert all(share >= 0 for share in shares)


@pytest.mark.parametrize(("annual", "per_year"), [("5", 5), ("-1", 4), ("NaN", 4), ("Infinity", 1)])
def test_what_cannot_be_spread_is_refused(annual, per_year):
    with pytest.raises(ScheduleError):
        propose_distribution(Decimal(annual), per_year)


@quick
@given(st.lists(st.tuples(st.sampled_from(Status), maybe, st.integers(0, 9)), max_size=6))
def test_a_grade_stays_between_zero_and_a_hundred(rows):
    parts = [
        GradeInput(str(place), "", value, status, Decimal(weight))
        for place, (status, value, weight) in enumerate(rows)
    ]
    seen = grade(parts, POLICY)
    assert seen.value is None or 0 <= seen.value <= 100
    assert (seen.value is None) is (seen.band is None)
    assert seen.explanation.sentence()


@quick
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_plain_number_reads_back_and_has_no_exponent(value):
    value = +value
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert text != "-0"


def test_halves_are_rounded_up_however_long_the_number():
    assert rounded(Decimal("1E+40") + 0) == Decimal("1E+40")
    assert rounded(Decimal("0.005")) == Decimal("0.01")


def test_the_curve_counts_intermediate_products_when_they_are_marked():
    planned = known(quarterly("1 1 1 1"))
    final = ProducedSeries(known(quarterly("9 9 9 9")), quarterly("9"), is_intermediate=False)
    marked = ProducedSeries(planned, quarterly("1"), is_intermediate=True)
    assert [point.planned for point in physical_curve([final, marked], 2026)] == [1, 1, 1, 1]
    assert [point.planned for point in physical_curve([final], 2026)] == [9, 9, 9, 9]
    assert physical_curve([], 2026)[3].planned_percent is None


@pytest.mark.parametrize(
    ("accumulation", "per_year", "quarters"),
    [
        ("sum", 4, ("25", "25", "25", "25")),
        ("last", 4, ("100", "100", "100", "100")),
        ("average", 2, (None, "100", None, "100")),
        ("maximum", 1, (None, None, None, "100")),
    ],
)
def test_the_quarters_proposed_make_the_year_as_the_product_accumulates(
    accumulation, per_year, quarters
):
    rule = Accumulation(accumulation)
    proposed = propose_quarters(Decimal(100), per_year, rule)
    assert proposed == tuple(None if one is None else Decimal(one) for one in quarters)
    assert year_made(rule, [one for one in proposed if one is not None]) == 100
