"""An objective nobody can tell was reached, or that nothing is delivered for."""

from __future__ import annotations

from collections.abc import Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.rows import Finding, PlanDocument, warning


def check(document: PlanDocument, _catalogue: Catalogue) -> Iterator[Finding]:
    """Warnings for objectives without results and for operational objectives without products."""
    for objective in document.objectives:
        if not objective.results:
            message = f"El objetivo {objective.number} no tiene ningún resultado; agréguelo."
            yield warning("objective_without_result", None, message)
        if not objective.operational_objectives:
            message = f"El objetivo {objective.number} no tiene objetivos operativos; agréguelos."
            yield warning("objective_without_products", None, message)
        for operational in objective.operational_objectives:
            if not operational.products:
                message = (
                    f"El objetivo operativo {operational.number} del objetivo {objective.number}"
                    " no tiene productos; agréguelos."
                )
                yield warning("objective_without_products", None, message)
