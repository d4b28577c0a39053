"""What last year's plan offers to this one, with a quantity proposed for each product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import AnnualPlan, Objective, ProductYear
from sigpret.apps.planning.queries.whole import WholePlan, WholeProduct, whole_plan


@dataclass(frozen=True, slots=True)
class OfferedProduct:
    """A product of the earlier plan. `proposed`: what was foreseen for the new year, else what the
    earlier plan programmed; None when it programmed nothing."""

    product: WholeProduct
    proposed: Decimal | None
    is_foreseen: bool


@dataclass(frozen=True, slots=True)
class CopyOffer:
    """The plan to copy from, and its products in order."""

    source: WholePlan
    products: tuple[OfferedProduct, ...]


def copy_offer(institution: Institution, fiscal_year: int) -> CopyOffer | None:
    """What the institution's latest plan before the year offers; None when there is none."""
    years = AnnualPlan.objects.filter(institution=institution, fiscal_year__lt=fiscal_year)
    latest = years.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    source = whole_plan(institution, latest) if latest else None
    if source is None:
        return None
    foreseen = dict(
        ProductYear.objects.filter(
            product__operational_objective__objective__plan=source.id, fiscal_year=fiscal_year
        ).values_list("product", "planned")
    )
    return CopyOffer(source, tuple(_offered(product, foreseen) for product in source.products()))


def _offered(product: WholeProduct, foreseen: dict[int, Decimal]) -> OfferedProduct:
    if product.id in foreseen:
        return OfferedProduct(product, foreseen[product.id], is_foreseen=True)
    return OfferedProduct(product, product.annual_output, is_foreseen=False)


def is_begun(institution: Institution, fiscal_year: int) -> bool:
    """Does the plan of the year pursue anything already? A copy would mix two plans."""
    return Objective.objects.filter(
        plan__institution=institution, plan__fiscal_year=fiscal_year
    ).exists()
