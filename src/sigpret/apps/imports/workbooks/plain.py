"""A number as text that is compared: `50`, not `50.0000`; empty for a number nobody wrote."""

from __future__ import annotations

from decimal import Decimal


def plain_number(value: Decimal | int | None) -> str:
    """No exponent and no zeros at the end."""
    return "" if value is None else f"{Decimal(value).normalize():f}"
