"""What a report may say and the plan cannot hold: refused whole, never cut to fit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sigpret.apps.planning.programming import annual_outputs
from sigpret.intake.rows import Coded, Finding, PlacedProduct, PlanDocument, error

RULE = "cannot_be_stored"
LONGEST_CODE = 20
LONGEST_CODED_NAME = 300
LONGEST_PROGRAM_REF = 40
BIGGEST_NUMBER = 2_147_483_647
MOST_DECIMALS = 4
BIGGEST_OUTPUT = Decimal(10) ** 16
PLAUSIBLE_YEARS = range(2000, 2101)
#: Twenty-five times a real report; each product is six fields of the form that distributes it.
MOST_PRODUCTS = 600


def what_cannot_be_stored(document: PlanDocument) -> Iterator[Finding]:
    """One finding per claim that has no place in the plan."""
    if document.fiscal_year not in PLAUSIBLE_YEARS:
        yield error(RULE, None, f"El ejercicio {document.fiscal_year} no es un año posible.")
    products = tuple(document.placed_products())
    if len(products) > MOST_PRODUCTS:
        message = f"El reporte trae {len(products)} productos; se admiten hasta {MOST_PRODUCTS}."
        yield error(RULE, None, message)
    if len(annual_outputs(document)) != len(products):
        yield error(RULE, None, "Hay productos repetidos bajo el mismo objetivo operativo.")
    for placed in products:
        yield from _of_product(placed)
    yield from _of_outline(document)


def _of_product(placed: PlacedProduct) -> Iterator[Finding]:
    product = placed.product
    codes = (product.unit_of_measure, product.periodicity)
    if not all(map(_fits, codes)) or product.number > BIGGEST_NUMBER:
        message = f"En el producto {placed.label}, un código o un número es demasiado largo."
        yield error(RULE, product.line, message)
    if product.annual_output is not None and not quantity_fits(product.annual_output):
        message = (
            f"La producción anual del producto {placed.label} tiene más de {MOST_DECIMALS} "
            "decimales o es demasiado grande."
        )
        yield error(RULE, product.line, message)


def _of_outline(document: PlanDocument) -> Iterator[Finding]:
    for objective in document.objectives:
        populations = [
            result.target_population for result in objective.results if result.target_population
        ]
        numbers = [
            objective.number,
            *(result.number for result in objective.results),
            *(group.number for group in objective.operational_objectives),
        ]
        is_long = len(objective.program_ref or "") > LONGEST_PROGRAM_REF
        if is_long or not all(map(_fits, populations)) or max(numbers) > BIGGEST_NUMBER:
            message = (
                f"En el objetivo {objective.number}, un código o un número es demasiado largo."
            )
            yield error(RULE, None, message)


def quantity_fits(quantity: Decimal) -> bool:
    """Has the number a place in the plan, exactly as it is?"""
    exponent = quantity.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= MOST_DECIMALS and quantity < BIGGEST_OUTPUT


def _fits(coded: Coded) -> bool:
    return len(coded.code) <= LONGEST_CODE and len(coded.name) <= LONGEST_CODED_NAME
