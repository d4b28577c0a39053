"""Two people at the same time: each test holds one transaction open while the other arrives."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions, queries
from sigpret.apps.monitoring.models import GoalAchievement, ReportedValue, ReportingRound
from sigpret.apps.reference.queries import policy_on
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, chain_above
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10


@pytest.fixture
def ministry():
    return Ministry()


@contextmanager
def arriving(action, *args, **kwargs):
    """Inside: the transaction of the first; the second starts when it ends its block, and waits.

    Yields a list that holds, once outside, what the second got: its result or its error.
    """
    outcome = []
    with ThreadPoolExecutor(1) as second:
        with transaction.atomic():
            yield outcome
            future = second.submit(alone, action, *args, **kwargs)
            wait_until_somebody_waits()
        outcome.append(future.exception(PATIENCE) or future.result(PATIENCE))


def alone(action, *args, **kwargs):
    """On a connection of its own."""
    try:
        return action(*args, **kwargs)
    finally:
        connection.close()


def wait_until_somebody_waits():
    """Until the other connection is really stopped by a lock of this one."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited")


def test_two_first_editors_leave_one_value_and_one_conflict(ministry):
    with arriving(ministry.save, "26") as outcome:
        ministry.save("24")
    (conflict,) = outcome
    assert isinstance(conflict, actions.ConflictError)
    assert (conflict.mine, conflict.theirs) == (26, 24)
    assert ReportedValue.objects.get().value == 24


def test_two_editors_with_the_same_value_agree(ministry):
    with arriving(ministry.save, "24") as outcome:
        ministry.save("24")
    assert not outcome[0].is_changed
    assert AuditEvent.objects.count() == 1


def test_two_analysts_validate_once(ministry):
    ministry.save_everything()
    ministry.submit()
    value, other = ministry.value_of(ministry.indicator), make_user(Role.ANALYST)
    before = AuditEvent.objects.count()
    with arriving(ministry.validate, value, by=other) as outcome:
        ministry.validate(value)
    assert outcome[0].value_ids == ()
    assert AuditEvent.objects.count() == before + 1
    assert ministry.value_of(ministry.indicator).decided_by == ministry.analyst


def test_what_is_being_corrected_is_not_validated(ministry):
    ministry.save_everything()
    ministry.submit()
    value = ministry.value_of(ministry.product)
    with arriving(ministry.validate, value) as outcome:
        ministry.save("1", version=value.version)
    assert isinstance(outcome[0], actions.NotUnderReviewError)


def test_what_is_being_validated_is_not_corrected(ministry):
    ministry.save_everything()
    ministry.submit()
    value = ministry.value_of(ministry.product)
    with arriving(ministry.save, "1", version=value.version) as outcome:
        ministry.validate(value)
    assert isinstance(outcome[0], actions.LockedValueError)


def test_sending_twice_at_once_sends_once(ministry):
    ministry.save_everything()
    version = ministry.report.version
    with arriving(ministry.submit, version=version) as outcome:
        ministry.submit()
    assert not outcome[0].is_changed


def test_siblings_validated_at_once_both_reach_their_parent(ministry):
    sister = Ministry(round=ministry.round)
    sectoral, _presidential = chain_above(ministry.goal)
    sister.goal.serves.create(parent=sectoral)
    for one in (ministry, sister):
        one.save_everything()
        one.submit()
    with arriving(sister.validate, sister.value_of(sister.indicator)):
        ministry.validate(ministry.value_of(ministry.indicator))
    fresh = queries.evaluate_goals(period=Q3, policy=policy_on(Q3.end))[sectoral.pk]
    stored = GoalAchievement.objects.get(goal=sectoral)
    assert round(stored.contributed, 9) == round(fresh.contributed.value, 9)
    assert fresh.contributed.explanation.params["counted"] == 2


def test_what_is_validated_while_the_country_is_evaluated_is_not_lost(ministry):
    sectoral, _presidential = chain_above(ministry.goal)
    ministry.save_everything()
    ministry.submit()
    everything = {"period": Q3, "policy": policy_on(Q3.end)}
    actions.evaluate_period(**everything, at=NOW)
    with arriving(actions.evaluate_period, **everything, at=NOW):
        ministry.validate(ministry.value_of(ministry.indicator))
    stored = GoalAchievement.objects.get(goal=sectoral)
    fresh = queries.evaluate_goals(**everything)[sectoral.pk]
    assert stored.contributed == fresh.contributed.value
    assert fresh.contributed.value is not None


def test_a_report_sent_just_before_the_closing_keeps_the_quarter_open(ministry):
    ministry.save_everything()
    with arriving(ministry.close) as outcome:
        ministry.submit()
    assert isinstance(outcome[0], actions.UndecidedValuesError)
    assert ReportingRound.objects.get().state == "open"


def test_a_report_sent_while_the_quarter_closes_is_refused(ministry):
    ministry.save_everything()
    with arriving(ministry.submit) as outcome:
        ministry.close()
    assert isinstance(outcome[0], actions.RoundNotOpenError)
    assert {value.state for value in ReportedValue.objects.all()} == {"draft"}


def test_a_value_written_while_the_quarter_closes_is_refused(ministry):
    with arriving(ministry.save, "2") as outcome:
        ministry.close()
    assert isinstance(outcome[0], actions.RoundNotOpenError)
    assert not ReportedValue.objects.exists()


def test_two_administrators_close_once(ministry):
    ministry.validate_everything()
    other = make_user(Role.ADMINISTRATOR)
    before = AuditEvent.objects.count()
    with arriving(ministry.close, by=other) as outcome:
        first = ministry.close()
    assert outcome == [first]
    assert AuditEvent.objects.count() == before + 2  # one confirmation and one closing
