"""A product is something delivered; a name that opens with a change achieved states a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning
from sigpret.intake.spelling import fold

RULE = "product_worded_as_result"
# Participles of change. "Supervisado" or "elaborado" tell work done, which a product may be.
CHANGES = (
    "acrecentad|afianzad|agilizad|alcanzad|ampliad|asegurad|aumentad|consolidad|contribuid"
    "|disminuid|dinamizad|elevad|empoderad|erradicad|extendid"
    "|fomentad|fortalecid|garantizad|incrementad|institucionalizad|lograd|mejorad"
    "|minimizad|mitigad|modernizad|optimizad|potenciad|recuperad|reducid|restablecid"
    "|sensibilizad|transformad|visibilizad"
)
OPENS_WITH_CHANGE = re.compile(rf"se han? (?:{CHANGES})o\b|(?:{CHANGES})(?:o|a|os|as)\b")


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per product whose name opens with a participle of change."""
    for placed in document.placed_products():
        if OPENS_WITH_CHANGE.match(fold(placed.product.name[:60])):
            message = (
                f"El producto {placed.label} está redactado como resultado; redáctelo como lo que"
                " se entrega o páselo a los resultados."
            )
            yield warning(RULE, placed.product.line, message)
