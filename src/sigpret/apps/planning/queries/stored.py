"""The plan in force in the form a report has, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    Result,
)
from sigpret.apps.planning.programming import ProductKey, Quarters, adds_up, plain_code
from sigpret.apps.planning.queries.sheet import quarters_of
from sigpret.apps.reference.models import CatalogueEntry
from sigpret.intake import rows
from sigpret.methodology.measure import Accumulation


@dataclass(frozen=True)
class StoredPlan:
    """Version 0 and no document: nothing is stored yet. `ids` are the products' ids."""

    version: int = 0
    document: rows.PlanDocument | None = None
    quarters: Mapping[ProductKey, Quarters] = field(default_factory=dict)
    ids: Mapping[ProductKey, int] = field(default_factory=dict)
    accumulations: Mapping[ProductKey, Accumulation] = field(default_factory=dict)

    def accumulation(self, key: ProductKey) -> Accumulation:
        """How its quarters make its year; a product nobody described adds up."""
        return self.accumulations.get(key, Accumulation.SUM)

    def makes_year(self, key: ProductKey, annual: Decimal | None, quarters: Quarters) -> bool:
        """Do these quarters make that year, in the way the product accumulates?"""
        return adds_up(annual, quarters, self.accumulation(key))


NOTHING_STORED = StoredPlan()


def stored_plan(institution: Institution, fiscal_year: int) -> StoredPlan:
    """The plan of the institution for the year, with the quarters and ids of its products."""
    plan = AnnualPlan.objects.filter(institution=institution, fiscal_year=fiscal_year).first()
    if plan is None:
        return NOTHING_STORED
    products = Product.objects.select_related("unit_of_measure", "periodicity")
    objectives = list(
        plan.objectives.prefetch_related(
            "results__target_population",
            Prefetch("operational_objectives__products", products.prefetch_related("targets")),
        )
    )
    placed = {
        ProductKey(objective.number, operational.number, product.number): product
        for objective in objectives
        for operational in objective.operational_objectives.all()
        for product in operational.products.all()
    }
    return StoredPlan(
        version=plan.version,
        document=_document(plan, institution, objectives),
        quarters={key: quarters_of(row, fiscal_year) for key, row in placed.items()},
        ids={key: row.pk for key, row in placed.items()},
        accumulations={key: Accumulation(row.accumulation) for key, row in placed.items()},
    )


def _document(
    plan: AnnualPlan, institution: Institution, objectives: list[Objective]
) -> rows.PlanDocument:
    return rows.PlanDocument(
        institution=_coded(institution),
        fiscal_year=plan.fiscal_year,
        report=rows.PrintedReport(plan.source_report, None),
        mission=plan.mission or None,
        vision=plan.vision or None,
        objectives=tuple(map(_objective, objectives)),
    )


def _objective(row: Objective) -> rows.Objective:
    return rows.Objective(
        number=row.number,
        text=row.text,
        program_ref=row.program_ref or None,
        results=tuple(map(_result, row.results.all())),
        operational_objectives=tuple(map(_operational, row.operational_objectives.all())),
    )


def _result(row: Result) -> rows.Result:
    population = _coded(row.target_population) if row.target_population else None
    return rows.Result(row.number, row.text, row.assumption or None, population)


def _operational(row: OperationalObjective) -> rows.OperationalObjective:
    return rows.OperationalObjective(row.number, row.text, tuple(map(_product, row.products.all())))


def _product(row: Product) -> rows.Product:
    return rows.Product(
        number=row.number,
        name=row.name,
        unit_of_measure=_coded(row.unit_of_measure),
        periodicity=_coded(row.periodicity),
        annual_output=row.annual_output,
        line=0,
    )


def _coded(row: CatalogueEntry | Institution) -> rows.Coded:
    return rows.Coded(plain_code(row.code), row.name)
