"""A plan is confirmed while somebody closes a quarter of its year."""

import pytest
from django.db import transaction

from sigpret.apps.imports.actions.confirmation import hold_rounds
from tests.apps.monitoring.scenes import Q3, Ministry
from tests.apps.monitoring.test_concurrency import arriving

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_closes_waits_until_the_plan_is_recorded():
    ministry = Ministry()
    with arriving(ministry.close) as outcome:
        hold_rounds(Q3.year)
    assert outcome[0].is_closed


def test_a_year_without_rounds_has_nothing_to_hold():
    with transaction.atomic():
        hold_rounds(2031)
