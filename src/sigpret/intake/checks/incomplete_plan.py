"""What the head of the report should say and does not."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """Warnings for a plan without mission, vision or print date."""
    claims = (
        ("missing_mission", "la misión", document.mission),
        ("missing_vision", "la visión", document.vision),
        ("missing_print_date", "la fecha de impresión", document.report.printed_at),
    )
    for rule, what, value in claims:
        if value is None:
            message = f"El reporte no trae {what}; confirme que está completo."
            yield warning(rule, None, message)
