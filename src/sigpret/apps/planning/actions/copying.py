"""Beginning the plan of a year as a copy of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import check_quantity
from sigpret.apps.planning.actions.starting import start_plan
from sigpret.apps.planning.actions.versions import Occasion, keep_version
from sigpret.apps.planning.actions.writing import check_is_writable, record_row
from sigpret.apps.planning.copies import CopiedRows, follow
from sigpret.apps.planning.models import (
    Activity,
    AnnualPlan,
    Input,
    Objective,
    OperationalObjective,
    Product,
    ProductTarget,
    ProductYear,
    Result,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.apps.planning.queries.copying import is_begun
from sigpret.apps.planning.queries.sheet import quarters_of
from sigpret.methodology.schedule import propose_distribution

PLAN_COPIED = "planning.plan_copied"
Row = TypeVar("Row", bound=Model)


class NothingToCopyError(Exception):
    """No product was chosen, or the earlier plan is not there."""

    def __init__(self) -> None:
        super().__init__(_("Elija al menos un producto para copiar."))


class PlanNotEmptyError(Exception):
    """The plan of the year already pursues something: a copy would mix two plans."""

    def __init__(self) -> None:
        super().__init__(_("El plan ya tiene objetivos. Sólo se copia sobre un plan vacío."))


@dataclass(frozen=True, slots=True)
class CopiedPlan:
    """What was copied: the plan, how many products, and how many links to goals came along."""

    plan_id: int
    products: int
    links: int


@transaction.atomic
def copy_plan(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    source_year: int,
    fiscal_year: int,
    quantities: Mapping[int, Decimal | None],
    keeps_links: bool,
    at: datetime,
) -> CopiedPlan:
    """Make the year's plan say what the earlier one says, for the products chosen.

    `quantities` gives the annual output of each product to bring, by its id in the earlier plan, in
    its unit; None: not programmed. An output that did not change keeps its quarters; another is
    spread as its periodicity falls due. Objectives, results, activities and inputs come along.
    Territories do not: they were parts of another year's output. `keeps_links` brings the goals
    each product served. Raises NothingToCopyError, PlanNotEmptyError, InvalidRowError,
    PermissionDenied and PlanNotWritableError.
    """
    check_can_record_plan(access, institution.pk)
    for quantity in quantities.values():
        check_quantity(quantity)
    source = AnnualPlan.objects.filter(institution=institution, fiscal_year=source_year).first()
    if source is None or not quantities:
        raise NothingToCopyError
    plan = start_plan(
        actor=actor, access=access, institution=institution, fiscal_year=fiscal_year, at=at
    )
    check_is_writable(plan)
    if is_begun(institution, fiscal_year):
        raise PlanNotEmptyError
    rows = _copy_rows(source, plan, quantities)
    if not rows.products:
        raise NothingToCopyError
    links = follow(actor, rows, at) if keeps_links else 0
    facts = {"source": source_year, "products": len(rows.products), "links": links}
    record_row(actor, plan, PLAN_COPIED, facts, at)
    reason = f"POA {source_year}"
    keep_version(plan=plan, occasion=Occasion.COPIED, reason=reason, actor=actor, at=at)
    return CopiedPlan(plan.pk, len(rows.products), links)


def _copy_rows(
    source: AnnualPlan, plan: AnnualPlan, quantities: Mapping[int, Decimal | None]
) -> CopiedRows:
    """Every level in a statement; a mission or a vision already written stays."""
    plan.mission, plan.vision = plan.mission or source.mission, plan.vision or source.vision
    plan.save(update_fields=["mission", "vision"])
    objectives = _copied(
        list(source.objectives.all()),
        lambda row: Objective(
            plan=plan,
            number=row.number,
            text=row.text,
            program_ref=row.program_ref,
            strategic_objective_id=row.strategic_objective_id,
        ),
    )
    _copied(
        list(Result.objects.filter(objective__plan=source)),
        lambda row: Result(
            objective_id=objectives[row.objective_id],
            number=row.number,
            text=row.text,
            assumption=row.assumption,
            target_population_id=row.target_population_id,
        ),
    )
    groups = _copied(
        list(OperationalObjective.objects.filter(objective__plan=source)),
        lambda row: OperationalObjective(
            objective_id=objectives[row.objective_id], number=row.number, text=row.text
        ),
    )
    products = _copy_products(source, plan, groups, quantities)
    return CopiedRows(plan.pk, plan.fiscal_year, objectives, products)


def _copy_products(
    source: AnnualPlan,
    plan: AnnualPlan,
    groups: Mapping[int, int],
    quantities: Mapping[int, Decimal | None],
) -> dict[int, int]:
    held = Product.objects.filter(
        operational_objective__objective__plan=source, pk__in=list(quantities)
    )
    rows = list(held.select_related("periodicity").prefetch_related("targets", "later_years"))
    products = _copied(
        rows,
        lambda row: Product(
            operational_objective_id=groups[row.operational_objective_id],
            number=row.number,
            name=row.name,
            unit_of_measure_id=row.unit_of_measure_id,
            periodicity_id=row.periodicity_id,
            annual_output=quantities[row.pk],
            kind=row.kind,
            accumulation=row.accumulation,
            responsible_unit=row.responsible_unit,
            means_of_verification=row.means_of_verification,
            stems=row.stems,
        ),
    )
    targets = [
        target
        for row in rows
        for target in _targets(row, products[row.pk], source, plan, quantities[row.pk])
    ]
    ProductTarget.objects.bulk_create(targets)
    ProductYear.objects.bulk_create(
        ProductYear(
            product_id=products[row.pk], fiscal_year=later.fiscal_year, planned=later.planned
        )
        for row in rows
        for later in row.later_years.all()
        if later.fiscal_year > plan.fiscal_year
    )
    _copy_activities(products)
    return products


def _targets(
    row: Product, new_id: int, source: AnnualPlan, plan: AnnualPlan, quantity: Decimal | None
) -> list[ProductTarget]:
    """The quarters of a copied product; none when nothing is programmed."""
    if quantity is None:
        return []
    quarters = quarters_of(row, source.fiscal_year)
    if quantity != row.annual_output:
        quarters = propose_distribution(quantity, row.periodicity.per_year)
    return [
        ProductTarget(
            product_id=new_id, period=period_code(plan.fiscal_year, number), planned=planned
        )
        for number, planned in zip(QUARTER_NUMBERS, quarters, strict=True)
        if planned is not None
    ]


def _copy_activities(products: Mapping[int, int]) -> None:
    activities = _copied(
        list(Activity.objects.filter(product__in=list(products))),
        lambda row: Activity(
            product_id=products[row.product_id],
            number=row.number,
            name=row.name,
            responsible=row.responsible,
            first_quarter=row.first_quarter,
            last_quarter=row.last_quarter,
            stated_cost=row.stated_cost,
        ),
    )
    _copied(
        list(Input.objects.filter(activity__in=list(activities))),
        lambda row: Input(
            activity_id=activities[row.activity_id],
            number=row.number,
            name=row.name,
            unit_of_measure_id=row.unit_of_measure_id,
            expense_object_id=row.expense_object_id,
            funding_source_id=row.funding_source_id,
            quantity=row.quantity,
            is_per_unit=row.is_per_unit,
            unit_price=row.unit_price,
        ),
    )


def _copied(rows: list[Row], made: Callable[[Row], Row]) -> dict[int, int]:
    """Create a copy of each row; the new ids by the old ones."""
    if not rows:
        return {}
    copies = type(rows[0])._default_manager.bulk_create([made(row) for row in rows])
    return {row.pk: copy.pk for row, copy in zip(rows, copies, strict=True)}
