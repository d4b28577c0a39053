"""Reads of the reference data: the methodology in force on a day."""

from datetime import date, timedelta
from functools import cache

from django.conf import settings

from sigpret.apps.reference.models import Holiday
from sigpret.methodology.calendar import add_days
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy, PolicyBook, load_policies

#: No deadline of a report is further than this from its period.
LONGEST = timedelta(days=366)


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


def holidays_between(first: date, last: date) -> tuple[Holiday, ...]:
    """The days nobody works from one day to another, both included; one statement."""
    return tuple(Holiday.objects.filter(date__range=(first, last)).order_by("date"))


def deadline_after(period: Period) -> date:
    """The last day to report a period: so many days after it, of the kind its rules count."""
    policy, end = policy_for(period), period.end
    known = Holiday.objects.filter(date__gt=end, date__lte=end + LONGEST)
    holidays = frozenset(known.values_list("date", flat=True))
    return add_days(end, policy.closing_days, policy.closing_day_kind, holidays)
