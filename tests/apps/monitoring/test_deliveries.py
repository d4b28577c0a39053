"""How far each institution is with its report, and who is reminded of it, once a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.reminders import remind, send_due_reminders
from sigpret.apps.monitoring.models import Reminder
from sigpret.apps.monitoring.queries.deliveries import Stage, delivery_matrix
from sigpret.apps.monitoring.queries.reminders import reminders_due
from sigpret.apps.monitoring.queries.rounds import round_facts
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, access
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


def only(ministry):
    (delivery,) = delivery_matrix(round_facts(Q3)).deliveries
    assert delivery.institution_id == ministry.institution.pk
    return delivery


def extend(ministry, until):
    by = ministry.administrator
    actions.grant_extension(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        until=until,
        reason="Incendio.",
        at=NOW,
    )


def test_a_report_goes_through_its_stages(ministry):
    seen = [only(ministry).stage]
    ministry.save_everything()
    seen.append(only(ministry).stage)
    ministry.submit()
    seen.append(only(ministry).stage)
    ministry.validate(ministry.value_of(ministry.product))
    seen.append(only(ministry).stage)
    ministry.give_back(ministry.value_of(ministry.indicator))
    seen.append(only(ministry).stage)
    assert seen == [
        Stage.NOT_BEGUN,
        Stage.WRITING,
        Stage.SENT,
        Stage.IN_REVIEW,
        Stage.RETURNED,
    ]


def test_it_counts_what_is_due_written_validated_and_returned(ministry):
    ministry.validate_everything()
    delivery = only(ministry)
    assert (delivery.stage, delivery.is_owing) == (Stage.VALIDATED, False)
    assert (delivery.due, delivery.written, delivery.validated, delivery.returned) == (2, 2, 2, 0)


def test_an_extension_is_the_deadline_of_its_institution(ministry):
    assert only(ministry).deadline == DEADLINE
    extend(ministry, DEADLINE + timedelta(days=7))
    assert only(ministry).deadline == DEADLINE + timedelta(days=7)


def test_the_whole_country_takes_the_same_few_statements(ministry):
    round_ = round_facts(Q3)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as captured:
            delivery_matrix(round_)
        counts.append(len(captured))
        Ministry(round=ministry.round)
    assert counts[0] == counts[1] <= 6


def told(ministry):
    return Notice.objects.filter(kind="deadline_near", recipient=ministry.registrar).count()


def test_reminding_twice_in_a_day_tells_once(ministry):
    round_, by = round_facts(Q3), ministry.analyst
    asked = {"actor": by, "access": access(by), "round_": round_}
    ids = [ministry.institution.pk]
    assert remind(**asked, institution_ids=ids, at=NOW) == 1
    assert remind(**asked, institution_ids=ids, at=NOW + timedelta(hours=2)) == 0
    assert (told(ministry), only(ministry).contact.reminders) == (1, 1)
    assert AuditEvent.objects.filter(action="monitoring.institutions_reminded").count() == 1
    assert remind(**asked, institution_ids=ids, at=NOW + timedelta(days=1)) == 1
    assert (told(ministry), only(ministry).contact.reminders) == (2, 2)


def test_whoever_has_more_time_reads_their_own_deadline(ministry):
    extend(ministry, DEADLINE + timedelta(days=5))
    by, ids = ministry.analyst, [ministry.institution.pk]
    remind(actor=by, access=access(by), round_=round_facts(Q3), institution_ids=ids, at=NOW)
    notice = Notice.objects.get(kind="deadline_near", recipient=ministry.registrar)
    assert notice.due_at == DEADLINE + timedelta(days=5)


def test_only_diger_reminds(ministry):
    for role in (Role.AUDITOR, Role.PRESIDENCY, Role.REGISTRAR):
        person = make_user(role, institution=ministry.institution)
        with pytest.raises(PermissionDenied):
            remind(
                actor=person,
                access=access(person),
                round_=round_facts(Q3),
                institution_ids=[ministry.institution.pk],
                at=NOW,
            )


@pytest.mark.parametrize(
    ("days_before", "left"),
    [(8, None), (7, 7), (6, None), (3, 3), (2, None), (1, 1), (0, 0)],
)
def test_the_calendar_reminds_seven_three_and_one_day_before_and_that_day(
    ministry, days_before, left
):
    at = DEADLINE - timedelta(days=days_before, hours=3)
    assert [one.days_left for one in reminders_due(at)] == ([] if left is None else [left])


def test_nobody_is_reminded_once_it_is_late_nor_when_it_was_sent(ministry):
    assert reminders_due(DEADLINE) == ()
    ministry.save_everything()
    ministry.submit()
    assert reminders_due(DEADLINE - timedelta(days=1)) == ()


def test_an_extension_moves_its_reminders_even_past_the_closing(ministry):
    later = DEADLINE + timedelta(days=30)
    extend(ministry, later)
    assert reminders_due(DEADLINE - timedelta(hours=3)) == ()
    ministry.close(at=DEADLINE + timedelta(days=14))
    (due,) = reminders_due(later - timedelta(days=3))
    assert (due.days_left, due.deadline) == (3, later)


def test_the_calendars_reminders_are_sent_once_however_often_they_run(ministry):
    at = DEADLINE - timedelta(days=3)
    assert [send_due_reminders(at=at) for _time in range(3)] == [1, 0, 0]
    assert (told(ministry), Reminder.objects.get().sent_by) == (1, None)
