"""A whole plan with everything its papers, its workbook and its copy need to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Prefetch

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    Result,
)
from sigpret.apps.planning.programming import ProductKey, Quarters, plain_code
from sigpret.apps.planning.queries.sheet import quarters_of
from sigpret.apps.reference.models import CatalogueEntry
from sigpret.intake.rows import Coded


@dataclass(frozen=True, slots=True)
class WholeProduct:
    """A product. `unit`, `periodicity` and `kind` are catalogue entries and codes.

    `annual_output` None: not published. `kind` and texts empty: the plan does not say.
    """

    id: int
    version: int
    key: ProductKey
    name: str
    unit: Coded
    periodicity: Coded
    annual_output: Decimal | None
    quarters: Quarters
    kind: str
    kind_label: str
    accumulation: str
    responsible_unit: str
    means_of_verification: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeResult:
    """A result; empty texts are not said by the plan."""

    number: int
    text: str
    assumption: str
    population: Coded | None


@dataclass(frozen=True, slots=True)
class WholeGroup:
    """An operational objective."""

    id: int
    number: int
    text: str
    products: tuple[WholeProduct, ...]


@dataclass(frozen=True, slots=True)
class WholeObjective:
    """An objective with what stands under it."""

    number: int
    text: str
    program_ref: str
    results: tuple[WholeResult, ...]
    groups: tuple[WholeGroup, ...]


@dataclass(frozen=True, slots=True)
class WholePlan:
    """The plan. `version` counts writes; `last_kept` is the number of its last `PlanVersion`, 0
    when none was kept."""

    id: int
    institution: Institution
    fiscal_year: int
    version: int
    last_kept: int
    state: str
    state_label: str
    mission: str
    vision: str
    objectives: tuple[WholeObjective, ...]

    def groups(self) -> Iterator[tuple[WholeObjective, WholeGroup]]:
        """Every operational objective in the order of the plan, with its objective."""
        for objective in self.objectives:
            for group in objective.groups:
                yield objective, group

    def products(self) -> Iterator[WholeProduct]:
        """Every product in the order of the plan."""
        for _objective, group in self.groups():
            yield from group.products


def whole_plan(institution: Institution, fiscal_year: int) -> WholePlan | None:
    """The plan of an institution for a year, None when there is none; eight statements at most."""
    plan = (
        AnnualPlan.objects.annotate(last_kept=Max("versions__number"))
        .filter(institution=institution, fiscal_year=fiscal_year)
        .first()
    )
    if plan is None:
        return None
    products = Product.objects.select_related("unit_of_measure", "periodicity")
    below = products.prefetch_related("targets", "activities")
    rows = plan.objectives.prefetch_related(
        "results__target_population", Prefetch("operational_objectives__products", below)
    )
    return WholePlan(
        id=plan.pk,
        institution=institution,
        fiscal_year=fiscal_year,
        version=plan.version,
        last_kept=plan.last_kept or 0,
        state=plan.state,
        state_label=str(plan.get_state_display()),
        mission=plan.mission,
        vision=plan.vision,
        objectives=tuple(_objective(row, fiscal_year) for row in rows),
    )


def coded(row: CatalogueEntry | Institution) -> Coded:
    """As a report prints it: the code without zero padding."""
    return Coded(plain_code(row.code), row.name)


def _objective(row: Objective, year: int) -> WholeObjective:
    groups = row.operational_objectives.all()
    return WholeObjective(
        row.number,
        row.text,
        row.program_ref,
        tuple(map(_result, row.results.all())),
        tuple(_group(group, row.number, year) for group in groups),
    )


def _result(row: Result) -> WholeResult:
    population = coded(row.target_population) if row.target_population else None
    return WholeResult(row.number, row.text, row.assumption, population)


def _group(row: OperationalObjective, objective: int, year: int) -> WholeGroup:
    return WholeGroup(
        row.pk,
        row.number,
        row.text,
        tuple(
            _product(found, ProductKey(objective, row.number, found.number), year)
            for found in row.products.all()
        ),
    )


def _product(row: Product, key: ProductKey, year: int) -> WholeProduct:
    return WholeProduct(
        id=row.pk,
        version=row.version,
        key=key,
        name=row.name,
        unit=coded(row.unit_of_measure),
        periodicity=coded(row.periodicity),
        annual_output=row.annual_output,
        quarters=quarters_of(row, year),
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        accumulation=row.accumulation,
        responsible_unit=row.responsible_unit,
        means_of_verification=row.means_of_verification,
        activities=tuple(activity.name for activity in row.activities.all()),
    )
