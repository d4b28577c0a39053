"""The quarterly distribution proposed for each product, and what to say about it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.imports.drafts import Draft
from sigpret.apps.imports.queries.closed import around_closed
from sigpret.apps.planning.catalogue import KnownCodes, per_year_of
from sigpret.apps.planning.programming import (
    NO_QUARTERS,
    ProductKey,
    Quarters,
    plain_code,
)
from sigpret.apps.planning.queries import StoredPlan
from sigpret.intake.rows import Product
from sigpret.methodology.schedule import propose_quarters
from sigpret.web.dates import ROMAN
from sigpret.web.formats import format_number


def proposals(
    draft: Draft, stored: StoredPlan, known: KnownCodes, closed: frozenset[int]
) -> dict[ProductKey, Quarters]:
    """Quarters of every scheduled product: the plan's own where they still make it, or the rule's.

    Quarters that closed keep what the plan says. No quarters where the periodicity does not say
    how often the product falls due.
    """
    return {
        key: _kept(key, output, stored, closed)
        if key in stored.quarters and closed
        else _proposal(key, output, draft.products[key].product, stored, known)
        for key, cell in draft.cells.items()
        if (output := cell.annual_output) is not None
    }


def _kept(key: ProductKey, output: Decimal, stored: StoredPlan, closed: frozenset[int]) -> Quarters:
    in_force = stored.quarters[key]
    if stored.makes_year(key, output, in_force):
        return in_force
    return around_closed(output, in_force, closed, stored.accumulation(key))


def _proposal(
    key: ProductKey,
    output: Decimal,
    product: Product,
    stored: StoredPlan,
    known: KnownCodes,
) -> Quarters:
    quarters = stored.quarters.get(key, NO_QUARTERS)
    if quarters != NO_QUARTERS and stored.makes_year(key, output, quarters):
        return quarters
    per_year = times_a_year(product, known)
    if not per_year:
        return NO_QUARTERS
    return propose_quarters(output, per_year, stored.accumulation(key))


def times_a_year(product: Product, known: KnownCodes) -> int | None:
    """How often the product falls due, by the catalogue's code, else by the printed name."""
    row = known.periodicities.get(plain_code(product.periodicity.code))
    return row.per_year if row else per_year_of(product.periodicity.name)


def is_uneven(product: Product, output: Decimal, known: KnownCodes) -> bool:
    """Does the year plan fewer units than the times the product falls due?"""
    per_year = times_a_year(product, known)
    return per_year is not None and 0 < output < min(per_year, 4)


def proposal_sentence(product: Product, output: Decimal, quarters: Quarters) -> str:
    """`Es trimestral, pero la producción anual es 2. ¿En qué trimestres? Se propone II y IV.`"""
    sentence = _(
        "Es %(periodicity)s, pero la producción anual es %(output)s. ¿En qué trimestres?"
    ) % {"periodicity": product.periodicity.name.lower(), "output": format_number(output)}
    names = [ROMAN[number] for number, planned in enumerate(quarters, start=1) if planned]
    if not names:
        return sentence
    return f"{sentence} {_('Se propone')} {listed(names)}."


def listed(words: list[str]) -> str:
    """`I, II y IV`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_('y')} {words[-1]}"
