"""A product serves some goal of the results matrix, or nobody will see what it was for.

Source: «coherencia con los resultados de la MCR» (guidelines, "Actividades de las mesas").
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "product_without_goal"
SENTENCE = _("Sin vínculo con la matriz de resultados: no aportará a ninguna meta.")


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product known to serve no goal."""
    for product in plan.products:
        if product.has_goal is False:
            yield found(RULE, Severity.WARNING, SENTENCE, product)
