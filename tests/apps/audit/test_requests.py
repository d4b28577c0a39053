"""A request sent twice: one effect, one answer, and never somebody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from sigpret.apps.audit.actions import DifferentRequestError, answered, forget_requests, remember
from sigpret.apps.audit.models import AuditEvent, HandledRequest
from tests.factories.institutions import make_user

NOW = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@transaction.atomic
def handle(user, key, asked="26"):
    """An action that writes an event and answers with how many there are."""
    if (answer := answered(user=user, key=key, asked={"value": asked}, at=NOW)) is not None:
        return answer
    AuditEvent.objects.bulk_create(
        [AuditEvent(action="t.done", subject_type="t", subject_id="1", actor_name="x")]
    )
    done = {"count": AuditEvent.objects.count()}
    remember(user=user, key=key, answer=done)
    return done


@pytest.mark.django_db
def test_the_second_time_gets_the_first_answer():
    user, key = make_user(), uuid4()
    assert handle(user, key) == handle(user, key) == {"count": 1}


@pytest.mark.django_db
def test_the_same_key_with_another_body_does_nothing():
    user, key = make_user(), uuid4()
    handle(user, key)
    with pytest.raises(DifferentRequestError, match="No se guardó nada"):
        handle(user, key, asked="27")
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_happen_to_use_the_same_key():
    key = uuid4()
    assert handle(make_user(), key) != handle(make_user(), key)


@pytest.mark.django_db
def test_without_a_key_nothing_is_remembered():
    user = make_user()
    assert handle(user, None) != handle(user, None)
    assert not HandledRequest.objects.exists()


@pytest.mark.django_db
def test_what_failed_is_not_remembered():
    user, key = make_user(), uuid4()
    with transaction.atomic():
        answered(user=user, key=key, asked={}, at=NOW)
        transaction.set_rollback(True)
    assert not HandledRequest.objects.exists()
    assert handle(user, key) == {"count": 1}


@pytest.mark.django_db
def test_old_answers_are_forgotten():
    user = make_user()
    handle(user, uuid4())
    assert forget_requests(before=NOW) == 0
    assert forget_requests(before=NOW + timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_have_one_effect():
    user, key = make_user(), uuid4()

    def alone(_number):
        try:
            return handle(user, key)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(alone, range(50)))
    assert answers == [{"count": 1}] * 50
    assert AuditEvent.objects.count() == 1
