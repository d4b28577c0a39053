"""A quarterly product with fewer than four units is valid, but somebody must say when."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, Product, warning
from sigpret.intake.spelling import fold
from sigpret.methodology.schedule import propose_distribution

RULE = "quarterly_below_four"
QUARTERS = ("I", "II", "III", "IV")


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per quarterly product with more than 0 and fewer than 4 units."""
    for placed in document.placed_products():
        output = placed.product.annual_output
        if output is not None and 0 < output < 4 and is_quarterly(placed.product):
            message = (
                f"El producto {placed.label} es trimestral, pero su producción anual es"
                f" {output}; indique en qué trimestres.{_proposal(output)}"
            )
            yield warning(RULE, placed.product.line, message)


def is_quarterly(product: Product) -> bool:
    """Told by the printed name; the catalogue rules tell when code and name disagree."""
    return fold(product.periodicity.name) == "trimestral"


def _proposal(output: Decimal) -> str:
    if output != int(output):
        return ""
    shares = propose_distribution(output, len(QUARTERS))
    *before, last = (name for name, share in zip(QUARTERS, shares, strict=True) if share)
    return f" Se propone {' y '.join(filter(None, [', '.join(before), last]))}."
