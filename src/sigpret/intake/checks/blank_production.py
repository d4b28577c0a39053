"""A blank annual output is not published, never 0: the planner completes it before confirming."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning

RULE = "blank_annual_output"


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per product without annual output."""
    for placed in document.placed_products():
        if placed.product.annual_output is None:
            message = (
                f"Falta la producción anual del producto {placed.label}; escriba la cantidad"
                " o marque «No se programó»."
            )
            yield warning(RULE, placed.product.line, message)
