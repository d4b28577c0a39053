"""Guidelines, «Productos de las mesas» and «Revisar los Planes Operativos Anuales»."""

import pytest

from sigpret.methodology.mesas.coherence import (
    Finding,
    Incoherence,
    PlannedGoal,
    PlannedProduct,
    findings,
)
from sigpret.methodology.mesas.products import (
    Condition,
    HeldBack,
    RepeatedCause,
    condition_of_parts,
    condition_of_state,
    repeated_causes,
)

WELL = PlannedProduct("1", has_goal=True, has_result=True, is_programmed=True)


def test_a_cause_told_by_two_goals_is_a_bottleneck_of_the_sector():
    told = [HeldBack("S-2", "budget"), HeldBack("S-1", "budget"), HeldBack("S-3", "legal")]
    assert repeated_causes(told) == (RepeatedCause("budget", ("S-1", "S-2")),)


def test_the_same_goal_told_twice_is_one_goal():
    assert repeated_causes([HeldBack("S-1", "budget"), HeldBack("S-1", "budget")]) == ()


def test_a_goal_without_a_kind_of_cause_says_nothing():
    assert repeated_causes([HeldBack("S-1", ""), HeldBack("S-2", "")]) == ()


def test_the_cause_of_more_goals_goes_first():
    told = [HeldBack(f"S-{n}", "staff") for n in range(3)]
    told += [HeldBack(f"S-{n}", "budget") for n in range(2)]
    assert [one.category for one in repeated_causes(told)] == ["staff", "budget"]


@pytest.mark.parametrize(
    ("done", "total", "condition"),
    [
        (0, 0, Condition.ABSENT),
        (0, 3, Condition.ABSENT),
        (2, 3, Condition.INCOMPLETE),
        (3, 3, Condition.READY),
    ],
)
def test_a_product_of_parts_is_ready_with_the_last_one(done, total, condition):
    assert condition_of_parts(done, total) is condition


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        ("", Condition.ABSENT),
        ("draft", Condition.IN_PROGRESS),
        ("returned", Condition.IN_PROGRESS),
        ("proposed", Condition.WAITING),
        ("approved", Condition.READY),
    ],
)
def test_a_written_product_is_ready_when_the_political_level_approves_it(state, condition):
    assert condition_of_state(state) is condition


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"has_goal": False}, Incoherence.PRODUCT_WITHOUT_GOAL),
        ({"has_result": False}, Incoherence.PRODUCT_WITHOUT_RESULT),
        ({"is_programmed": False}, Incoherence.BLANK_PROGRAMMING),
        ({"has_sum_of_year": False}, Incoherence.DIFFERENT_SUM),
    ],
)
def test_each_incoherence_names_its_products(changed, kind):
    well = {"has_goal": True, "has_result": True, "is_programmed": True}
    odd = PlannedProduct("2", **{**well, **changed})
    assert findings(has_plan=True, products=[WELL, odd], goals=[]) == (Finding(kind, ("2",)),)


def test_a_goal_without_product_is_the_first_thing_to_ask():
    odd = PlannedProduct("2", has_goal=False, has_result=True, is_programmed=True)
    goals = [PlannedGoal("I-1", has_product=False), PlannedGoal("I-2", has_product=True)]
    found = findings(has_plan=True, products=[odd], goals=goals)
    assert [one.kind for one in found] == [
        Incoherence.GOAL_WITHOUT_PRODUCT,
        Incoherence.PRODUCT_WITHOUT_GOAL,
    ]
    assert found[0].labels == ("I-1",)


def test_blank_production_is_not_zero():
    unpublished = PlannedProduct("1", has_goal=True, has_result=True, is_programmed=True)
    assert findings(has_plan=True, products=[unpublished], goals=[]) == ()


def test_without_a_plan_there_is_only_that_to_say():
    goals = [PlannedGoal("I-1", has_product=False)]
    assert findings(has_plan=False, products=[], goals=goals) == (Finding(Incoherence.NO_PLAN, ()),)
