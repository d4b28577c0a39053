"""What a product foresees in its territories is part of its year, never more.

Source: «matriz de producción institucional» (PRODEV): the territories share the annual output. A
territory may lack its part: what nobody placed is of the whole country.
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import ANNUAL, Finding, PlanFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "territories_exceed"
SENTENCE = _(
    "Los territorios suman %(placed)s y la producción anual dice %(annual)s: corrija el reparto o "
    "la producción."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product whose territories foresee more than its year; a blank year is of
    another rule."""
    for product in plan.products:
        annual, placed = product.annual_output, product.placed
        if annual is None or placed is None or placed <= annual:
            continue
        yield found(
            RULE,
            Severity.WARNING,
            SENTENCE,
            product,
            fields=frozenset({ANNUAL}),
            placed=placed,
            annual=annual,
        )
