"""What a person writes of a product, as one thing."""

from __future__ import annotations

from dataclasses import dataclass

from sigpret.apps.planning.models import Accumulation, Product


@dataclass(frozen=True, slots=True)
class ProductText:
    """What a person writes of a product; its quantities are cells.

    `kind` "" : the plan does not say whether it is final or intermediate.
    """

    name: str
    unit_of_measure_id: int
    periodicity_id: int
    kind: str = ""
    accumulation: str = Accumulation.SUM
    responsible_unit: str = ""
    means_of_verification: str = ""


def text_of(product: Product) -> ProductText:
    return ProductText(
        name=product.name,
        unit_of_measure_id=product.unit_of_measure_id,
        periodicity_id=product.periodicity_id,
        kind=product.kind,
        accumulation=product.accumulation,
        responsible_unit=product.responsible_unit,
        means_of_verification=product.means_of_verification,
    )
