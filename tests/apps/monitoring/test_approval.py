"""Two people answer for a report, wherever the institution has two."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Membership
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import DEADLINE, NOW, Ministry, access
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.approver = make_user(Role.APPROVER, institution=ministry.institution)
    ministry.save_everything()
    return ministry


def call(action, ministry, by=None, *, at=NOW, version=None, **more):
    by, report = by or ministry.approver, ministry.report
    return action(
        actor=by,
        access=access(by),
        report_id=report.pk,
        expected_version=report.version if version is None else version,
        at=at,
        **more,
    )


def approve(ministry, by=None, **more):
    return call(actions.approve_report, ministry, by, **more)


def give_back(ministry, by=None, note="Revise el dato de visitas.", **more):
    return call(actions.give_back_report, ministry, by, note=note, **more)


def states(ministry):
    return {value.state for value in ReportedValue.objects.filter(report=ministry.report)}


def last_event():
    return AuditEvent.objects.latest("id")


def test_the_registrar_leaves_it_with_the_approver(ministry):
    sent = ministry.submit()
    assert (sent.state, sent.values, sent.receipt) == ("to_approve", 2, "")
    assert states(ministry) == {"to_approve"}
    assert ministry.report.prepared_by == ministry.registrar
    assert ministry.report.submitted_at is None
    assert last_event().action == "monitoring.report_prepared"


def test_the_approver_sends_it_to_diger_with_a_receipt(ministry):
    ministry.submit()
    sent = approve(ministry)
    report = ministry.report
    assert (sent.state, sent.values, states(ministry)) == ("submitted", 2, {"submitted"})
    assert (report.prepared_by, report.submitted_by) == (ministry.registrar, ministry.approver)
    assert sent.receipt == f"{ministry.institution.code}-2026-T3-{report.version}"
    assert last_event().action == "monitoring.report_approved"


def test_an_approver_who_sends_is_enough(ministry):
    sent = ministry.submit(by=ministry.approver)
    assert sent.state == "submitted"
    assert sent.receipt
    assert ministry.report.prepared_by is None


def test_without_another_approver_it_goes_straight_to_diger(ministry):
    Membership.objects.filter(user=ministry.approver).update(valid_until="2026-10-12")
    assert ministry.submit().state == "submitted"


def test_an_approver_whose_account_is_closed_does_not_count(ministry):
    ministry.approver.is_active = False
    ministry.approver.save()
    assert ministry.submit().state == "submitted"


def test_it_does_not_get_stuck_when_the_approver_leaves(ministry):
    ministry.submit()
    Membership.objects.filter(user=ministry.approver).delete()
    assert ministry.submit().state == "submitted"
    assert states(ministry) == {"submitted"}


def test_leaving_it_for_approval_twice_has_one_effect(ministry):
    ministry.submit()
    events = AuditEvent.objects.count()
    assert not ministry.submit().is_changed
    assert AuditEvent.objects.count() == events


def test_approving_twice_has_one_effect(ministry):
    ministry.submit()
    first = approve(ministry)
    again = approve(ministry, version=1)
    assert (again.is_changed, again.receipt) == (False, first.receipt)


def test_what_somebody_wrote_meanwhile_takes_it_back_to_draft(ministry):
    ministry.submit()
    value = ministry.value_of(ministry.product)
    ministry.save("1", version=value.version, cause="Faltó un informe.")
    assert (ministry.report.state, value.state) == ("draft", "to_approve")
    with pytest.raises(actions.StaleReportError):
        approve(ministry)
    assert ministry.submit().values == 1
    assert ministry.report.state == "to_approve"


def test_the_approver_may_correct_and_send_at_once(ministry):
    ministry.submit()
    value = ministry.value_of(ministry.product)
    ministry.save("1", by=ministry.approver, version=value.version, cause="Faltó un informe.")
    assert ministry.submit(by=ministry.approver).values == 2
    assert ministry.report.prepared_by == ministry.registrar


def test_nobody_approves_their_own_work_while_somebody_else_can(ministry):
    ministry.submit()
    Membership.objects.filter(user=ministry.registrar).update(role=Role.APPROVER)
    with pytest.raises(PermissionDenied, match="debe aprobarlo otra persona"):
        approve(ministry, ministry.registrar)


def test_only_the_approver_of_the_institution_approves(ministry):
    ministry.submit()
    stranger = make_user(Role.APPROVER, institution=make_institution())
    for person in (ministry.registrar, stranger, ministry.analyst, ministry.administrator):
        with pytest.raises(PermissionDenied):
            approve(ministry, person)
        with pytest.raises(PermissionDenied):
            give_back(ministry, person)


def test_the_version_the_approver_saw_is_the_one_that_is_sent(ministry):
    ministry.submit()
    with pytest.raises(actions.StaleReportError):
        approve(ministry, version=ministry.report.version - 1)


def test_nothing_is_approved_at_the_deadline(ministry):
    ministry.submit()
    with pytest.raises(actions.RoundNotOpenError):
        approve(ministry, at=DEADLINE)


def test_giving_back_says_what_for(ministry):
    ministry.submit()
    with pytest.raises(actions.ReasonMissingError):
        give_back(ministry, note="  ")
    give_back(ministry)
    report = ministry.report
    assert (report.state, states(ministry)) == ("draft", {"draft"})
    assert report.given_back_note == "Revise el dato de visitas."
    assert (report.given_back_by, report.given_back_at) == (ministry.approver, NOW)
    assert json.loads(last_event().payload)["note"] == report.given_back_note


def test_sending_again_empties_what_was_asked(ministry):
    ministry.submit()
    give_back(ministry)
    ministry.submit()
    assert ministry.report.given_back_note == ""


def test_diger_sees_nothing_of_it_until_it_is_approved(ministry):
    ministry.submit()
    values = ReportedValue.objects.filter(report=ministry.report)
    with pytest.raises(actions.NotUnderReviewError):
        ministry.validate(*values)


def test_an_answer_to_diger_is_approved_too(ministry):
    ministry.submit()
    approve(ministry)
    returned = ministry.value_of(ministry.product)
    ministry.give_back(returned)
    ministry.save("2", version=returned.version + 1, cause="Sí corresponde.")
    assert ministry.submit().state == "to_approve"
    before = ministry.report.receipt
    assert approve(ministry).receipt != before


def told(person):
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_each_step_tells_the_next_person_once(ministry):
    ministry.submit()
    ministry.submit()
    assert told(ministry.approver) == ["report_to_approve"]
    give_back(ministry)
    assert told(ministry.registrar) == ["report_back"]
    assert Notice.objects.get(kind="report_back").detail == "Revise el dato de visitas."
    ministry.submit()
    approve(ministry)
    assert sorted(told(ministry.registrar)) == ["report_back", "report_sent"]
    assert told(ministry.approver).count("report_to_approve") == 2
