"""The number in the "Producción Anual" cell, read only when it can mean one thing."""

from __future__ import annotations

import re
from decimal import Decimal

NOT_PUBLISHED = frozenset({"", "NP"})
PLAIN = re.compile(r"[0-9]{1,15}")
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,6})?")
# "0.125" cannot be a grouped thousand; "1.250" could be 1250 or 1 and a quarter.
WITH_POINT = re.compile(r"(0{1,15}\.[0-9]{1,6}|[0-9]{1,15}\.([0-9]{1,2}|[0-9]{4,6}))")
POINT_AND_THREE = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


class QuantityError(ValueError):
    """The cell is not one unmistakable quantity; the message tells the planner what to do."""


def parse_quantity(text: str) -> Decimal | None:
    """`1,234.5` -> 1234.5; blank or NP -> None (not published, never 0). Raises QuantityError."""
    if text.upper() in NOT_PUBLISHED:
        return None
    if PLAIN.fullmatch(text) or WITH_POINT.fullmatch(text):
        return Decimal(text)
    if GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    raise QuantityError(_reason(text))


def _reason(text: str) -> str:
    shown = text if len(text) <= 40 else text[:40] + "…"
    if text.startswith("-"):
        return f"la producción anual «{shown}» es negativa; escriba una cantidad de 0 en adelante"
    if " " in text:
        return f"hay más de un valor en la producción anual («{shown}»); deje uno solo"
    if POINT_AND_THREE.fullmatch(text):
        return f"«{shown}» puede ser miles o decimales; escríbalo como 1,234 o como 1.5"
    return f"la producción anual «{shown}» no es un número; escríbala como 1,234.5"
