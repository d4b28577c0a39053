"""Chains at scale and in any order."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import (
    Contribution,
    CycleError,
    Link,
    RollupError,
    RollupRule,
    affected,
    contribute,
    roll_up,
)
from sigpret.methodology.status import Status
from sigpret.methodology.values import Ratio
from tests.methodology.examples import POLICY, quick

percents = st.one_of(st.none(), st.decimals(-500, 500, places=4))
children = st.lists(st.tuples(percents, st.integers(0, 50)), min_size=1, max_size=8).map(
    lambda rows: [
        Contribution(f"c{place}", value, Decimal(weight))
        for place, (value, weight) in enumerate(rows)
    ]
)


@quick
@given(children)
def test_a_mean_stays_between_zero_and_the_cap(rows):
    for rule in (RollupRule.MEAN, RollupRule.WEIGHTED):
        value = contribute(rows, rule, POLICY).value
        assert value is None or 0 <= value <= 100


@quick
@given(children, st.randoms(use_true_random=False))
def test_the_order_of_the_children_changes_nothing(rows, random_order):
    shuffled = random_order.sample(rows, len(rows))
    for rule in RollupRule:
        assert contribute(shuffled, rule, POLICY) == contribute(rows, rule, POLICY)


@quick
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
        unique=True,
        min_size=1,
    ),
    st.dictionaries(st.integers(0, 9).map(str), percents),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_links_changes_nothing(pairs, own, random_order):
    links = [Link(str(child), str(parent)) for child, parent in pairs]
    shuffled = random_order.sample(links, len(links))
    assert roll_up(own, shuffled, POLICY) == roll_up(own, links, POLICY)


def test_the_contributions_of_a_mean_add_up_to_it():
    rows = [
        Contribution("a", Decimal(142), Decimal(3)),
        Contribution("b", None, Decimal(5)),
        Contribution("c", Decimal(50), Decimal(1)),
    ]
    figure = contribute(rows, RollupRule.WEIGHTED, POLICY)
    brought = [part.contribution for part in figure.explanation.parts]
    assert brought == [75, None, Decimal("12.5")]
    assert figure.value == Decimal("87.5")
    assert figure.explanation.sentence().startswith("Promedio ponderado de 2 de 3")


def test_a_parent_without_values_is_not_due():
    figure = contribute([Contribution("a", None)], RollupRule.MEAN, POLICY)
    assert (figure.value, figure.status) == (None, Status.NOT_DUE)
    assert figure.explanation.sentence() == "Ninguno de los 1 que contribuyen tiene un valor."


def test_the_latest_child_is_the_one_measured_last():
    rows = [
        Contribution("a", Decimal(10), period=Period.quarter(2026, 2)),
        Contribution("b", Decimal(20), period=Period.quarter(2026, 1)),
        Contribution("c", Decimal(30)),
        Contribution("d", None, period=Period.quarter(2026, 3)),
    ]
    assert contribute(rows, RollupRule.LATEST, POLICY).value == 10
    links = [Link(row.subject, "p", rule=RollupRule.LATEST) for row in rows]
    measured = {row.subject: row.period for row in rows if row.period}
    own = {row.subject: row.value for row in rows}
    assert roll_up(own, links, POLICY, measured=measured)["p"].value == 10


def test_ratios_are_pooled_through_a_chain():
    links = [
        Link("a", "m", rule=RollupRule.POOLED_RATIO),
        Link("b", "m", rule=RollupRule.POOLED_RATIO),
        Link("m", "p", rule=RollupRule.POOLED_RATIO),
        Link("c", "p", rule=RollupRule.POOLED_RATIO),
    ]
    ratios = {"a": Ratio(Decimal(9), Decimal(10)), "c": Ratio(Decimal(1), Decimal(90))}
    seen = roll_up({}, links, POLICY, ratios)
    assert seen["m"].value == 90
    assert seen["p"].value == 10


def test_a_link_may_contribute_nothing():
    links = [Link("a", "p"), Link("b", "p", rule=RollupRule.NONE)]
    seen = roll_up({"a": Decimal(40), "b": Decimal(90)}, links, POLICY)
    assert seen["p"].value == 40
    assert roll_up({"b": Decimal(90)}, links[1:], POLICY)["p"].value is None


def test_mixed_rules_are_refused():
    links = [Link("a", "p"), Link("b", "p", rule=RollupRule.MAXIMUM)]
    with pytest.raises(RollupError, match="a p siguen reglas distintas"):
        roll_up({}, links, POLICY)


def test_a_chain_of_thousands_reaches_the_top():
    links = [Link(f"g{level}", f"g{level + 1}") for level in range(2000)]
    random.Random(1).shuffle(links)
    assert roll_up({"g0": Decimal(70)}, links, POLICY)["g2000"].value == 70
    assert affected(links, ["g1998"]) == ["g1999", "g2000"]


def test_a_cycle_above_a_change_is_named_and_elsewhere_ignored():
    links = [Link("a", "b"), Link("b", "a"), Link("c", "d")]
    assert affected(links, ["c"]) == ["d"]
    with pytest.raises(CycleError):
        affected(links, ["a"])
