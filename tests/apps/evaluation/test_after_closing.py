"""What differs from a closing is told whole: also what is no longer there, with why."""

from datetime import timedelta

import pytest

from sigpret.apps.evaluation.queries.after_closing import changes_after, compare_editions
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import ReportedValue, Snapshot
from sigpret.apps.monitoring.queries.editions import editions_of
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, access

pytestmark = pytest.mark.django_db
LATE = DEADLINE + timedelta(days=3)


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.validate_everything()
    return ministry


def ask_for_more_time(ministry):
    by = ministry.registrar
    return actions.request_extension(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        reason="Incendio.",
        at=NOW,
    )


def give_back_after(ministry):
    ministry.close()
    ministry.reopen(at=LATE)
    ministry.give_back(ministry.value_of(ministry.product), at=LATE)


def told(found):
    return [(row.then, row.now, row.why) for row in found.data]


def test_a_datum_given_back_after_the_closing_is_told_as_no_longer_reported(ministry):
    give_back_after(ministry)
    assert told(changes_after(editions_of(Q3)[0])) == [(2, None, "reopening")]


def test_an_extension_that_was_refused_explains_nothing(ministry):
    asked = ask_for_more_time(ministry)
    by = ministry.administrator
    actions.refuse_extension(
        actor=by, access=access(by), extension_id=asked.pk, note="No procede.", at=NOW
    )
    give_back_after(ministry)
    assert told(changes_after(editions_of(Q3)[0])) == [(2, None, "reopening")]


def test_an_extension_past_the_closing_explains_what_came_later(ministry):
    by = ministry.administrator
    actions.grant_extension(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        until=LATE + timedelta(days=9),
        reason="Incendio.",
        at=NOW,
    )
    give_back_after(ministry)
    assert told(changes_after(editions_of(Q3)[0])) == [(2, None, "extension")]


def test_nothing_is_told_of_what_is_as_it_closed(ministry):
    ministry.close()
    assert ReportedValue.objects.count() == 2
    assert told(changes_after(editions_of(Q3)[0])) == []


@pytest.mark.parametrize("is_added", [True, False])
def test_what_only_one_edition_kept_is_told(ministry, is_added):
    ministry.close()
    ministry.reopen(at=LATE)
    ministry.close(at=LATE + timedelta(days=1))
    model = Snapshot.objects.get(kind="product", edition=2)
    Snapshot.objects.create(
        round=model.round,
        edition=2 if is_added else 1,
        kind="product",
        subject_id=model.subject_id + 1000,
        code="9.9",
        payload=model.payload | {"code": "9.9"},
    )
    (row,) = compare_editions(*editions_of(Q3)).data
    assert (row.code, row.then, row.now) == ("9.9", *((None, 2) if is_added else (2, None)))
