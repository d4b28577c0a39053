"""Sending a report: complete, on time, once."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.queries import Missing
from tests.apps.monitoring.scenes import DEADLINE, NOW, Ministry
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


def test_a_complete_report_is_sent_with_all_its_values(ministry):
    ministry.save_everything()
    sent = ministry.submit()
    assert (sent.state, sent.values, sent.is_changed) == ("submitted", 2, True)
    assert ministry.report.submitted_by == ministry.registrar


def test_what_is_missing_is_explained_all_at_once(ministry):
    ministry.save("1")
    with pytest.raises(actions.IncompleteReportError) as caught:
        ministry.submit()
    missing = {row.key: row.missing for row in caught.value.rows}
    assert missing == {
        f"product-{ministry.product.pk}": (Missing.CAUSE,),
        f"indicator-{ministry.indicator.pk}": (Missing.VALUE,),
    }
    assert str(caught.value) == "Faltan 2 datos por resolver."
    assert ministry.report.state == "draft"


@pytest.mark.parametrize(
    ("executed", "needs_cause"),
    [
        ("5.3999", True),
        ("5.4", False),
        ("6", False),
        ("7.2", False),
        ("7.2001", True),
        ("0", True),
    ],
)
def test_a_cause_is_asked_outside_ninety_to_one_hundred_twenty(ministry, executed, needs_cause):
    """Six were programmed to date, nothing was validated before: 5.4 is 90 %, 7.2 is 120 %."""
    ministry.save("30", indicator_id=ministry.indicator.pk)
    ministry.save(executed)
    if needs_cause:
        with pytest.raises(actions.IncompleteReportError):
            ministry.submit()
    else:
        assert ministry.submit().is_changed


def test_sending_twice_has_one_effect(ministry):
    ministry.save_everything()
    before = ministry.report.version
    first = ministry.submit()
    events = AuditEvent.objects.count()
    again = ministry.submit(version=before)
    assert (again.is_changed, again.version) == (False, first.version)
    assert AuditEvent.objects.count() == events


def test_a_report_that_changed_meanwhile_is_not_sent(ministry):
    ministry.save_everything()
    seen = ministry.report.version
    ministry.save("1", version=1, cause="Otra razón.")
    with pytest.raises(actions.StaleReportError):
        ministry.submit(version=seen)


def test_a_report_cannot_be_sent_at_the_deadline(ministry):
    ministry.save_everything()
    with pytest.raises(actions.RoundNotOpenError, match="cerró el 16 de octubre"):
        ministry.submit(at=DEADLINE)


def test_only_the_institution_sends(ministry):
    ministry.save_everything()
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    for person in (stranger, ministry.analyst, ministry.administrator):
        with pytest.raises(PermissionDenied):
            ministry.submit(by=person)


@pytest.mark.parametrize("wait", [timedelta(hours=1), timedelta()], ids=["later", "at once"])
def test_a_returned_value_must_be_corrected_or_explained_before_it_is_sent_again(ministry, wait):
    ministry.save_everything()
    ministry.submit()
    ministry.give_back(ministry.value_of(ministry.product), at=NOW + wait)
    with pytest.raises(actions.IncompleteReportError) as caught:
        ministry.submit()
    assert caught.value.rows[0].missing == (Missing.ANSWER,)
    returned = ministry.value_of(ministry.product)
    ministry.save(
        "2",
        version=returned.version,
        cause="Sí corresponde: hay acta del 18.",
        at=NOW + 2 * wait,
    )
    assert ministry.submit().values == 1


def test_the_event_names_the_values_that_were_sent(ministry):
    ministry.save_everything()
    ministry.submit()
    event = AuditEvent.objects.latest("id")
    values = [ministry.value_of(ministry.product).pk, ministry.value_of(ministry.indicator).pk]
    assert event.action == "monitoring.report_submitted"
    assert json.loads(event.payload)["value_ids"] == sorted(values)


def test_a_report_without_anything_due_is_not_sent(ministry):
    ministry.save("1", product_id=ministry.product.pk)
    ministry.product.targets.all().delete()
    ministry.indicator.targets.all().delete()
    ministry.save(None, version=1)
    with pytest.raises(actions.IncompleteReportError, match="No hay datos que enviar"):
        ministry.submit()


def test_work_done_without_programming_can_be_reported(ministry):
    ministry.product.targets.filter(period="2026-Q3").update(planned=0)
    ministry.save("4", cause="Se adelantó lo del IV trimestre.")
    ministry.save("30", indicator_id=ministry.indicator.pk)
    assert ministry.submit().values == 2
    assert ministry.value_of(ministry.product).value == Decimal(4)


def test_a_product_programmed_at_zero_needs_no_value(ministry):
    ministry.product.targets.filter(period="2026-Q3").update(planned=0)
    ministry.save("30", indicator_id=ministry.indicator.pk)
    assert ministry.submit().values == 1
