"""Codes the country's catalogues do not have: a new one, or a typing error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Coded, Finding, PlanDocument, warning


def check(document: PlanDocument, catalogue: Catalogue) -> Iterator[Finding]:
    """One warning per unknown unit, periodicity, population or institution, where it is used."""
    yield from _check(
        "unknown_institution", "La institución", document.institution, None, catalogue.institutions
    )
    for objective in document.objectives:
        for result in objective.results:
            name = f"La población objetivo del resultado {objective.number}.{result.number}"
            known = catalogue.target_populations
            yield from _check(
                "unknown_target_population", name, result.target_population, None, known
            )
    for placed in document.placed_products():
        product = placed.product
        name = f"La unidad de medida del producto {placed.label}"
        known = catalogue.units_of_measure
        yield from _check(
            "unknown_unit_of_measure", name, product.unit_of_measure, product.line, known
        )
        name = f"La periodicidad del producto {placed.label}"
        known = catalogue.periodicities
        yield from _check("unknown_periodicity", name, product.periodicity, product.line, known)


def _check(
    rule: str, what: str, entry: Coded | None, line: int | None, known: Mapping[str, str] | None
) -> Iterator[Finding]:
    if entry is not None and known is not None and entry.code not in known:
        message = (
            f"{what} es {entry}, un código que no está en el catálogo; corríjalo o pida que se"
            " agregue."
        )
        yield warning(rule, line, message)
