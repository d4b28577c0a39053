"""Fewer goals, wider band: what chance alone does to a grade."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sigpret.methodology.peers import expected_band, spread_within
from sigpret.methodology.values import median
from tests.methodology.examples import POLICY


def values(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "middle"),
    [((), None), ((7,), 7), ((1, 9, 4), 4), ((1, 2, 4, 9), 3)],
)
def test_the_median_is_the_middle(numbers, middle):
    assert median(values(*numbers)) == middle


def test_the_spread_is_around_each_groups_own_mean():
    # Two groups far apart, equal inside: (-1, 1) around 10 and around 90.
    assert spread_within([values(9, 11), values(89, 91)]) == Decimal(2).sqrt()


def test_single_values_say_nothing_of_the_spread():
    assert spread_within([values(5), values(70)]) is None
    assert expected_band([values(5), values(70)], POLICY) == ()


def test_without_groups_there_is_no_band():
    assert expected_band([], POLICY) == ()
    assert expected_band([[]], POLICY) == ()


def test_the_band_narrows_as_goals_grow():
    band = expected_band([values(40, 60), values(40, 60, 40, 60), values(45, 55, 50)], POLICY)
    assert [one.size for one in band] == [2, 3, 4]
    widths = [one.high - one.low for one in band]
    assert widths == sorted(widths, reverse=True)


def test_as_many_standard_errors_as_the_policy_says_around_the_median():
    (one,) = expected_band([values(40, 60)], POLICY)
    # mean 50, deviation √200, divided by √2 is 10: two of them on each side.
    assert (one.low, one.high) == (pytest.approx(Decimal(30)), pytest.approx(Decimal(70)))
    (narrow,) = expected_band([values(40, 60)], replace(POLICY, peer_spread=Decimal(1)))
    assert (narrow.low, narrow.high) == (pytest.approx(Decimal(40)), pytest.approx(Decimal(60)))


def test_the_band_stays_within_the_scale():
    (one,) = expected_band([values(0, 100)], POLICY)
    assert (one.low, one.high) == (0, 100)
