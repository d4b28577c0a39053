"""What the products cost fits in the ceiling of the institution for the year.

Source: «vinculación plan–presupuesto» (PRODEV): the plan is formulated within its ceiling.
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "ceiling_exceeded"
SENTENCE = _(
    "El plan cuesta L %(cost)s y el techo es L %(ceiling)s: reduzca L %(excess)s o pida a DIGER "
    "que revise el techo."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """An error for a plan over its ceiling; without ceiling or costs there is nothing to say."""
    if plan.ceiling is not None and plan.cost is not None and plan.cost > plan.ceiling:
        yield found(
            RULE,
            Severity.ERROR,
            SENTENCE,
            cost=plan.cost,
            ceiling=plan.ceiling,
            excess=plan.cost - plan.ceiling,
        )
