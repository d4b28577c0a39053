"""A result is measured by some indicator: of a goal of the matrix or of the strategic plan.

Source: «indicadores de resultado» (guidelines, matrix of results).
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "result_without_indicator"
SENTENCE = _(
    "El resultado %(result)s no tiene indicador: vincule su objetivo con una meta de la matriz o "
    "con un objetivo del PEI que lo mida."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per result known to have none; who does not know says nothing."""
    for objective in plan.objectives:
        for result in objective.results:
            if result.has_indicator is False:
                yield found(
                    RULE, Severity.WARNING, SENTENCE, place=result.label, result=result.label
                )
