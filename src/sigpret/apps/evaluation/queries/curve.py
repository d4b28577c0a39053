"""The aggregate curve of an institution's physical production: programmed beside delivered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.planning.models import Product, ProductKind
from sigpret.methodology.periods import Period
from sigpret.methodology.schedule import CurvePoint, ProducedSeries, physical_curve


@dataclass(frozen=True, slots=True)
class ProductionCurve:
    """Quantities and percentages (0-100) by quarter. `counted` of the plan's `products` make it:
    the intermediate ones, or all when the plan marks none."""

    points: tuple[CurvePoint, ...]
    products: int
    counted: int

    @property
    def is_of_everything(self) -> bool:
        return self.counted == self.products

    @property
    def is_programmed(self) -> bool:
        """Is there anything to divide by?"""
        return bool(self.points) and self.points[-1].planned_to_date > 0

    @property
    def last(self) -> CurvePoint | None:
        """The last quarter with something delivered."""
        known = [point for point in self.points if point.executed_percent is not None]
        return known[-1] if known else None


def production_curve(institution: Institution, fiscal_year: int) -> ProductionCurve:
    """The curve of a year's plan; only validated quantities count. Three statements."""
    told = ReportedValue.objects.filter(state=ReportState.VALIDATED, value__isnull=False)
    rows = Product.objects.filter(
        operational_objective__objective__plan__institution=institution,
        operational_objective__objective__plan__fiscal_year=fiscal_year,
    ).prefetch_related("targets", Prefetch("reported_values", told, to_attr="validated"))
    series = tuple(map(series_of, rows))
    counted = sum(one.is_intermediate is True for one in series) or len(series)
    return ProductionCurve(physical_curve(series, fiscal_year), len(series), counted)


def series_of(product: Product) -> ProducedSeries:
    """A product with its targets and its `validated` values."""
    validated: list[ReportedValue] = getattr(product, "validated", [])
    executed: dict[Period, Decimal | None] = {
        Period.parse(value.period): value.value for value in validated
    }
    return ProducedSeries(
        planned={Period.parse(one.period): one.planned for one in product.targets.all()},
        executed=executed,
        is_intermediate=product.kind == ProductKind.INTERMEDIATE if product.kind else None,
    )
