"""Computed indicators in the evaluation: what is validated of their variables is pooled."""

from decimal import Decimal

import pytest

from sigpret.apps.monitoring.actions.evaluation import reevaluate
from sigpret.apps.monitoring.models import (
    GoalAchievement,
    IndicatorAchievement,
    ReportedValue,
    VariableAmount,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.evaluation import evaluate_country
from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Alignment, Goal, IndicatorVariable
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import NOW, Q3
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_round
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
POLICY = policy_on(Q3.end)
QUARTERS = {number: Period.quarter(2026, number) for number in (1, 2, 3)}
RATE = {
    "value_source": "formula",
    "formula": "atendidos / inscritos * 100",
    "accumulation": "average",
    "unit": "porcentaje",
}


@pytest.fixture
def rounds():
    return {number: make_round(period.code) for number, period in QUARTERS.items()}


def make_rate(targets="80", **fields):
    goal = make_goal(
        planned=dict.fromkeys([period.code for period in QUARTERS.values()], targets),
        indicator=RATE | fields.pop("indicator", {}),
        **fields,
    )
    for name in ("atendidos", "inscritos"):
        IndicatorVariable.objects.create(
            indicator=goal.indicator, name=name, label=name, unit="personas"
        )
    return goal


def report_amounts(goal, round_, attended, enrolled, state=ReportState.VALIDATED):
    report = make_report(goal.institution, round_)
    decided = {"decided_by": make_user("analyst"), "decided_at": NOW}
    value = ReportedValue.objects.create(
        report=report,
        indicator=goal.indicator,
        period=round_.period,
        state=state,
        value=100 * Decimal(attended) / Decimal(enrolled),
        **(decided if state == ReportState.VALIDATED else {}),
    )
    for variable in goal.indicator.variables.all():
        amount = attended if variable.name == "atendidos" else enrolled
        VariableAmount.objects.create(value=value, variable=variable, amount=amount)
    return value


def to_date(goal):
    country = evaluate_country(period=Q3, policy=POLICY)
    return country.goals[goal.pk].achievement.to_date


def test_the_year_is_pooled_over_validated_amounts(rounds):
    goal = make_rate()
    report_amounts(goal, rounds[1], 1, 10)
    report_amounts(goal, rounds[2], 90, 100)
    report_amounts(goal, rounds[3], 0, 500, state=ReportState.SUBMITTED)
    figure = to_date(goal)
    assert figure.executed == Decimal(91) / 110 * 100


def test_an_indicator_with_a_broken_formula_is_accumulated(rounds):
    goal = make_rate(indicator={"formula": "niñas atendidas entre inscritas"})
    report_amounts(goal, rounds[3], 30, 40)
    assert to_date(goal).executed == 75


def test_a_parent_pools_the_parts_and_not_the_percentages(rounds):
    parent = make_goal(Goal.Level.SECTORAL)
    small, large = make_rate(sector=parent.sector), make_rate(sector=parent.sector)
    for child in (small, large):
        Alignment.objects.create(child=child, parent=parent, rollup_rule="pooled_ratio")
    report_amounts(small, rounds[3], 1, 10)
    report_amounts(large, rounds[3], 90, 100)
    pooled = Decimal(91) / 88 * 100
    country = evaluate_country(period=Q3, policy=POLICY)
    assert abs(country.goals[parent.pk].contributed.value - pooled) < Decimal("1e-20")


def test_one_value_gives_what_the_country_gives(rounds):
    parent = make_goal(Goal.Level.SECTORAL)
    small, large = make_rate(sector=parent.sector), make_rate(sector=parent.sector)
    for child in (small, large):
        Alignment.objects.create(child=child, parent=parent, rollup_rule="pooled_ratio")
    report_amounts(small, rounds[3], 1, 10)
    reevaluate(period=Q3, indicator_ids=[small.indicator.pk])
    report_amounts(large, rounds[3], 90, 100)
    reevaluate(period=Q3, indicator_ids=[large.indicator.pk])
    stored = GoalAchievement.objects.get(goal=parent, period=Q3.code)
    country = evaluate_country(period=Q3, policy=POLICY)
    assert stored.contributed == pytest.approx(country.goals[parent.pk].contributed.value)
    assert IndicatorAchievement.objects.get(indicator=large.indicator).executed == 90


def test_own_thresholds_judge_the_indicator(rounds):
    goal = make_rate(indicator={"on_track_from": 50, "at_risk_from": 30})
    report_amounts(goal, rounds[3], 45, 100)
    figure = to_date(goal)
    assert figure.status == "on_track"
    assert "propios umbrales" in figure.explanation.sentence()


def test_the_variables_cost_no_statement_more(rounds, django_assert_num_queries):
    report_amounts(make_rate(), rounds[3], 45, 100)
    with django_assert_num_queries(1):
        indicator_measures(until=Q3)
