"""Shares of good data."""

from decimal import Decimal

from sigpret.methodology.quality import DataQuality
from sigpret.methodology.values import median


def test_shares_are_of_what_was_due_or_of_what_was_reported():
    seen = DataQuality(due=20, reported=16, on_time=15, with_evidence=12, validated=8)
    assert (seen.completeness, seen.timeliness) == (80, 75)
    assert (seen.evidence, seen.validation) == (75, 50)


def test_nothing_due_has_no_share():
    nothing = DataQuality(0, 0, 0, 0, 0)
    assert nothing.completeness is nothing.timeliness is None
    assert nothing.evidence is nothing.validation is None


def test_the_median_of_an_even_number_is_between_the_two_in_the_middle():
    assert median([Decimal(4), Decimal(1), Decimal(2), Decimal(3)]) == Decimal("2.5")
