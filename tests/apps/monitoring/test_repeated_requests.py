"""A device that tries again, many devices at once, and a line that drops: one effect each."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from sigpret.apps.audit.models import AuditEvent, HandledRequest
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import (
    GoalAchievement,
    IndicatorAchievement,
    ProgressReport,
    ReportedValue,
)
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import Ministry

pytestmark = pytest.mark.django_db(transaction=True)
TIMES, AT_ONCE = 50, 10


@pytest.fixture
def ministry():
    return Ministry()


def at_once(action) -> list:
    """The action fifty times, ten people at a time, each on a connection of its own."""

    def alone(_number):
        try:
            return action()
        except Exception as problem:
            # What each one got is what is looked at.
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(alone, range(TIMES)))


def test_fifty_savings_with_one_key_have_one_effect(ministry):
    key = uuid4()
    answers = at_once(lambda: ministry.save("2", key=key))
    assert answers == [answers[0]] * TIMES
    assert answers[0].is_changed
    assert (ReportedValue.objects.get().version, AuditEvent.objects.count()) == (1, 1)


def test_fifty_sendings_with_one_key_have_one_effect(ministry):
    ministry.save_everything()
    report, events, key = ministry.report, AuditEvent.objects.count(), uuid4()

    def send():
        return actions.submit_report(
            actor=ministry.registrar,
            access=ministry.access(ministry.registrar),
            report_id=report.pk,
            expected_version=report.version,
            at=ministry.round.closes_at.replace(hour=9),
            key=key,
        )

    answers = at_once(send)
    assert answers == [answers[0]] * TIMES
    assert answers[0].receipt
    assert AuditEvent.objects.count() == events + 1


def test_fifty_first_editors_leave_one_value_and_the_rest_meet_it(ministry):
    numbers = iter(range(TIMES))
    answers = at_once(lambda: ministry.save(str(next(numbers))))
    saved = [answer for answer in answers if isinstance(answer, actions.SavedValue)]
    assert len([one for one in saved if one.is_changed]) == 1
    others = {type(one) for one in answers if one not in saved}
    assert others == {actions.ConflictError}
    assert AuditEvent.objects.count() == 1


def test_reading_a_cell_to_write_it_does_not_hold_its_value(ministry):
    """With a value in hand and no turn on its report, two of them would wait for each other."""
    ministry.save("2")
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        ReportedValue.objects.select_for_update().get()
        late = other.submit(at_most, 10, lambda: ministry.save("3", version=0))
        assert isinstance(late.exception(), actions.ConflictError)


def at_most(seconds: int, action):
    """What the action gives, on a connection of its own that gives up waiting for a lock."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])
        return action()
    finally:
        connection.close()


@pytest.mark.parametrize("statement", range(1, 12))
def test_a_server_killed_at_any_statement_leaves_nothing_half_done(ministry, statement):
    """Its connection dies under it; the same request afterwards does the whole."""
    ministry.save("2")
    key, before = uuid4(), everything()

    def dying():
        with dropped_at(statement):
            return ministry.save("3", version=1, key=key)

    with ThreadPoolExecutor(1) as other:
        problem = other.submit(dying).exception()
    if problem is not None:
        assert everything() == before
    assert ministry.save("3", version=1, key=key).value == 3
    assert ReportedValue.objects.get().version == 2
    assert AuditEvent.objects.count() == 2


def prepared_to_send(ministry):
    ministry.save_everything()
    return ministry.submit


def prepared_to_validate(ministry):
    ministry.save_everything()
    ministry.submit()
    return lambda: ministry.validate(*ReportedValue.objects.order_by("pk"))


@pytest.mark.parametrize("prepared", [prepared_to_send, prepared_to_validate])
def test_a_server_killed_at_any_statement_leaves_no_half_report(ministry, prepared):
    """Each time one statement later, until it lives to the end: before that, nothing happened."""
    act, before = prepared(ministry), everything()

    def dying(statement: int):
        with dropped_at(statement):
            return act()

    for statement in count(1):
        with ThreadPoolExecutor(1) as other:
            problem = other.submit(dying, statement).exception()
        if problem is None:
            break
        assert everything() == before
    assert statement > 5
    assert everything() != before


def everything() -> list:
    tables = (
        ProgressReport, ReportedValue, AuditEvent, HandledRequest, IndicatorAchievement,
        GoalAchievement, Notice,
    )  # fmt: skip
    return [sorted(map(str, table.objects.values_list())) for table in tables]


class dropped_at:  # noqa: N801 - reads as the word it is
    """The server of this thread's connection goes away just before its n-th statement."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __enter__(self):
        connection.ensure_connection()
        self.wrapper = connection.execute_wrapper(self.count)
        self.wrapper.__enter__()

    def count(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            context["connection"].connection.close()
        return execute(sql, params, many, context)

    def __exit__(self, *problem):
        self.wrapper.__exit__(*problem)
        connections.close_all()
        transaction.get_connection()
