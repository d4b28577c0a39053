"""The quarters of a product make its year, in the way the product accumulates.

Source: «programación trimestral y plurianual» (guidelines, matrix); the quarters of report
R00822953 add up to its «producción anual».
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sigpret.methodology.explain import Explanation
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.measure import Accumulation, accumulate
from sigpret.methodology.plans.facts import (
    ANNUAL,
    QUARTERS,
    ROMAN,
    Finding,
    Fix,
    PlanFacts,
    ProductFacts,
    Severity,
    found,
)
from sigpret.methodology.policy import Policy
from sigpret.methodology.schedule import DUE_QUARTERS
from sigpret.methodology.values import ZERO, rounded

RULE = "quarters_differ"
#: Quantities are kept with four decimals: an average is compared as it would be kept.
STORED = 4
#: How many quarters are offered to take the difference: the last ones in which it is due.
OFFERED = 2
UNPLANNED = _("La producción anual dice %(annual)s y ningún trimestre la programa: repártala.")
UNSTATED = _("Los trimestres dan %(parts)s y la producción anual está en blanco.")
SENTENCES = {
    Accumulation.LAST: _("El último trimestre dice %(parts)s y la producción anual, %(annual)s."),
    Accumulation.AVERAGE: _(
        "El promedio de los trimestres es %(parts)s y la producción anual dice %(annual)s."
    ),
    Accumulation.MAXIMUM: _(
        "El mayor de los trimestres es %(parts)s y la producción anual dice %(annual)s."
    ),
}
MISSING = _(
    "Los trimestres suman %(parts)s y la producción anual dice %(annual)s: falta ubicar "
    "%(difference)s."
)
LEFT_OVER = _(
    "Los trimestres suman %(parts)s y la producción anual dice %(annual)s: sobra %(difference)s."
)


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One error per product whose quarters do not make its year."""
    for product in plan.products:
        parts = made(product)
        if parts != product.annual_output and not (parts is None and not product.annual_output):
            yield _finding(product, parts)


def made(product: ProductFacts) -> Decimal | None:
    """The year its quarters make; None when none is programmed."""
    planned = [value for value in product.quarters if value is not None]
    return year_made(product.accumulation, planned)


def year_made(accumulation: Accumulation, planned: Sequence[Decimal]) -> Decimal | None:
    """The year that programmed quarters make, in time order; None out of none."""
    parts = accumulate(accumulation, planned)
    if parts is None or accumulation is not Accumulation.AVERAGE:
        return parts
    return rounded(parts, STORED)


def _finding(product: ProductFacts, parts: Decimal | None) -> Finding:
    annual = product.annual_output
    difference = None if annual is None else abs(annual - (parts or ZERO))
    return found(
        RULE,
        Severity.ERROR,
        _template(product, parts),
        product,
        tuple(_fixes(product, parts)),
        frozenset({ANNUAL, *QUARTERS}),
        parts=parts,
        annual=annual,
        difference=difference,
    )


def _template(product: ProductFacts, parts: Decimal | None) -> str:
    if parts is None:
        return UNPLANNED
    if product.annual_output is None:
        return UNSTATED
    is_short = parts < product.annual_output
    return SENTENCES.get(product.accumulation) or (MISSING if is_short else LEFT_OVER)


def _fixes(product: ProductFacts, parts: Decimal | None) -> Iterator[Fix]:
    annual = product.annual_output
    if annual is not None and product.accumulation is Accumulation.SUM:
        yield from _shared(product, annual - (parts or ZERO))
    if annual is not None and product.accumulation is Accumulation.LAST:
        last = _last_quarter(product)
        yield _fix(QUARTERS[last], annual, _("Poner %(value)s en el %(quarter)s trimestre"), last)
    if parts is not None:
        yield _fix(ANNUAL, parts, _("Poner %(value)s en anual"))


def _shared(product: ProductFacts, difference: Decimal) -> Iterator[Fix]:
    """To which of the last due quarters the difference may go, without leaving less than zero."""
    missing, left_over = (
        _("Sumarlo al %(quarter)s trimestre"),
        _("Restarlo al %(quarter)s trimestre"),
    )
    able = [i for i in _due(product) if (product.quarters[i] or ZERO) + difference >= 0]
    for i in able[-OFFERED:]:
        value = (product.quarters[i] or ZERO) + difference
        yield _fix(QUARTERS[i], value, missing if difference > 0 else left_over, i)


def _due(product: ProductFacts) -> list[int]:
    """Positions of the quarters in which something falls due, or is programmed."""
    due = DUE_QUARTERS.get(product.per_year or len(QUARTERS), DUE_QUARTERS[len(QUARTERS)])
    return [i for i, value in enumerate(product.quarters) if i + 1 in due or value]


def _last_quarter(product: ProductFacts) -> int:
    programmed = [i for i, value in enumerate(product.quarters) if value is not None]
    return programmed[-1] if programmed else len(QUARTERS) - 1


def _fix(field: str, value: Decimal, template: str, quarter: int | None = None) -> Fix:
    name = None if quarter is None else ROMAN[quarter]
    return Fix(field, value, Explanation("plan.fix", template, {"value": value, "quarter": name}))
