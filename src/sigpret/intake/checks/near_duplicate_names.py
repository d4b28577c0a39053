"""Two products that share most of one phrase may be the same product twice.

Names are reduced to the stems of their words with meaning; `methodology.plans.near_duplicates`
says which resemble each other, in a report as in the plan it becomes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlacedProduct, PlanDocument, warning
from sigpret.intake.spelling import stems
from sigpret.methodology.plans.near_duplicates import twins

RULE = "near_duplicate_names"


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per product that resembles an earlier one, at the later line."""
    placed = tuple(document.placed_products())
    names = (tuple(stems(one.product.name)) for one in placed)
    for earlier, later in twins(names):
        yield _finding(placed[earlier], placed[later])


def _finding(earlier: PlacedProduct, later: PlacedProduct) -> Finding:
    message = (
        f"Los productos {earlier.label} y {later.label} (líneas {earlier.product.line} y"
        f" {later.product.line}) tienen casi el mismo nombre; confirme que son distintos."
    )
    return warning(RULE, later.product.line, message)
