"""A semiannual product with one unit is due in one half of the year only: which one?"""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning
from sigpret.intake.spelling import fold

RULE = "semiannual_below_two"


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per semiannual product with more than 0 and fewer than 2 units."""
    for placed in document.placed_products():
        output = placed.product.annual_output
        is_semiannual = fold(placed.product.periodicity.name) == "semestral"
        if output is not None and 0 < output < 2 and is_semiannual:
            message = (
                f"El producto {placed.label} es semestral, pero su producción anual es"
                f" {output}; indique en qué semestre. Se propone el segundo."
            )
            yield warning(RULE, placed.product.line, message)
