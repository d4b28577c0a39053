"""Numbers as Honduras writes them, and what people really type."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.web.formats import (
    TypedNumberError,
    format_millions,
    format_money,
    format_money_short,
    format_number,
    format_percent,
    format_signed,
    parse_column,
    parse_number,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("1234.5"), "1,234.5"),
        (Decimal("1200"), "1,200"),
        (Decimal("0"), "0"),
        (Decimal("-3.8"), "−3.8"),
        (Decimal("2.345"), "2.35"),
        (None, "—"),
    ],
)
def test_a_number_prints_with_comma_groups_and_no_idle_zeros(value, printed):
    assert format_number(value) == printed


def test_rounding_for_the_eye_is_half_up():
    assert format_number(Decimal("0.125"), 2) == "0.13"
    assert format_number(Decimal("2.5"), 0) == "3"


def test_a_small_negative_that_rounds_to_zero_shows_no_sign():
    assert format_number(Decimal("-0.001"), 1) == "0.0"


def test_a_percent_keeps_its_sign_on_the_same_line():
    assert format_percent(Decimal("61")) == "61\u00a0%"
    assert format_percent(Decimal("76.25")) == "76.3\u00a0%"
    assert format_percent(Decimal("85"), 1) == "85.0\u00a0%"
    assert format_percent(None) == "—"


def test_a_column_of_millions_keeps_little_money_above_zero():
    assert [format_millions(Decimal(text)) for text in ("2300000", "467995", "-35250000", "0")] == [
        "2.3", "0.47", "\u221235.3", "0",
    ]  # fmt: skip
    assert format_millions(None) == "—"


def test_money_is_in_lempiras_and_millions_are_said():
    assert format_money(Decimal("1234.5")) == "L\u00a01,234.50"
    assert format_money_short(Decimal("186400000")) == "L\u00a0186.4\u00a0millones"
    assert format_money_short(Decimal("1000000")) == "L\u00a01\u00a0millón"
    assert format_money_short(Decimal("45210.4")) == "L\u00a045,210"


def test_a_change_of_nothing_is_an_equals_sign():
    assert format_signed(Decimal("1.3")) == "+1.3"
    assert format_signed(Decimal("-4.6")) == "−4.6"
    assert format_signed(Decimal("0")) == "="


@pytest.mark.parametrize("typed", ["1,200", "1200", " 1 200", "1 200", "1\u00a0200", "1200.0"])
def test_every_usual_way_of_typing_twelve_hundred_is_read(typed):
    assert parse_number(typed) == Decimal("1200")


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_an_empty_cell_is_missing_and_never_zero(typed):
    assert parse_number(typed) is None


def test_zero_is_a_number():
    assert parse_number("0") == Decimal("0")


def test_a_point_that_may_group_or_divide_is_asked_for():
    with pytest.raises(TypedNumberError, match=r"1,200 o 1\.2\?") as refused:
        parse_number("1.200")
    assert refused.value.suggestion == "1,200"


def test_two_points_can_only_group_so_the_comma_is_taught():
    with pytest.raises(TypedNumberError, match="1,200,300"):
        parse_number("1.200.300")


@pytest.mark.parametrize("typed", ["0.125", "12.5", "1234.567"])
def test_a_point_that_can_only_divide_is_read(typed):
    assert parse_number(typed) == Decimal(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3O", "«3O» termina en la letra O. ¿Quiso decir 30?"),
        ("l2", "«l2» empieza con la letra l. ¿Quiso decir 12?"),
        ("1O0", "«1O0» tiene la letra O. ¿Quiso decir 100?"),
        ("45 %", "Escriba el número sin el signo de porcentaje"),
        ("doce", "Escriba sólo números, por ejemplo 1,200 o 12.5"),
        ("1,20", "Escriba sólo números"),
        ("1 2", "Escriba sólo números"),
        ("1/2", "Escriba sólo números"),
    ],
)
def test_what_is_not_a_number_says_what_to_do(typed, sentence):
    with pytest.raises(TypedNumberError) as refused:
        parse_number(typed)
    assert sentence in str(refused.value)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_what_is_printed_can_be_typed_back(value):
    assert parse_number(format_number(value)) == value


def test_a_pasted_column_keeps_blanks_and_marks_what_it_cannot_read():
    cells = parse_column("12\r\n\r\n3O\t99\r\n1,200\r\n")
    assert [cell.value for cell in cells] == [Decimal(12), None, None, Decimal(1200)]
    assert [bool(cell.error) for cell in cells] == [False, False, True, False]
