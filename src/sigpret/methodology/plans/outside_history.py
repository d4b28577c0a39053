"""A year's output far from what the same product programmed in its last years is confirmed.

Source: «con historia corta», the jump the policy allows (`jump_ratio`), to both sides.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.explain import period_word
from sigpret.methodology.periods import Period
from sigpret.methodology.plans.facts import (
    ANNUAL,
    Finding,
    PlanFacts,
    ProductFacts,
    Severity,
    found,
)
from sigpret.methodology.policy import Policy

RULE = "outside_history"
#: With one year nobody can say what is usual.
FEWEST_YEARS = 2
ABOVE = _(
    "La producción anual, %(annual)s, pasa de %(ratio)s veces la mayor de los %(years)s años "
    "anteriores, %(usual)s en el %(when)s: confírmela o explique el cambio."
)
BELOW = _(
    "La producción anual, %(annual)s, es menos de 1/%(ratio)s de la menor de los %(years)s años "
    "anteriores, %(usual)s en el %(when)s: confírmela o explique el cambio."
)


def check(plan: PlanFacts, policy: Policy) -> Iterator[Finding]:
    """One warning per product outside its own history, in the same unit of measure."""
    for product in plan.products:
        history = product.history or {}
        if product.annual_output is not None and len(history) >= FEWEST_YEARS:
            yield from _compared(product, product.annual_output, history, policy.jump_ratio)


def _compared(
    product: ProductFacts, annual: Decimal, history: Mapping[int, Decimal], ratio: Decimal
) -> Iterator[Finding]:
    highest = max(history, key=lambda year: (history[year], year))
    lowest = min(history, key=lambda year: (history[year], -year))
    if annual > ratio * history[highest]:
        yield _finding(ABOVE, product, ratio, highest)
    elif annual * ratio < history[lowest]:
        yield _finding(BELOW, product, ratio, lowest)


def _finding(template: str, product: ProductFacts, ratio: Decimal, year: int) -> Finding:
    history = product.history or {}
    return found(
        RULE,
        Severity.WARNING,
        template,
        product,
        fields=frozenset({ANNUAL}),
        annual=product.annual_output,
        ratio=ratio,
        years=Decimal(len(history)),
        usual=history[year],
        when=period_word(Period.of_year(year)),
    )
