"""Two products of one operational objective cannot share a number: it is what identifies them."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, OperationalObjective, error

RULE = "duplicated_number"


def check(reading: Reading) -> Iterator[Finding]:
    """An error per product whose number was already used."""
    for objective in reading.document.objectives:
        for operational in objective.operational_objectives:
            yield from _check(objective.number, operational)


def _check(objective: int, operational: OperationalObjective) -> Iterator[Finding]:
    lines: dict[int, int] = {}
    for product in operational.products:
        first = lines.setdefault(product.number, product.line)
        if first != product.line:
            message = (
                f"El producto {objective}.{product.number} está dos veces (líneas {first} y"
                f" {product.line}); deje uno solo."
            )
            yield error(RULE, product.line, message)
