"""A computed indicator: its quarters are pooled, its parts shown, its parents pool its parts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sigpret.methodology.achievement import achieve
from sigpret.methodology.computed import Computed, VariableRule
from sigpret.methodology.explain import Explanation
from sigpret.methodology.formula import Gathering, parse
from sigpret.methodology.measure import Accumulation, Measure, Sense, Thresholds
from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import ratio_of
from sigpret.methodology.status import Status
from tests.methodology.examples import POLICY

Q1, Q2, Q3 = (Period.quarter(2026, number) for number in (1, 2, 3))
ATTENDED = VariableRule("atendidos", "Niñas y niños atendidos", "personas")
ENROLLED = VariableRule("inscritos", "Niñas y niños inscritos", "personas")


def attendance(amounts, accumulation=Accumulation.AVERAGE, formula="atendidos / inscritos * 100"):
    """An indicator with a target of 80 % each quarter; its sheet even says "average"."""
    computed = Computed(
        parse(formula),
        (ATTENDED, ENROLLED),
        {
            period: {"atendidos": Decimal(above), "inscritos": Decimal(below)}
            for period, (above, below) in amounts.items()
        },
    )
    return Measure(
        id="EDU-1",
        accumulation=accumulation,
        kind=None,
        sense=Sense.ASCENDING,
        baseline=None,
        tolerance=None,
        targets=dict.fromkeys((Q1, Q2, Q3), Decimal(80)),
        executed={
            period: computed.formula.evaluate(computed.amounts[period]) for period in amounts
        },
        computed=computed,
    )


UNEVEN = attendance({Q1: (1, 10), Q2: (90, 100)})


@pytest.mark.parametrize("rule", Accumulation)
def test_no_accumulation_makes_a_mean_of_percentages(rule):
    measure = replace(UNEVEN, accumulation=rule)
    figure = achieve(measure, as_of=Q2, policy=POLICY).to_date
    assert figure.executed == Decimal(91) / 110 * 100


def test_a_quarter_is_its_own_formula():
    assert achieve(UNEVEN, as_of=Q2, policy=POLICY).period.executed == Decimal(90)


def test_the_reason_opens_to_the_variables():
    explanation = achieve(UNEVEN, as_of=Q2, policy=POLICY).to_date.explanation
    said = explanation.sentence()
    assert "Se calcula de sus variables: atendidos / inscritos * 100 = 91 / 110 * 100." in said
    parts = [(part.label, part.period, part.executed) for part in explanation.parts if part.label]
    assert parts == [
        (ATTENDED.label, Q1, 1), (ATTENDED.label, Q2, 90),
        (ENROLLED.label, Q1, 10), (ENROLLED.label, Q2, 100),
    ]  # fmt: skip
    assert Explanation.from_json(explanation.to_json()) == explanation


def test_parents_pool_its_numerator_and_denominator():
    ratio = ratio_of(achieve(UNEVEN, as_of=Q2, policy=POLICY).to_date, "%")
    assert ratio == (91, 88, "personas")


def test_a_formula_that_is_no_ratio_is_pooled_as_any_other():
    measure = attendance({Q1: (1, 10)}, formula="atendidos + inscritos")
    figure = achieve(measure, as_of=Q1, policy=POLICY).to_date
    assert ratio_of(figure, "personas") == (11, 80, "personas")


def test_reports_from_before_the_formula_are_accumulated():
    measure = replace(attendance({}, Accumulation.LAST), executed={Q1: Decimal(40)})
    assert achieve(measure, as_of=Q1, policy=POLICY).to_date.executed == 40


def test_nothing_of_nothing_is_reported_and_has_no_value():
    achievement = achieve(attendance({Q1: (0, 0)}), as_of=Q1, policy=POLICY)
    figures = (achievement.period, achievement.to_date, achievement.annual, achievement.multi_year)
    assert [(one.value, one.executed) for one in figures] == [(None, None)] * 4
    assert {one.status for one in figures[:2]} == {Status.NO_DENOMINATOR}
    said = achievement.to_date.explanation.sentence()
    assert "el denominador es 0 y no hay resultado que calcular" in said
    assert "= 0 / 0 * 100" in said


def test_the_years_together_are_not_silent_about_nothing_of_nothing():
    year = Period.of_year(2025)
    measure = attendance({year: (0, 0)})
    measure = replace(measure, targets={year: Decimal(80)})
    figure = achieve(measure, as_of=Period.quarter(2025, 4), policy=POLICY).multi_year
    assert (figure.value, figure.status) == (None, Status.NO_DENOMINATOR)


def test_dividing_by_zero_is_no_report():
    figure = achieve(attendance({Q1: (5, 0)}), as_of=Q1, policy=POLICY).to_date
    assert (figure.value, figure.status) == (None, Status.NOT_REPORTED)


def test_the_last_amount_of_a_level_counts_once():
    level = VariableRule("inscritos", accumulation=Gathering.LAST)
    computed = replace(UNEVEN.computed, variables=(ATTENDED, level))
    assert computed.gathered((Q1, Q2)) == {"atendidos": 91, "inscritos": 100}


@pytest.mark.parametrize(
    ("on_track", "at_risk", "status"),
    [(95, 90, Status.BEHIND), (80, 60, Status.ON_TRACK), (86, 70, Status.AT_RISK)],
)
def test_its_own_thresholds_take_the_place_of_the_policys(on_track, at_risk, status):
    own = Thresholds(Decimal(on_track), Decimal(at_risk))
    measure = replace(UNEVEN, targets={Q1: Decimal(80), Q2: Decimal(80)}, thresholds=own)
    figure = achieve(replace(measure, computed=None), as_of=Q1, policy=POLICY).to_date
    assert figure.value == Decimal("12.5")
    reached = replace(measure, computed=None, executed={Q1: Decimal(68)})  # 85 % of 80
    figure = achieve(reached, as_of=Q1, policy=POLICY).to_date
    assert figure.status is status
    assert f"en ruta desde {on_track} %" in figure.explanation.sentence().replace("\u00a0", " ")
