"""A result states what it supposes and for whom it is meant."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """Warnings for results without assumption and for results without target population."""
    for objective in document.objectives:
        for result in objective.results:
            name = f"El resultado {objective.number}.{result.number}"
            if result.assumption is None:
                message = f"{name} no tiene supuesto; agréguelo."
                yield warning("result_without_assumption", None, message)
            if result.target_population is None:
                message = f"{name} no tiene población objetivo; agréguela."
                yield warning("result_without_target_population", None, message)
