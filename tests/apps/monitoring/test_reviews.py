"""Deciding values: once, by somebody with no part in them, and the whole chain follows."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Membership
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import (
    GoalAchievement,
    IndicatorAchievement,
    ReportedValue,
)
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import DEADLINE, NOW, Ministry, chain_above
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.save_everything()
    ministry.submit()
    return ministry


def test_validating_every_value_validates_the_report(ministry):
    product, indicator = (
        ministry.value_of(ministry.product),
        ministry.value_of(ministry.indicator),
    )
    decision = ministry.validate(product)
    assert decision.report_states == {ministry.report.pk: "submitted"}
    decision = ministry.validate(indicator)
    assert decision.report_states == {ministry.report.pk: "validated"}


def test_a_validated_value_says_who_and_when(ministry):
    ministry.validate(ministry.value_of(ministry.product), observation="Coincide con el acta.")
    value = ministry.value_of(ministry.product)
    assert (value.decided_by, value.decided_at) == (ministry.analyst, NOW)
    assert value.observation == "Coincide con el acta."


def test_validating_twice_has_one_effect(ministry):
    value = ministry.value_of(ministry.product)
    ministry.validate(value)
    events = AuditEvent.objects.count()
    version = ministry.value_of(ministry.product).version
    assert ministry.validate(value).value_ids == ()
    assert AuditEvent.objects.count() == events
    assert ministry.value_of(ministry.product).version == version


def test_what_is_not_sent_cannot_be_validated(ministry):
    value = ministry.value_of(ministry.product)
    ministry.save("1", version=value.version)
    with pytest.raises(actions.NotUnderReviewError, match="está corrigiendo"):
        ministry.validate(value)


def test_a_batch_is_validated_whole_or_not_at_all(ministry):
    value = ministry.value_of(ministry.product)
    ministry.save("1", version=value.version)
    with pytest.raises(actions.NotUnderReviewError):
        ministry.validate(value, ministry.value_of(ministry.indicator))
    assert ministry.value_of(ministry.indicator).state == "submitted"


def test_a_value_the_reviewer_did_not_see_is_not_validated(ministry):
    value = ministry.value_of(ministry.product)
    ministry.save("3", version=value.version, cause="Conteo final.")
    ministry.submit()
    with pytest.raises(actions.ChangedValueError, match="ahora es 3"):
        ministry.validate(value, expected_versions={value.pk: value.version})


def test_a_value_that_does_not_exist_cannot_be_decided(ministry):
    value = ministry.value_of(ministry.product)
    value.pk = 0
    with pytest.raises(actions.NotUnderReviewError, match="ya no existe"):
        ministry.validate(value)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ANALYST, Role.ADMINISTRATOR}))
def test_only_analysts_and_administrators_decide(ministry, role):
    person = make_user(role, institution=ministry.institution)
    for decide in (ministry.validate, ministry.give_back):
        with pytest.raises(PermissionDenied, match="Sólo las analistas"):
            decide(ministry.value_of(ministry.product), by=person)


def test_nobody_decides_the_value_they_wrote(ministry):
    Membership.objects.create(user=ministry.registrar, role=Role.ANALYST, valid_from=NOW.date())
    Membership.objects.filter(user=ministry.registrar, role=Role.REGISTRAR).delete()
    for decide in (ministry.validate, ministry.give_back):
        with pytest.raises(PermissionDenied, match="Usted escribió este dato"):
            decide(ministry.value_of(ministry.product), by=ministry.registrar)


def test_nobody_decides_for_the_institution_they_belong_to(ministry):
    insider = make_user(Role.ADMINISTRATOR, institution=ministry.institution)
    with pytest.raises(PermissionDenied, match="pertenece a esta institución"):
        ministry.validate(ministry.value_of(ministry.product), by=insider)


def test_values_are_decided_after_the_deadline_too(ministry):
    late = DEADLINE + timedelta(days=5)
    assert ministry.validate(ministry.value_of(ministry.product), at=late).value_ids


def test_a_return_needs_an_observation(ministry):
    with pytest.raises(actions.ObservationMissingError):
        ministry.give_back(ministry.value_of(ministry.product), "  ")


def test_a_return_opens_the_report_and_keeps_the_value(ministry):
    decision = ministry.give_back(ministry.value_of(ministry.product), "¿De qué periodo es?")
    value = ministry.value_of(ministry.product)
    assert (value.state, value.value, value.observation) == ("returned", 2, "¿De qué periodo es?")
    assert decision.report_states == {ministry.report.pk: "returned"}


def test_returning_twice_with_the_same_words_has_one_effect(ministry):
    value = ministry.value_of(ministry.product)
    ministry.give_back(value)
    assert ministry.give_back(value).value_ids == ()
    with pytest.raises(actions.NotUnderReviewError):
        ministry.give_back(value, "Otra pregunta.")


def test_a_value_the_reviewer_did_not_see_is_not_returned(ministry):
    value = ministry.value_of(ministry.product)
    ministry.save("3", version=value.version, cause="Conteo final.")
    ministry.submit()
    with pytest.raises(actions.ChangedValueError, match="ahora es 3"):
        ministry.give_back(value, expected_version=value.version)


def test_a_returned_value_stops_counting(ministry):
    value = ministry.value_of(ministry.indicator)
    ministry.validate(value)
    ministry.give_back(value)
    achievement = GoalAchievement.objects.get(goal=ministry.goal)
    assert (achievement.own, achievement.own_status) == (None, "not_reported")


def test_validating_an_indicator_moves_its_goal_and_everything_above(ministry):
    """Thirty programmed to date and ten validated: a third, all the way up."""
    sectoral, presidential = chain_above(ministry.goal)
    ministry.validate(ministry.value_of(ministry.indicator))
    own = GoalAchievement.objects.get(goal=ministry.goal)
    assert round(own.own, 6) == round(
        IndicatorAchievement.objects.get(indicator=ministry.indicator).to_date, 6
    )
    assert round(own.own, 2) == Decimal("33.33")
    for goal in (sectoral, presidential):
        above = GoalAchievement.objects.get(goal=goal)
        assert round(above.contributed, 2) == Decimal("33.33")
        assert above.contributed_status == "behind"


def test_a_late_decision_moves_the_open_quarters_after_it(ministry):
    """Ten of thirty by September are ten of forty by December."""
    fourth = Period.parse("2026-Q4")
    make_round(fourth.code)
    actions.evaluate_period(period=fourth, policy=policy_on(fourth.end), at=NOW)
    ministry.validate(ministry.value_of(ministry.indicator))
    after_validating = IndicatorAchievement.objects.get(period=fourth.code).executed
    assert after_validating == 10
    ministry.give_back(ministry.value_of(ministry.indicator))
    assert IndicatorAchievement.objects.get(period=fourth.code).executed is None


def test_a_quarter_that_was_not_evaluated_waits_for_its_own_evaluation(ministry):
    make_round("2026-Q4")
    ministry.validate(ministry.value_of(ministry.indicator))
    assert not GoalAchievement.objects.filter(period="2026-Q4").exists()


def test_validating_a_product_moves_no_goal(ministry):
    ministry.validate(ministry.value_of(ministry.product))
    assert not GoalAchievement.objects.exists()


def test_one_event_tells_the_whole_decision(ministry):
    values = list(ReportedValue.objects.order_by("pk"))
    ministry.validate(*values)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.subject_id) == (
        "monitoring.values_validated",
        str(ministry.report.pk),
    )
    told = json.loads(event.payload)["values"]
    assert [one["value_id"] for one in told] == [value.pk for value in values]
    assert [one["value"] for one in told] == ["2", "10"]
