"""Reads of the reference data: the methodology in force on a day."""

from datetime import date
from functools import cache

from django.conf import settings

from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy, PolicyBook, load_policies


@cache
def policy_book() -> PolicyBook:
    """Every dated version of the country's methodology; read once per process."""
    return load_policies(settings.POLICIES)


def policy_on(day: date) -> Policy:
    """The methodology in force on a day; the first version also judges what came before it."""
    return policy_book().on(day)


def policy_for(period: Period) -> Policy:
    """The methodology that judges a period, whoever looks at it and when: that of its last day."""
    return policy_on(period.end)
