"""A product that will be delivered receives money from some category of the budget.

Source: «red de categorías programáticas», where the products are the physical goals (PRODEV).
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "product_without_budget"
SENTENCE = _(
    "No recibe presupuesto de ninguna categoría: asígnele una, o programe 0 si no se producirá."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product with something programmed and no money."""
    for product in plan.products:
        if product.has_budget is False and product.annual_output:
            yield found(RULE, Severity.WARNING, SENTENCE, product)
