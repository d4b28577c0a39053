"""What reviewers see: who waits, and what a careful reader would ask."""

from datetime import timedelta

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.monitoring.queries import review_queue, review_sheet
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, access
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


def queue_of(person):
    return review_queue(period=Q3, access=access(person))


def signals_of(ministry):
    sheet = review_sheet(report_id=ministry.report.pk, access=access(ministry.analyst))
    row = next(row for row in sheet.rows if row.row.kind == "product")
    return " ".join(one.rule for one in row.signals)


def test_the_queue_puts_who_sent_first_first(ministry):
    later = Ministry(round=ministry.round)
    for one, hours in ((later, 2), (ministry, 1)):
        one.save_everything()
        one.submit(at=NOW + timedelta(hours=hours))
    queue = queue_of(ministry.analyst)
    codes = [entry.institution_code for entry in queue.entries]
    assert codes == [ministry.institution.code, later.institution.code]


def test_the_queue_counts_what_was_decided_and_who_is_silent(ministry):
    silent = Ministry(round=ministry.round)
    silent.save("1")
    ministry.save_everything()
    ministry.submit()
    ministry.validate(ministry.value_of(ministry.product))
    queue = queue_of(ministry.analyst)
    (entry,) = queue.entries
    assert (entry.waiting, entry.validated, entry.returned, entry.total) == (1, 1, 0, 2)
    assert (queue.not_sent, queue.waiting) == (1, (entry,))


def test_ones_own_institution_is_marked_in_the_queue(ministry):
    ministry.save_everything()
    ministry.submit()
    insider = make_user(Role.ANALYST, institution=ministry.institution)
    assert queue_of(insider).entries[0].is_blocked
    assert not queue_of(ministry.analyst).entries[0].is_blocked


def test_ones_own_institution_cannot_be_decided_and_says_why(ministry):
    ministry.save_everything()
    ministry.submit()
    insider = make_user(Role.ANALYST, institution=ministry.institution)
    sheet = review_sheet(report_id=ministry.report.pk, access=access(insider))
    assert not any(row.is_decidable for row in sheet.rows)
    assert "pertenece a esta institución" in sheet.rows[0].blocked


def test_a_report_that_does_not_exist_has_no_sheet(ministry):
    assert review_sheet(report_id=0, access=access(ministry.analyst)) is None


def test_drafts_are_not_shown_to_reviewers(ministry):
    ministry.save("1")
    sheet = review_sheet(report_id=ministry.report.pk, access=access(ministry.analyst))
    assert sheet.rows == sheet.waiting == ()


@pytest.mark.parametrize(
    ("value", "signal"),
    [
        ("0", "nothing_done"),
        ("20", "exceeded"),
        ("6", "first_time"),
        ("6", "no_evidence"),
    ],
)
def test_a_careful_reader_asks_about(ministry, value, signal):
    ministry.save("30", indicator_id=ministry.indicator.pk)
    ministry.save(value, cause="Según el acta.")
    ministry.submit()
    assert signal in signals_of(ministry)


def test_a_careful_reader_asks_about_what_was_not_programmed(ministry):
    ministry.product.targets.filter(period="2026-Q3").update(planned=0)
    ministry.save("30", indicator_id=ministry.indicator.pk)
    ministry.save("4", cause="Se adelantó.")
    ministry.submit()
    assert "unplanned" in signals_of(ministry)


def test_a_correction_after_a_return_is_pointed_out(ministry):
    ministry.save_everything()
    ministry.submit()
    ministry.give_back(ministry.value_of(ministry.product))
    version = ministry.value_of(ministry.product).version
    ministry.save("3", version=version, cause="Se recontó.", at=NOW + timedelta(hours=1))
    ministry.submit()
    assert "corrected" in signals_of(ministry)
