"""One institution's plan as it is read on a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
)
from sigpret.apps.planning.programming import QUARTER_NUMBERS, Quarters, period_code
from sigpret.apps.reference.models import TargetPopulation


@dataclass(frozen=True)
class PlanProduct:
    """A product as planned. `annual_output` None: it was not scheduled this year."""

    label: str
    name: str
    unit_code: str
    unit: str
    periodicity: str
    annual_output: Decimal | None
    quarters: Quarters

    @property
    def is_scheduled(self) -> bool:
        return self.annual_output is not None


@dataclass(frozen=True)
class PlanResult:
    number: int
    text: str
    assumption: str
    population: TargetPopulation | None


@dataclass(frozen=True)
class PlanOperationalObjective:
    number: int
    text: str
    products: tuple[PlanProduct, ...]


@dataclass(frozen=True)
class PlanObjective:
    number: int
    text: str
    program_ref: str
    results: tuple[PlanResult, ...]
    operational_objectives: tuple[PlanOperationalObjective, ...]

    @property
    def product_count(self) -> int:
        return sum(len(group.products) for group in self.operational_objectives)


@dataclass(frozen=True)
class PlanSheet:
    """The whole plan. `recorded_by` and `recorded_at` come from the audit chain."""

    institution: Institution
    fiscal_year: int
    version: int
    mission: str
    vision: str
    source_report: str
    source_sha256: str
    recorded_by: str
    recorded_at: datetime | None
    objectives: tuple[PlanObjective, ...]

    @property
    def products(self) -> tuple[PlanProduct, ...]:
        return tuple(
            product
            for objective in self.objectives
            for group in objective.operational_objectives
            for product in group.products
        )

    @property
    def scheduled_count(self) -> int:
        return sum(product.is_scheduled for product in self.products)


def plan_sheet(institution: Institution, fiscal_year: int) -> PlanSheet | None:
    """The plan with its objectives, results and products; None while it is not loaded."""
    plan = AnnualPlan.objects.filter(institution=institution, fiscal_year=fiscal_year).first()
    if plan is None:
        return None
    products = Product.objects.select_related("unit_of_measure", "periodicity")
    rows = plan.objectives.prefetch_related(
        "results__target_population",
        Prefetch("operational_objectives__products", products.prefetch_related("targets")),
    )
    event = (
        AuditEvent.objects.filter(subject_type="annual_plan", subject_id=str(plan.pk))
        .order_by("-id")
        .first()
    )
    return PlanSheet(
        institution=institution,
        fiscal_year=fiscal_year,
        version=plan.version,
        mission=plan.mission,
        vision=plan.vision,
        source_report=plan.source_report,
        source_sha256=plan.source_sha256,
        recorded_by=event.actor_name if event else "",
        recorded_at=moment_of(event) if event else None,
        objectives=tuple(_objective(row, fiscal_year) for row in rows),
    )


def moment_of(event: AuditEvent) -> datetime:
    """The moment the person acted, which the event carries; else the one the database noted."""
    stated = json.loads(event.payload).get("at")
    return datetime.fromisoformat(stated) if stated else event.at


def _objective(row: Objective, year: int) -> PlanObjective:
    return PlanObjective(
        row.number,
        row.text,
        row.program_ref,
        tuple(
            PlanResult(found.number, found.text, found.assumption, found.target_population)
            for found in row.results.all()
        ),
        tuple(_operational(found, row.number, year) for found in row.operational_objectives.all()),
    )


def _operational(row: OperationalObjective, objective: int, year: int) -> PlanOperationalObjective:
    return PlanOperationalObjective(
        row.number,
        row.text,
        tuple(_product(found, objective, year) for found in row.products.all()),
    )


def _product(row: Product, objective: int, year: int) -> PlanProduct:
    return PlanProduct(
        label=f"{objective}.{row.number}",
        name=row.name,
        unit_code=row.unit_of_measure.code,
        unit=row.unit_of_measure.name,
        periodicity=row.periodicity.name,
        annual_output=row.annual_output,
        quarters=quarters_of(row, year),
    )


def quarters_of(product: Product, year: int) -> Quarters:
    """Planned per quarter from the product's targets, which should be prefetched."""
    planned = {target.period: target.planned for target in product.targets.all()}
    first, second, third, fourth = (
        planned.get(period_code(year, quarter)) for quarter in QUARTER_NUMBERS
    )
    return first, second, third, fourth
