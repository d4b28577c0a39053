"""Every rule of coherence; a new rule is a new file and one line here."""

from collections.abc import Callable, Iterator

from sigpret.methodology.plans import (
    blank_output,
    ceiling_exceeded,
    near_duplicates,
    outside_history,
    product_without_budget,
    product_without_goal,
    product_without_result,
    quarters,
    report_numbers,
    result_without_indicator,
    territories_exceed,
    unknown_unit,
)
from sigpret.methodology.plans.facts import Finding, PlanFacts, Severity
from sigpret.methodology.policy import Policy

Rule = Callable[[PlanFacts, Policy], Iterator[Finding]]

RULES: dict[str, Rule] = {
    quarters.RULE: quarters.check,
    product_without_result.RULE: product_without_result.check,
    ceiling_exceeded.RULE: ceiling_exceeded.check,
    unknown_unit.RULE: unknown_unit.check,
    result_without_indicator.RULE: result_without_indicator.check,
    blank_output.RULE: blank_output.check,
    outside_history.RULE: outside_history.check,
    territories_exceed.RULE: territories_exceed.check,
    report_numbers.RULE: report_numbers.check,
    near_duplicates.RULE: near_duplicates.check,
    product_without_goal.RULE: product_without_goal.check,
    product_without_budget.RULE: product_without_budget.check,
}


def findings(plan: PlanFacts, policy: Policy) -> tuple[Finding, ...]:
    """Everything a plan should mend, errors first, then in the order of the plan."""
    places = {product.id: place for place, product in enumerate(plan.products)}
    every = [finding for rule in RULES.values() for finding in rule(plan, policy)]

    def weight(finding: Finding) -> tuple[bool, int]:
        place = -1 if finding.product_id is None else places[finding.product_id]
        return finding.severity is not Severity.ERROR, place

    return tuple(sorted(every, key=weight))
