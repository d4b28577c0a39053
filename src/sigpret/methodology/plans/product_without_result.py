"""Products answer to a result: an objective that produces says what it wants to achieve.

Source: plan report R00822953, where each objective prints its results before its products.
"""

from collections import Counter
from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "product_without_result"
ONE = _("El producto del objetivo %(objective)s no responde a ningún resultado: agregue uno.")
MANY = _(
    "Los %(products)s productos del objetivo %(objective)s no responden a ningún resultado: "
    "agregue uno."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One error per objective that has products and no result."""
    produced = Counter(product.objective for product in plan.products)
    for objective in plan.objectives:
        count = produced[objective.number]
        if count and not objective.results:
            template = ONE if count == 1 else MANY
            yield found(
                RULE,
                Severity.ERROR,
                template,
                place=objective.label,
                products=str(count),
                objective=objective.label,
            )
