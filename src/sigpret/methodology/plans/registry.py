"""Every rule of coherence; a new rule is a new file and one line here."""

from collections.abc import Callable, Iterator

from sigpret.methodology.plans import quarters
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity
from sigpret.methodology.policy import Policy

Rule = Callable[[PlanFacts, Policy], Iterator[Finding]]

RULES: dict[str, Rule] = {
    quarters.RULE: quarters.check,
}


def findings(plan: PlanFacts, policy: Policy) -> tuple[Finding, ...]:
    """Everything a plan should mend, errors first, then in the order of the plan."""
    places = {product.id: place for place, product in enumerate(plan.products)}
    every = [finding for rule in RULES.values() for finding in rule(plan, policy)]

    def weight(finding: Finding) -> tuple[bool, int]:
        place = -1 if finding.product_id is None else places[finding.product_id]
        return finding.severity is not Severity.ERROR, place

    return tuple(sorted(every, key=weight))
