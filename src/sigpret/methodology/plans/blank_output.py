"""A blank annual output is not published, never 0: somebody says which of the two it is.

Source: report R00822953 of institution 414, where 13 of 30 products print no output.
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import ANNUAL, Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "blank_output"
SENTENCE = _(
    "La producción anual está en blanco: escriba la cantidad, o 0 si este año no se produce."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product without annual output nor quarters."""
    for product in plan.products:
        if product.annual_output is None and all(value is None for value in product.quarters):
            yield found(RULE, Severity.WARNING, SENTENCE, product, fields=frozenset({ANNUAL}))
