"""What is counted and how often it falls due are rows of the country's catalogues.

Source: report R00822953 prints both with the code of the catalogue.
"""

from collections.abc import Iterator

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import Finding, PlanFacts, ProductFacts, Severity, found
from sigpret.methodology.policy import Policy

RULE = "unknown_unit"
NO_UNIT = _("No tiene unidad de medida: elija qué se cuenta.")
NO_PERIODICITY = _("No tiene periodicidad: elija cada cuánto se produce.")
NEW_UNIT = _(
    "La unidad de medida «%(name)s» no está en el catálogo oficial: elija una que esté o pida a "
    "DIGER que la agregue."
)
NEW_PERIODICITY = _(
    "La periodicidad «%(name)s» no está en el catálogo oficial: elija una que esté o pida a DIGER "
    "que la agregue."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """An error where there is none, a warning where it was only accepted from a report."""
    for product in plan.products:
        yield from _look(product, product.unit, product.unit_is_official, NO_UNIT, NEW_UNIT)
        yield from _look(
            product,
            product.periodicity,
            product.periodicity_is_official,
            NO_PERIODICITY,
            NEW_PERIODICITY,
        )


def _look(
    product: ProductFacts, name: str, is_official: bool, nothing: str, new: str
) -> Iterator[Finding]:
    if not name:
        yield found(RULE, Severity.ERROR, nothing, product)
    elif not is_official:
        yield found(RULE, Severity.WARNING, new, product, name=name)
