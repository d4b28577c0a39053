"""One code, one name: identified by code, so a different name beside it deserves a look."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Coded, Finding, PlanDocument, warning
from sigpret.intake.spelling import fold

RULE = "code_name_disagreement"


def check(document: PlanDocument, catalogue: Catalogue) -> Iterator[Finding]:
    """A warning where a name differs from the catalogue's or from the first use of its code."""
    yield from _compare(document.institution, None, dict(catalogue.institutions or {}))
    populations = dict(catalogue.target_populations or {})
    for objective in document.objectives:
        for result in objective.results:
            if result.target_population is not None:
                yield from _compare(result.target_population, None, populations)
    units = dict(catalogue.units_of_measure or {})
    periodicities = dict(catalogue.periodicities or {})
    for placed in document.placed_products():
        product = placed.product
        yield from _compare(product.unit_of_measure, product.line, units)
        yield from _compare(product.periodicity, product.line, periodicities)


def _compare(entry: Coded, line: int | None, names: dict[str, str]) -> Iterator[Finding]:
    expected = names.setdefault(entry.code, entry.name)
    if not _agree(entry.name, expected):
        message = (
            f"El código {entry.code} dice «{entry.name}», pero corresponde a «{expected}»;"
            " confirme cuál es el correcto."
        )
        yield warning(RULE, line, message)


def _agree(name: str, expected: str) -> bool:
    return name == expected or fold(name) == fold(expected)
