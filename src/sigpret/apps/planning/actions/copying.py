"""Beginning the plan of a year as a copy of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

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
    StrategicObjective,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.apps.planning.queries.copying import is_begun
from sigpret.apps.planning.queries.sheet import quarters_of
from sigpret.apps.planning.reported import closed_quarters
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.schedule import propose_quarters

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


class Copy(NamedTuple):
    """What becomes what: `quantities` by product of the source, `closed` quarters of the plan."""

    source: AnnualPlan
    plan: AnnualPlan
    quantities: Mapping[int, Decimal | None]
    closed: frozenset[str]


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
    spread as its periodicity falls due and as it accumulates. Of a quarter of the year that closed
    nothing is programmed. Objectives, results, activities and inputs come along. Territories do
    not: they were parts of another year's output. `keeps_links` brings the goals each product
    served; the PEI's objectives come along while their PEI covers the year. Raises
    NothingToCopyError, PlanNotEmptyError, InvalidRowError, PermissionDenied and
    PlanNotWritableError.
    """
    check_can_record_plan(access, institution.pk)
    for quantity in quantities.values():
        check_quantity(quantity)
    source = AnnualPlan.objects.filter(institution=institution, fiscal_year=source_year).first()
    if source is None or not quantities:
        raise NothingToCopyError
    # Held before the plan, in the order of everybody who holds both.
    closed = closed_quarters(fiscal_year, is_held=True)
    plan = start_plan(
        actor=actor, access=access, institution=institution, fiscal_year=fiscal_year, at=at
    )
    check_is_writable(plan)
    if is_begun(institution, fiscal_year):
        raise PlanNotEmptyError
    rows = _copy_rows(Copy(source, plan, quantities, closed))
    if not rows.products:
        raise NothingToCopyError
    links = follow(actor, rows, at) if keeps_links else 0
    facts = {"source": source_year, "products": len(rows.products), "links": links}
    record_row(actor, plan, PLAN_COPIED, facts, at)
    reason = f"POA {source_year}"
    keep_version(plan=plan, occasion=Occasion.COPIED, reason=reason, actor=actor, at=at)
    return CopiedPlan(plan.pk, len(rows.products), links)


def _copy_rows(copy: Copy) -> CopiedRows:
    """Every level in a statement; a mission or a vision already written stays."""
    source, plan = copy.source, copy.plan
    plan.mission, plan.vision = plan.mission or source.mission, plan.vision or source.vision
    plan.save(update_fields=["mission", "vision"])
    originals = list(source.objectives.all())
    pursued = _still_pursued(originals, plan.fiscal_year)
    objectives = _copied(
        originals,
        lambda row: Objective(
            plan=plan,
            number=row.number,
            text=row.text,
            program_ref=row.program_ref,
            strategic_objective_id=pursued.get(row.strategic_objective_id),
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
    products = _copy_products(copy, groups)
    return CopiedRows(plan.pk, plan.fiscal_year, objectives, products)


def _still_pursued(rows: list[Objective], fiscal_year: int) -> dict[int | None, int]:
    """The objectives of a PEI these rows answer to, where that PEI covers the year."""
    answered = (row.strategic_objective_id for row in rows)
    wanted = {pk for pk in answered if pk is not None}
    found = StrategicObjective.objects.filter(
        pk__in=wanted, plan__first_year__lte=fiscal_year, plan__last_year__gte=fiscal_year
    )
    return {pk: pk for pk in found.values_list("pk", flat=True)}


def _copy_products(copy: Copy, groups: Mapping[int, int]) -> dict[int, int]:
    source, plan, quantities = copy.source, copy.plan, copy.quantities
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
    targets = [target for row in rows for target in _targets(row, products[row.pk], copy)]
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


def _targets(row: Product, new_id: int, copy: Copy) -> Iterator[ProductTarget]:
    """The quarters of a copied product; none when nothing is programmed."""
    quantity = copy.quantities[row.pk]
    if quantity is None:
        return
    quarters = quarters_of(row, copy.source.fiscal_year)
    if quantity != row.annual_output:
        accumulation = Accumulation(row.accumulation)
        quarters = propose_quarters(quantity, row.periodicity.per_year, accumulation)
    for number, planned in zip(QUARTER_NUMBERS, quarters, strict=True):
        period = period_code(copy.plan.fiscal_year, number)
        if planned is not None and period not in copy.closed:
            yield ProductTarget(product_id=new_id, period=period, planned=planned)


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
