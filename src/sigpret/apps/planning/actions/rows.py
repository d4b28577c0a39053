"""Bringing the stored rows of a plan to what a document says, by number, in a few statements."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import F, Model

from sigpret.apps.planning.catalogue import KnownCodes
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    ProductTarget,
    Result,
)
from sigpret.apps.planning.programming import (
    NO_QUARTERS,
    QUARTER_NUMBERS,
    ProductKey,
    Programming,
    period_code,
    plain_code,
)
from sigpret.intake.rows import PlacedProduct, PlanDocument
from sigpret.web.search import stems

Row = TypeVar("Row", bound=Model)
Key = TypeVar("Key", bound=Hashable)


class Put(NamedTuple, Generic[Key, Row]):
    """The rows that stand, by key, and those that are new or say something else."""

    rows: dict[Key, Row]
    new: list[Row]
    changed: list[Row]


PRODUCT_FIELDS = ("name", "unit_of_measure_id", "periodicity_id", "annual_output", "stems")


def write_rows(
    plan: AnnualPlan,
    document: PlanDocument,
    distribution: Programming,
    codes: KnownCodes,
    kept: frozenset[int],
) -> None:
    """Create, update and remove so that the plan says what the document and its quarters say.

    A product that says something else counts one version more: who has it open is told.
    """
    objectives = _write_objectives(plan, document)
    _write_results(plan, document, objectives, codes)
    operational = _write_operational_objectives(plan, document, objectives)
    put = _write_products(plan, document, operational, codes)
    products = put.rows
    stay = {product.pk for product in products.values()} | kept
    Product.objects.filter(operational_objective__objective__plan=plan).exclude(
        pk__in=stay
    ).delete()
    reprogrammed = _write_targets(plan, products, distribution)
    written = {product.pk for product in put.changed} | reprogrammed
    written -= {product.pk for product in put.new}
    Product.objects.filter(pk__in=written).update(version=F("version") + 1)
    _remove_empty(plan, objectives, operational)


def _write_objectives(plan: AnnualPlan, document: PlanDocument) -> dict[int, Objective]:
    existing = {row.number: row for row in plan.objectives.all()}
    return _put(
        existing,
        {
            objective.number: Objective(
                plan=plan,
                number=objective.number,
                text=objective.text,
                program_ref=objective.program_ref or "",
            )
            for objective in document.objectives
        },
        ("text", "program_ref"),
    ).rows


def _write_results(
    plan: AnnualPlan, document: PlanDocument, objectives: dict[int, Objective], codes: KnownCodes
) -> None:
    stored = Result.objects.filter(objective__plan=plan).select_related("objective")
    existing = {(row.objective.number, row.number): row for row in stored}
    wanted = {
        (objective.number, result.number): Result(
            objective=objectives[objective.number],
            number=result.number,
            text=result.text,
            assumption=result.assumption or "",
            target_population=codes.populations[plain_code(result.target_population.code)]
            if result.target_population
            else None,
        )
        for objective in document.objectives
        for result in objective.results
    }
    _put(existing, wanted, ("text", "assumption", "target_population_id"))
    gone = [row.pk for key, row in existing.items() if key not in wanted]
    Result.objects.filter(pk__in=gone).delete()


def _write_operational_objectives(
    plan: AnnualPlan, document: PlanDocument, objectives: dict[int, Objective]
) -> dict[tuple[int, int], OperationalObjective]:
    stored = OperationalObjective.objects.filter(objective__plan=plan).select_related("objective")
    return _put(
        {(row.objective.number, row.number): row for row in stored},
        {
            (objective.number, operational.number): OperationalObjective(
                objective=objectives[objective.number],
                number=operational.number,
                text=operational.text,
            )
            for objective in document.objectives
            for operational in objective.operational_objectives
        },
        ("text",),
    ).rows


def _write_products(
    plan: AnnualPlan,
    document: PlanDocument,
    operational: dict[tuple[int, int], OperationalObjective],
    codes: KnownCodes,
) -> Put[ProductKey, Product]:
    stored = Product.objects.filter(operational_objective__objective__plan=plan)
    existing = {
        ProductKey(
            row.operational_objective.objective.number,
            row.operational_objective.number,
            row.number,
        ): row
        for row in stored.select_related("operational_objective__objective")
    }
    wanted = dict(_product(placed, operational, codes) for placed in document.placed_products())
    return _put(existing, wanted, PRODUCT_FIELDS)


def _product(
    placed: PlacedProduct,
    operational: dict[tuple[int, int], OperationalObjective],
    codes: KnownCodes,
) -> tuple[ProductKey, Product]:
    product = placed.product
    key = ProductKey(placed.objective.number, placed.operational_objective.number, product.number)
    return key, Product(
        operational_objective=operational[key.objective, key.operational_objective],
        number=product.number,
        name=product.name,
        unit_of_measure=codes.units[plain_code(product.unit_of_measure.code)],
        periodicity=codes.periodicities[plain_code(product.periodicity.code)],
        annual_output=product.annual_output,
        stems=stems(product.name),
    )


def _write_targets(
    plan: AnnualPlan, products: dict[ProductKey, Product], distribution: Programming
) -> set[int]:
    """The ids of the products that programme something else."""
    ids = [product.pk for product in products.values()]
    existing = {
        (row.product_id, row.period): row for row in ProductTarget.objects.filter(product__in=ids)
    }
    wanted = {}
    for key, product in products.items():
        for quarter, planned in zip(
            QUARTER_NUMBERS, distribution.get(key, NO_QUARTERS), strict=True
        ):
            if planned is not None:
                period = period_code(plan.fiscal_year, quarter)
                wanted[product.pk, period] = ProductTarget(
                    product=product, period=period, planned=planned
                )
    put = _put(existing, wanted, ("planned",))
    gone = [row for key, row in existing.items() if key not in wanted]
    ProductTarget.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {row.product_id for row in (*put.new, *put.changed, *gone)}


def _remove_empty(
    plan: AnnualPlan,
    objectives: Mapping[int, Objective],
    operational: Mapping[tuple[int, int], OperationalObjective],
) -> None:
    """Objectives the document no longer has leave once nothing stands under them."""
    OperationalObjective.objects.filter(objective__plan=plan, products__isnull=True).exclude(
        pk__in=[row.pk for row in operational.values()]
    ).delete()
    plan.objectives.filter(operational_objectives__isnull=True).exclude(
        pk__in=[row.pk for row in objectives.values()]
    ).delete()


def _put(
    existing: Mapping[Key, Row], wanted: Mapping[Key, Row], fields: tuple[str, ...]
) -> Put[Key, Row]:
    """Create the wanted rows that are missing and update those that differ, by key."""
    new = [row for key, row in wanted.items() if key not in existing]
    manager: Any = type(new[0])._default_manager if new else None
    if manager is not None:
        manager.bulk_create(new)
    changed = []
    for key, row in wanted.items():
        old = existing.get(key)
        if old is not None and _take(old, row, fields):
            changed.append(old)
    if changed:
        manager = type(changed[0])._default_manager
        manager.bulk_update(changed, list(fields))
    return Put({key: existing.get(key, row) for key, row in wanted.items()}, new, changed)


def _take(old: Row, row: Row, fields: tuple[str, ...]) -> bool:
    """Copy the fields that differ; did any?"""
    differing = [name for name in fields if getattr(old, name) != getattr(row, name)]
    for name in differing:
        setattr(old, name, getattr(row, name))
    return bool(differing)
