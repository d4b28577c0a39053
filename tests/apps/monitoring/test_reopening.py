"""Two people close; a change undoes the first yes; what closed may open again, in editions."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.audit.queries import verify_chain
from sigpret.apps.monitoring import actions, queries
from sigpret.apps.monitoring.models import (
    Closing,
    ClosingConfirmation,
    ReportingRound,
    Snapshot,
)
from sigpret.apps.monitoring.queries.editions import editions_of, published_editions
from tests.apps.monitoring.scenes import DEADLINE, Q3, Ministry, access
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db
SOON = DEADLINE + timedelta(hours=23)
LATE = DEADLINE + timedelta(days=3)


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.validate_everything()
    return ministry


def close_alone(ministry, *, by=None, at=DEADLINE, **more):
    by = by or ministry.administrator
    return actions.close_round(actor=by, access=access(by), period=Q3, at=at, **more)


def test_nobody_closes_alone(ministry):
    with pytest.raises(actions.ConfirmationMissingError, match="otra persona"):
        close_alone(ministry)
    ministry.confirm(by=ministry.administrator)
    with pytest.raises(actions.ConfirmationMissingError, match="Usted ya confirmó"):
        close_alone(ministry)
    assert ReportingRound.objects.get().state == "open"
    assert close_alone(ministry, by=ministry.director).is_closed


def test_the_first_person_confirms_the_digest_that_closes(ministry):
    confirmed = ministry.confirm()
    closed = close_alone(ministry)
    assert closed.digest == confirmed.seen_digest
    closing = Closing.objects.get()
    assert (closing.confirmed_by, closing.closed_by) == (ministry.director, ministry.administrator)
    assert (closing.edition, closing.digest, closing.published_at) == (1, closed.digest, DEADLINE)


def test_a_change_in_between_undoes_the_first_confirmation(ministry):
    ministry.confirm()
    ministry.give_back(ministry.value_of(ministry.product), at=DEADLINE)
    with pytest.raises(actions.ChangedSinceConfirmationError, match="cambió desde que"):
        close_alone(ministry)
    assert not ClosingConfirmation.objects.exists()
    assert not Snapshot.objects.exists()
    assert AuditEvent.objects.latest("id").action == "monitoring.closing_confirmation_undone"
    assert ministry.close().is_closed


def test_only_the_administration_confirms(ministry):
    with pytest.raises(PermissionDenied):
        ministry.confirm(by=make_user(Role.ANALYST))


def test_before_the_deadline_nobody_confirms(ministry):
    with pytest.raises(actions.BeforeDeadlineError):
        ministry.confirm(at=DEADLINE - timedelta(seconds=1))


def test_the_act_carries_the_head_the_chain_had_before(ministry):
    head = AuditEvent.objects.latest("id").digest
    ministry.confirm()
    last = AuditEvent.objects.latest("id").digest
    close_alone(ministry)
    assert Closing.objects.get().chain_head == last != head
    assert verify_chain(expected_head=last).is_whole


def test_within_a_day_a_closing_is_taken_back_and_citizens_no_longer_see_it(ministry):
    closed = ministry.close()
    assert [one.number for one in published_editions(SOON)] == [1]
    opened = ministry.reopen(at=SOON)
    assert (opened.is_closed, opened.edition, opened.digest) == (False, 2, "")
    assert published_editions(SOON) == ()
    (edition,) = editions_of(Q3)
    assert (edition.is_withdrawn, edition.reason) == (True, "Se cargó un dato equivocado.")
    assert queries.digest_of_round(opened.id, edition=1) == closed.digest


def test_after_a_day_what_was_published_stays_until_the_next_edition(ministry):
    first = ministry.close()
    ministry.reopen(at=LATE)
    assert [one.number for one in published_editions(LATE)] == [1]
    ministry.give_back(ministry.value_of(ministry.product), at=LATE)
    second = ministry.close(at=LATE + timedelta(days=1))
    assert (second.edition, second.digest != first.digest) == (2, True)
    assert [one.number for one in published_editions(LATE + timedelta(days=1))] == [2]
    assert queries.digest_of_round(first.id, edition=1) == first.digest
    assert queries.digest_of_round(first.id) == second.digest
    assert Snapshot.objects.filter(edition=1).count() == Snapshot.objects.filter(edition=2).count()


def test_what_is_reopened_before_its_day_never_publishes_itself(ministry):
    day = LATE + timedelta(days=3)
    ministry.close(publish_at=day)
    ministry.reopen(at=LATE)
    assert Closing.objects.get().published_at is None
    assert published_editions(day + timedelta(days=1)) == ()


def test_a_second_edition_taken_back_shows_the_first_again(ministry):
    ministry.close()
    ministry.reopen(at=LATE)
    ministry.close(at=LATE + timedelta(days=1))
    ministry.reopen(at=LATE + timedelta(days=1, hours=1))
    assert [one.number for one in published_editions(LATE + timedelta(days=2))] == [1]


def test_reopening_needs_a_note_and_has_one_effect(ministry):
    ministry.close()
    with pytest.raises(actions.ReopeningError, match="nota pública"):
        ministry.reopen(at=SOON, reason=" ")
    first = ministry.reopen(at=SOON)
    events = AuditEvent.objects.count()
    assert ministry.reopen(at=SOON) == first
    assert AuditEvent.objects.count() == events
    told = json.loads(AuditEvent.objects.latest("id").payload)
    assert (told["edition"], told["is_withdrawn"]) == (1, True)


def test_with_a_new_deadline_institutions_write_again(ministry):
    ministry.close()
    ministry.reopen(at=LATE, closes_at=LATE + timedelta(days=5))
    ministry.give_back(ministry.value_of(ministry.product), at=LATE)
    value = ministry.value_of(ministry.product)
    assert ministry.save("3", version=value.version, at=LATE + timedelta(days=1)).value == 3


def test_only_the_administration_reopens(ministry):
    ministry.close()
    person = make_user(Role.ANALYST)
    with pytest.raises(PermissionDenied):
        actions.reopen_round(actor=person, access=access(person), period=Q3, reason="Sí.", at=SOON)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "open", "closed_at": None, "digest": ""},
        {"state": "open", "closed_at": None, "digest": "", "edition": 2},
        {"closes_at": LATE},
        {"digest": "0" * 64},
        {"edition": 5},
    ],
)
def test_the_database_lets_nothing_else_change_a_closed_round(ministry, change):
    ministry.close()
    with pytest.raises(Error, match="no se cambia"), transaction.atomic():
        ReportingRound.objects.update(**change)


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"note": "Otra."}, {"edition": 3}])
def test_the_database_keeps_what_a_closing_said(ministry, change):
    ministry.close()
    with pytest.raises(Error, match="no se cambia"), transaction.atomic():
        Closing.objects.update(**change)


def test_a_closing_waits_for_its_day_and_can_be_published_before(ministry):
    day = DEADLINE + timedelta(days=6)
    ministry.close(publish_at=day, note="Cierre ordinario.")
    assert published_editions(day - timedelta(seconds=1)) == ()
    assert len(published_editions(day)) == 1
    publish = {
        "actor": ministry.administrator,
        "access": access(ministry.administrator),
        "period": Q3,
    }
    with pytest.raises(actions.ReopeningError, match="ya pasó"):
        actions.publish_closing(**publish, publish_at=DEADLINE, at=SOON)
    actions.publish_closing(**publish, publish_at=SOON, at=SOON)
    assert len(published_editions(SOON)) == 1
    before = AuditEvent.objects.count()
    actions.publish_closing(**publish, publish_at=day, at=SOON + timedelta(hours=1))
    assert AuditEvent.objects.count() == before
