"""Writing values: replaced, never added up; on time, or not at all."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import ReportedValue
from tests.apps.monitoring.scenes import DEADLINE, NOW, Ministry
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


def test_a_reported_zero_is_a_value(ministry):
    saved = ministry.save("0")
    assert (saved.value, saved.state, saved.is_changed) == (Decimal(0), "draft", True)


def test_a_correction_by_a_colleague_replaces_the_value(ministry):
    colleague = make_user(Role.REGISTRAR, institution=ministry.institution)
    first = ministry.save("50")
    ministry.save("60", by=colleague, version=first.version)
    assert [row.value for row in ReportedValue.objects.all()] == [Decimal(60)]


def test_a_correction_keeps_the_old_and_the_new_value_in_the_chain(ministry):
    first = ministry.save("50")
    ministry.save("60", version=first.version)
    payload = json.loads(AuditEvent.objects.latest("id").payload)
    assert (payload["old"]["value"], payload["new"]["value"]) == ("50", "60")


def test_the_same_value_again_writes_nothing(ministry):
    ministry.save("50", cause="Se adelantó.")
    again = ministry.save("50", cause=" Se adelantó. ", version=0)
    assert not again.is_changed
    assert AuditEvent.objects.count() == 1


def test_a_blank_over_nothing_writes_no_value(ministry):
    assert ministry.save(None).id is None
    assert not ReportedValue.objects.exists()


def test_a_value_can_be_emptied_while_it_is_a_draft(ministry):
    first = ministry.save("50")
    assert ministry.save(None, version=first.version).value is None


def test_two_editors_in_conflict_see_both_values(ministry):
    colleague = make_user(Role.REGISTRAR, institution=ministry.institution, full_name="Óscar")
    ministry.save("24")
    ministry.save("25", by=colleague, version=1)
    with pytest.raises(actions.ConflictError) as caught:
        ministry.save("26", version=1)
    conflict = caught.value
    assert (conflict.mine, conflict.theirs, conflict.changed_by) == (26, 25, "Óscar")
    assert str(conflict) == "Óscar cambió este dato: ahora es 25. Usted escribió 26."
    assert ReportedValue.objects.get().value == 25


def test_the_last_second_before_the_deadline_is_in_time(ministry):
    assert ministry.save("2", at=DEADLINE - timedelta(seconds=1)).is_changed


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(days=3)])
def test_the_very_instant_of_the_deadline_is_late(ministry, late):
    with pytest.raises(actions.RoundNotOpenError) as caught:
        ministry.save("2", at=DEADLINE + late)
    assert str(caught.value) == (
        "El III trimestre cerró el 16 de octubre. Puede pedir reapertura a DIGER."
    )
    assert not ReportedValue.objects.exists()


def test_nothing_is_written_before_the_quarter_opens(ministry):
    with pytest.raises(actions.RoundNotOpenError, match=r"abre el 1 de octubre"):
        ministry.save("2", at=NOW - timedelta(days=20))


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("NaN", "Escriba un número"),
        ("Infinity", "Escriba un número"),
        ("1e16", "Escriba un número"),
        ("0.00001", "cuatro decimales"),
        ("-1", "no puede ser negativo"),
    ],
)
def test_what_cannot_be_stored_as_written_is_refused(ministry, value, complaint):
    with pytest.raises(actions.InvalidValueError, match=complaint):
        ministry.save(value)


def test_an_indicator_may_be_negative(ministry):
    assert ministry.save("-1.5", indicator_id=ministry.indicator.pk).value == Decimal("-1.5")


def test_only_the_institution_writes(ministry):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    for person in (stranger, ministry.analyst, ministry.administrator):
        with pytest.raises(PermissionDenied, match="Sólo la UPGRET"):
            ministry.save("2", by=person)


def test_the_product_of_another_plan_is_unknown(ministry):
    other_year = make_product(make_plan(ministry.institution, 2025))
    for product in (make_product(), other_year):
        with pytest.raises(actions.UnknownSubjectError):
            ministry.save("2", product_id=product.pk)


def test_a_value_is_of_exactly_one_subject(ministry):
    with pytest.raises(actions.UnknownSubjectError):
        ministry.save("2", product_id=ministry.product.pk, indicator_id=ministry.indicator.pk)
    with pytest.raises(actions.UnknownSubjectError):
        ministry.save("2", product_id=None)


def test_a_validated_value_is_locked(ministry):
    ministry.validate_everything()
    value = ministry.value_of(ministry.product)
    with pytest.raises(actions.LockedValueError, match="ya validó"):
        ministry.save("1", version=value.version)


def test_what_was_sent_can_be_corrected_until_its_review_begins(ministry):
    ministry.save_everything()
    ministry.submit()
    value = ministry.value_of(ministry.product)
    corrected = ministry.save("1", version=value.version)
    assert (corrected.state, ministry.report.state) == ("draft", "draft")


def test_once_the_review_has_begun_the_rest_of_the_report_is_locked(ministry):
    ministry.save_everything()
    ministry.submit()
    ministry.validate(ministry.value_of(ministry.indicator))
    with pytest.raises(actions.LockedValueError, match="está revisando"):
        ministry.save("1", version=ministry.value_of(ministry.product).version)


def test_a_return_opens_only_the_returned_row(ministry):
    ministry.validate_everything()
    ministry.give_back(ministry.value_of(ministry.product))
    returned = ministry.value_of(ministry.product)
    assert ministry.save("1", version=returned.version).state == "returned"
    with pytest.raises(actions.LockedValueError):
        ministry.save("9", indicator_id=ministry.indicator.pk, version=99)
