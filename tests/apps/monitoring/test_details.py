"""A computed indicator is written through its variables; a value may be split in parts."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import DisaggregatedAmount, ReportedValue, VariableAmount
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from sigpret.apps.results.models import IndicatorVariable
from tests.apps.monitoring.scenes import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    """Its indicator is `attended / enrolled * 100`, split by sex."""
    ministry = Ministry()
    indicator = ministry.indicator
    indicator.value_source, indicator.formula = "formula", "attended / enrolled * 100"
    indicator.save()
    ministry.variables = [
        IndicatorVariable.objects.create(
            indicator=indicator, name=name, label=name.title(), position=position
        ).pk
        for position, name in enumerate(("attended", "enrolled"))
    ]
    by_sex = Disaggregation.objects.create(code="sex", name="Sexo", source="inventada")
    indicator.disaggregations.add(by_sex)
    ministry.parts = [
        DisaggregationCategory.objects.create(
            disaggregation=by_sex, code=code, name=code, position=number, source="inventada"
        ).pk
        for number, code in enumerate(("mujeres", "hombres"))
    ]
    return ministry


def save(ministry, *amounts, version=0, parts=None, value=None, **more):
    numbers = [None if amount is None else Decimal(amount) for amount in amounts]
    return ministry.save(
        value,
        indicator_id=ministry.indicator.pk,
        variables=dict(zip(ministry.variables, numbers, strict=False)) if numbers else None,
        parts=parts,
        version=version,
        **more,
    )


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        (("91", "110"), "82.7273"),
        (("0", "110"), "0"),
        (("1", "3"), "33.3333"),
        (("2", "3"), "66.6667"),
        (("91", None), None),
        (("91", "0"), None),
    ],
    ids=["half up", "zero", "a third", "two thirds", "one is missing", "divided by zero"],
)
def test_the_value_is_computed_from_the_variables(ministry, amounts, value):
    saved = save(ministry, *amounts)
    assert saved.value == (None if value is None else Decimal(value))
    assert ReportedValue.objects.get().value == saved.value


def test_what_is_written_little_by_little_is_kept(ministry):
    first = save(ministry, "91")
    assert first.value is None
    second = save(ministry, None, "110", version=first.version)
    assert second.value is None
    both = save(ministry, "91", version=second.version)
    assert both.value == Decimal("82.7273")


def test_a_computed_value_is_not_typed(ministry):
    with pytest.raises(actions.InvalidValueError, match="escriba sus variables"):
        save(ministry, value="82")


def test_the_same_variables_again_write_nothing(ministry):
    version = save(ministry, "91", "110").version
    again = save(ministry, "91", "110", version=0)
    assert (again.is_changed, again.version) == (False, version)


def test_the_event_keeps_both_sets_of_variables(ministry):
    version = save(ministry, "91", "110").version
    save(ministry, "92", version=version)
    payload = json.loads(AuditEvent.objects.latest("id").payload)
    attended, enrolled = map(str, ministry.variables)
    assert payload["old"]["variables"] == {attended: "91", enrolled: "110"}
    assert payload["new"]["variables"] == {attended: "92", enrolled: "110"}
    assert payload["new"]["value"] == "83.6364"


def test_two_people_with_different_variables_meet_as_a_conflict(ministry):
    save(ministry, "91", "110")
    with pytest.raises(actions.ConflictError) as caught:
        save(ministry, "90", "110")
    assert caught.value.theirs == Decimal("82.7273")
    assert caught.value.mine == Decimal("81.8182")


def test_a_variable_of_another_indicator_is_refused(ministry):
    with pytest.raises(actions.UnknownSubjectError):
        ministry.save(None, indicator_id=ministry.indicator.pk, variables={10**9: Decimal(1)})
    assert not VariableAmount.objects.exists()


def test_a_product_has_neither_variables_nor_parts(ministry):
    for given in ({"variables": {ministry.variables[0]: Decimal(1)}}, {"parts": {1: Decimal(1)}}):
        with pytest.raises(actions.UnknownSubjectError):
            ministry.save("1", **given)


def test_parts_are_kept_beside_the_value(ministry):
    women, men = ministry.parts
    version = save(ministry, "91", "110", parts={women: Decimal(50), men: Decimal(41)}).version
    save(ministry, version=version, parts={men: None})
    assert dict(DisaggregatedAmount.objects.values_list("category_id", "amount")) == {women: 50}


def test_the_same_request_again_gets_its_answer(ministry):
    key = uuid4()
    first = save(ministry, "91", "110", key=key)
    assert save(ministry, "91", "110", key=key) == first
    with pytest.raises(DifferentRequestError):
        save(ministry, "92", "110", key=key)
    assert AuditEvent.objects.count() == 1


def test_trying_again_after_somebody_else_wrote_is_no_conflict(ministry):
    """The answer was lost on its way; meanwhile a colleague corrected the value."""
    key = uuid4()
    first = ministry.save("2", key=key)
    ministry.save("3", version=first.version)
    assert ministry.save("2", key=key) == first
    assert ministry.value_of(ministry.product).value == 3
