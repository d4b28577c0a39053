"""The methodology in force is the country's own, and is read once."""

from datetime import date

from sigpret.apps.reference.queries import policy_book, policy_for, policy_on
from sigpret.methodology.periods import Period


def test_the_policy_of_a_day_is_the_version_in_force():
    policy = policy_on(date(2026, 9, 30))
    assert policy.valid_from <= date(2026, 9, 30)
    assert policy.version


def test_the_file_is_read_once():
    assert policy_book() is policy_book()


def test_a_period_is_judged_by_the_version_of_its_last_day():
    third = Period.quarter(2026, 3)
    assert policy_for(third) is policy_on(third.end)
