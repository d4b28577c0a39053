"""What validating stores is what evaluating the whole country would."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions, queries
from sigpret.apps.monitoring.models import GoalAchievement, IndicatorAchievement, ReportedValue
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Alignment, Goal
from sigpret.methodology.rollup import RollupRule
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, chain_above
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
POLICY = policy_on(Q3.end)
STATEMENTS_ALLOWED = 15
OF_THE_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def ministry():
    ministry = Ministry()
    ministry.save_everything()
    ministry.submit()
    return ministry


def evaluate():
    return actions.evaluate_period(period=Q3, policy=POLICY, at=NOW)


def stored():
    """Everything stored about goals, to the last digit."""
    rows = GoalAchievement.objects.order_by("goal").values_list(
        "goal", "own", "own_status", "contributed", "contributed_status", "is_inconsistent"
    )
    return list(rows)


def family(ministry):
    """Three ministries under one sectoral goal, which serves two presidential ones.

    The last of them has everything validated, the first has it sent.
    """
    sectoral, presidential = chain_above(ministry.goal)
    other = make_goal(Goal.Level.PRESIDENTIAL, sector=sectoral.sector)
    Alignment.objects.create(child=sectoral, parent=other, weight=2)
    for weight in (1, 3):
        sister = Ministry(round=ministry.round)
        Alignment.objects.create(child=sister.goal, parent=sectoral, weight=weight)
    sister.validate_everything()
    return sectoral, presidential, other


def test_the_first_validation_of_a_quarter_evaluates_the_country(ministry):
    family(ministry)
    ministry.validate(ministry.value_of(ministry.indicator))
    assert GoalAchievement.objects.count() == Goal.objects.count()


def test_a_validation_stores_what_a_whole_evaluation_would(ministry):
    family(ministry)
    evaluate()
    ministry.validate(ministry.value_of(ministry.indicator))
    after_validating = stored()
    evaluate()
    assert stored() == after_validating


def test_thirds_that_make_exactly_ninety_are_on_track_either_way(ministry):
    """85.333… and twice 92.333… are 90: neither way up may lose the last digit."""
    sectoral, _presidential = chain_above(ministry.goal)
    sisters = [Ministry(round=ministry.round) for _ in range(2)]
    for one, done in zip((ministry, *sisters), ("256", "277", "277"), strict=True):
        one.indicator.targets.all().delete()
        one.indicator.targets.create(period="2026-Q3", planned=300)
        Alignment.objects.get_or_create(child=one.goal, parent=sectoral)
        value = ReportedValue.objects.filter(indicator=one.indicator).first()
        version = value.version if value else 0
        one.save(done, indicator_id=one.indicator.pk, version=version, cause="Falta una parte.")
        if one is not ministry:
            one.save("2", cause="Completo.")
        one.submit()
    evaluate()
    for one in (ministry, *sisters):
        one.validate(one.value_of(one.indicator))
    received = GoalAchievement.objects.get(goal=sectoral)
    assert (received.contributed, received.contributed_status) == (90, "on_track")
    after_validating = stored()
    evaluate()
    assert stored() == after_validating


def test_a_validation_touches_only_the_goals_above(ministry):
    sectoral, presidential, other = family(ministry)
    evaluate()
    GoalAchievement.objects.update(policy_version="antes")
    ministry.validate(ministry.value_of(ministry.indicator))
    touched = GoalAchievement.objects.exclude(policy_version="antes").values_list("goal")
    assert {goal for (goal,) in touched} == {
        ministry.goal.pk,
        sectoral.pk,
        presidential.pk,
        other.pk,
    }


@pytest.mark.parametrize("rule", RollupRule)
def test_every_rule_of_adding_up_agrees_with_the_whole_evaluation(ministry, rule):
    family(ministry)
    Alignment.objects.update(rollup_rule=rule)
    evaluate()
    ministry.validate(ministry.value_of(ministry.indicator))
    after_validating = stored()
    evaluate()
    assert stored() == after_validating


@pytest.mark.parametrize("rule", ["sum", "pooled_ratio"])
def test_pooling_reads_quantities_and_not_the_country(ministry, rule):
    """Ten of thirty here and ten of thirty there are twenty of sixty."""
    sectoral, *_above = family(ministry)
    Alignment.objects.filter(parent=sectoral).update(rollup_rule=rule)
    evaluate()
    sent = ministry.value_of(ministry.indicator)
    statements = statements_of(ministry.validate, sent)
    pooled = GoalAchievement.objects.get(goal=sectoral)
    assert round(pooled.contributed, 2) == Decimal("33.33")
    assert pooled.explanation["params"]["counted"] == "2"
    assert len(statements) <= STATEMENTS_ALLOWED
    assert not any("results_alignment" in one and "RECURSIVE" not in one for one in statements)


def test_a_child_where_less_is_better_is_not_pooled(ministry):
    """Ten where thirty are wanted at most is very good, and no thirty pooled with anything."""
    sectoral, *_above = family(ministry)
    Alignment.objects.filter(parent=sectoral).update(rollup_rule="pooled_ratio")
    ministry.indicator.sense = "descending"
    ministry.indicator.save()
    evaluate()
    ministry.validate(ministry.value_of(ministry.indicator))
    after_validating = stored()
    received = GoalAchievement.objects.get(goal=sectoral)
    assert round(received.contributed, 2) == Decimal("33.33")
    assert ministry.goal.code in received.explanation["sentence"]
    evaluate()
    assert stored() == after_validating


def test_kilometres_are_not_pooled_with_children(ministry):
    sectoral, *_above = family(ministry)
    Alignment.objects.filter(parent=sectoral).update(rollup_rule="pooled_ratio")
    ministry.indicator.unit = "kilómetros"
    ministry.indicator.save()
    evaluate()
    ministry.validate(ministry.value_of(ministry.indicator))
    received = GoalAchievement.objects.get(goal=sectoral)
    assert received.explanation["params"]["counted"] == "1"


def test_a_returned_value_leaves_the_pool(ministry):
    sectoral, *_above = family(ministry)
    Alignment.objects.filter(parent=sectoral).update(rollup_rule="pooled_ratio")
    evaluate()
    ministry.validate(ministry.value_of(ministry.indicator))
    ministry.give_back(ministry.value_of(ministry.indicator))
    after_returning = stored()
    assert GoalAchievement.objects.get(goal=sectoral).explanation["params"]["counted"] == "1"
    evaluate()
    assert stored() == after_returning


def test_a_goal_with_a_measure_of_its_own_passes_it_on_instead_of_what_it_receives(ministry):
    sectoral, presidential = chain_above(ministry.goal)
    sectoral.indicator.targets.create(period="2026-Q3", planned=10)
    sister = Ministry(round=ministry.round, institution=sectoral.indicator.responsible)
    sister.save("8", indicator_id=sectoral.indicator.pk, cause="Faltó personal.")
    sister.save_everything()
    sister.submit()
    evaluate()
    sister.validate(sister.value_of(sectoral.indicator))
    ministry.validate(ministry.value_of(ministry.indicator))
    above = GoalAchievement.objects.get(goal=presidential)
    assert above.contributed == Decimal(80)
    middle = GoalAchievement.objects.get(goal=sectoral)
    assert (middle.own, round(middle.contributed, 2)) == (80, Decimal("33.33"))
    assert middle.is_inconsistent


def test_passing_a_hundred_is_no_inconsistency(ministry):
    """134 above and 90 below are ten points apart, not forty-four."""
    sectoral, _presidential = chain_above(ministry.goal)
    sectoral.indicator.targets.create(period="2026-Q3", planned=10)
    ministry.indicator.targets.exclude(period="2026-Q3").delete()
    ministry.indicator.targets.update(planned="11.1111")
    sister = Ministry(round=ministry.round, institution=sectoral.indicator.responsible)
    sister.save("13.4", indicator_id=sectoral.indicator.pk, cause="Llegó una donación.")
    sister.save_everything()
    sister.submit()
    ministry.validate(ministry.value_of(ministry.indicator))
    sister.validate(sister.value_of(sectoral.indicator))
    middle = GoalAchievement.objects.get(goal=sectoral)
    assert (middle.own, round(middle.contributed)) == (134, 90)
    assert not middle.is_inconsistent


def test_a_zero_that_was_validated_is_zero_and_not_missing(ministry):
    value = ministry.value_of(ministry.indicator)
    ministry.save("0", indicator_id=ministry.indicator.pk, version=value.version, cause="Nada.")
    ministry.submit()
    ministry.validate(value)
    achievement = IndicatorAchievement.objects.get()
    assert (achievement.to_date, achievement.status) == (0, "behind")


def test_what_was_not_validated_is_not_reported(ministry):
    evaluate()
    achievement = IndicatorAchievement.objects.get()
    assert (achievement.to_date, achievement.status) == (None, "not_reported")


def test_an_evaluation_is_recorded_with_the_version_of_its_rules(ministry):
    assert evaluate() == 1
    assert AuditEvent.objects.latest("id").action == "monitoring.period_evaluated"
    assert GoalAchievement.objects.get().policy_version == POLICY.version


def test_a_goal_nobody_measures_is_evaluated_without_a_figure_of_its_own(ministry):
    ministry.indicator.reported_values.all().delete()
    ministry.indicator.delete()
    evaluate()
    achievement = GoalAchievement.objects.get()
    assert (achievement.own, achievement.own_status) == (None, "not_due")


def test_some_goals_can_be_asked_for(ministry):
    family(ministry)
    wanted = [ministry.goal.pk, 0]
    figures = queries.evaluate_goals(period=Q3, policy=POLICY, goal_ids=wanted)
    assert list(figures) == [ministry.goal.pk]


def statements_of(action, *args):
    with CaptureQueriesContext(connection) as captured:
        action(*args)
    return [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(OF_THE_TRANSACTION)
    ]


def test_validating_takes_few_statements_however_large_the_family(ministry):
    sectoral, *_above = family(ministry)
    evaluate()
    few = statements_of(ministry.validate, ministry.value_of(ministry.indicator))
    for _number in range(20):
        make_goal(serves=(sectoral,))
    sister = Ministry(round=ministry.round)
    Alignment.objects.create(child=sister.goal, parent=sectoral)
    sister.save_everything()
    sister.submit()
    evaluate()
    as_few = statements_of(sister.validate, sister.value_of(sister.indicator))
    assert len(as_few) == len(few) <= STATEMENTS_ALLOWED


def versions():
    """The version of the database's row of every figure."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("indicator", "goal"):
            cursor.execute(f"SELECT '{table}', {table}_id, ctid FROM monitoring_{table}achievement")
            found |= {row[:2]: row[2] for row in cursor.fetchall()}
    return found


def test_a_figure_stored_already_is_not_written_again(ministry):
    chain_above(ministry.goal)
    evaluate()
    before = versions()
    evaluate()
    assert versions() == before


def test_only_the_figures_that_changed_are_written(ministry):
    other = make_goal(planned={"2026-Q3": "4"})
    evaluate()
    before = versions()
    GoalAchievement.objects.filter(goal=other).update(own_status="behind")
    IndicatorAchievement.objects.filter(indicator=ministry.indicator).update(policy_version="old")
    touched = {("goal", other.pk), ("indicator", ministry.indicator.pk)}
    evaluate()
    after = versions()
    assert {key for key in before if before[key] != after[key]} == touched
    assert GoalAchievement.objects.get(goal=other).own_status == "not_reported"
    assert set(IndicatorAchievement.objects.values_list("policy_version", flat=True)) == {
        POLICY.version
    }
