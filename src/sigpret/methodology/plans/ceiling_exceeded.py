"""What the products cost fits in the ceiling of the institution for the year.

Source: «vinculación plan–presupuesto» (PRODEV): the plan is formulated within its ceiling. A plan
costed by its inputs may ask for more until the ceiling is revised: it is sent saying why.
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "ceiling_exceeded"
SENTENCE = _(
    "El plan cuesta L %(cost)s y el techo es L %(ceiling)s: reduzca L %(excess)s, pida a "
    "DIGER que revise el techo o envíelo diciendo por qué."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """An error for a plan over its ceiling, that may be explained; without ceiling or costs there
    is nothing to say."""
    if plan.ceiling is not None and plan.cost is not None and plan.cost > plan.ceiling:
        yield found(
            RULE,
            Severity.ERROR,
            SENTENCE,
            may_be_explained=True,
            cost=plan.cost,
            ceiling=plan.ceiling,
            excess=plan.cost - plan.ceiling,
        )
