"""The annual output is read only when it can mean one thing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigpret.intake.readers.quantity import QuantityError, parse_quantity
from tests.intake.plans import EXAMPLES, fixture_bytes, plan, read, rules

READ = {
    "a whole number": ("15", "15"),
    "zero is a quantity": ("0", "0"),
    "leading zeros": ("07", "7"),
    "a thousand with its comma": ("1,200", "1200"),
    "millions": ("1,234,567", "1234567"),
    "thousands and decimals": ("1,200.50", "1200.50"),
    "one decimal": ("2.5", "2.5"),
    "two decimals": ("2.50", "2.50"),
    "four decimals": ("1.2345", "1.2345"),
    "three decimals that cannot be thousands": ("0.125", "0.125"),
}
REFUSED = {
    "a point that may be thousands": ("1.200", "miles o decimales"),
    "points that may be thousands": ("1.200.000", "miles o decimales"),
    "European decimals": ("1.200,50", "no es un número"),
    "a decimal comma": ("1,5", "no es un número"),
    "a comma in the wrong place": ("12,00", "no es un número"),
    "negative": ("-3", "negativa"),
    "letters": ("doce", "no es un número"),
    "a letter for a digit": ("1O", "no es un número"),
    "two numbers": ("2 3", "más de un valor"),
    "a thousand with a space": ("1 200", "más de un valor"),
    "a percentage": ("60%", "no es un número"),
    "an exponent": ("1e3", "no es un número"),
    "a dash for nothing": ("-", "negativa"),
    "digits of another script": ("٣", "no es un número"),
    "superscript": ("2²", "no es un número"),
    "not a number": ("NaN", "no es un número"),
    "infinity": ("Infinity", "no es un número"),
    "more digits than any quantity": ("9" * 60, "no es un número"),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ.keys())
def test_a_clear_quantity_is_read_exactly(text, value):
    assert str(parse_quantity(text)) == value


@pytest.mark.parametrize("text", ["", "NP", "np"])
def test_what_is_not_published_is_never_zero(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_doubtful_quantity_is_refused_with_its_reason(text, reason):
    with pytest.raises(QuantityError, match=reason):
        parse_quantity(text)


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_doubtful_quantity_refuses_the_file_and_names_its_line(text, reason):
    data = fixture_bytes().replace(b"Semestral\t2\n", f"Semestral\t{text}\n".encode(), 1)
    outcome = read(data)
    assert outcome.document is None
    assert rules(outcome) == [("unreadable_quantity", 32)]
    assert "línea 32" in outcome.findings[0].message


def test_a_reported_zero_stays_a_zero():
    data = fixture_bytes().replace(b"Semestral\t2\n", b"Semestral\t0\n", 1)
    product = list(plan(data).placed_products())[1].product
    assert product.annual_output == Decimal(0)


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(st.text(alphabet="0123456789.,- eN²", max_size=12))
def test_a_quantity_never_changes_its_digits(text):
    try:
        value = parse_quantity(text)
    except QuantityError:
        return
    printed = "" if value is None else format(value, "f")
    assert value is None or printed.lstrip("0") == text.replace(",", "").lstrip("0")
