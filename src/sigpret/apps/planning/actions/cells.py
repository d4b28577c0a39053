"""Writing the quantities of products, one cell or many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.writing import (
    ClosedQuarterError,
    InvalidRowError,
    MissingRowError,
    plan_to_program,
    record_row,
)
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTarget
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.apps.planning.queries.product import events_of_product

CELLS_CHANGED = "planning.cells_changed"
ANNUAL = "annual_output"
FIELDS = (ANNUAL, *map(str, QUARTER_NUMBERS))
#: What a quantity holds: numeric(20, 4).
WHOLE_DIGITS, DECIMALS = 16, 4


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A quantity as somebody saw it and as they leave it, in the product's unit.

    `field` is `annual_output` or the number of a quarter; None is "not programmed", never zero.
    `is_kept`: they saw what another person wrote and keep theirs.
    """

    product_id: int
    field: str
    seen: Decimal | None
    value: Decimal | None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """A quantity that changed, as the chain keeps it."""

    product_id: int
    field: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True)
class CellConflict:
    """Two people wrote the same cell; `who` and `at` are of the other one."""

    product_id: int
    field: str
    mine: Decimal | None
    theirs: Decimal | None
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SavedCells:
    """What a save did. `batch` takes it back with `undo_cells`; "" when nothing changed."""

    changes: tuple[CellChange, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    batch: str = ""


@transaction.atomic
def save_cells(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    edits: Sequence[CellEdit],
    batch: str,
    at: datetime,
) -> SavedCells:
    """Write the cells somebody changed; a cell that another person changed meanwhile waits.

    `batch` names this save for `undo_cells`; sending the same edits twice changes nothing the
    second time. Raises PermissionDenied, PlanNotWritableError, InvalidRowError (a negative
    quantity, too many digits), ClosedQuarterError for another quantity in a quarter that closed,
    and MissingRowError (a product that left the plan). One of them and nothing is written.
    """
    plan, closed = plan_to_program(plan_id, access)
    for edit in edits:
        check_quantity(edit.value)
    products = products_of(plan, {edit.product_id for edit in edits})
    stored = stored_cells(plan, products.values())
    disputed = [edit for edit in edits if is_disputed(edit, stored)]
    changes = tuple(
        CellChange(edit.product_id, edit.field, stored[edit.product_id, edit.field], edit.value)
        for edit in edits
        if edit not in disputed and stored[edit.product_id, edit.field] != edit.value
    )
    check_are_open(plan, changes, closed)
    conflicts = conflicts_of(plan, disputed, stored)
    if changes:
        write_cells(plan, products, changes)
        record_cells(actor, plan, changes, batch, at)
    return SavedCells(changes, conflicts, batch if changes else "")


def check_are_open(
    plan: AnnualPlan, changes: Iterable[CellChange], closed: Collection[str]
) -> None:
    """Raise ClosedQuarterError for a change in a quarter that closed."""
    for change in changes:
        if change.field == ANNUAL:
            continue
        quarter = period_code(plan.fiscal_year, int(change.field))
        if quarter in closed:
            raise ClosedQuarterError(quarter)


def check_quantity(value: Decimal | None) -> None:
    """Raise InvalidRowError for what the plan cannot hold."""
    if value is None:
        return
    # The size first: of a longer number Python does not round the decimals.
    if not value.is_finite() or value >= Decimal(10) ** WHOLE_DIGITS:
        raise InvalidRowError(_("Escriba un número de a lo sumo 16 cifras enteras."))
    if value < 0:
        raise InvalidRowError(_("La cantidad no puede ser negativa."))
    if value != round(value, DECIMALS):
        raise InvalidRowError(_("Escriba a lo sumo cuatro decimales."))


def products_of(plan: AnnualPlan, ids: Collection[int]) -> dict[int, Product]:
    """The products by id. Raises MissingRowError when one is not of the plan."""
    mine = Product.objects.filter(operational_objective__objective__plan=plan, pk__in=ids)
    products = mine.prefetch_related("targets").in_bulk()
    if len(products) != len(ids):
        raise MissingRowError
    return products


Stored = Mapping[tuple[int, str], Decimal | None]


def stored_cells(plan: AnnualPlan, products: Iterable[Product]) -> Stored:
    """Every cell of the products, by product and field."""
    cells: dict[tuple[int, str], Decimal | None] = {}
    for product in products:
        planned = {target.period: target.planned for target in product.targets.all()}
        cells[product.pk, ANNUAL] = product.annual_output
        for quarter in QUARTER_NUMBERS:
            period = period_code(plan.fiscal_year, quarter)
            cells[product.pk, str(quarter)] = planned.get(period)
    return cells


def is_disputed(edit: CellEdit, stored: Stored) -> bool:
    """Did somebody else change the very cell, to something else?"""
    now = stored[edit.product_id, edit.field]
    return not edit.is_kept and now != edit.seen and now != edit.value


def conflicts_of(
    plan: AnnualPlan, disputed: Sequence[CellEdit], stored: Stored
) -> tuple[CellConflict, ...]:
    found = []
    for edit in disputed:
        event = last_event_of(plan, edit.product_id)
        found.append(
            CellConflict(
                edit.product_id,
                edit.field,
                edit.value,
                stored[edit.product_id, edit.field],
                event.actor_name if event else "",
                event.at if event else None,
            )
        )
    return tuple(found)


def last_event_of(plan: AnnualPlan, product_id: int) -> AuditEvent | None:
    """The last thing the chain tells of a product of the plan; None while it tells nothing."""
    return events_of_product(plan.pk, product_id).order_by("-id").first()


def write_cells(
    plan: AnnualPlan, products: Mapping[int, Product], changes: Sequence[CellChange]
) -> None:
    """Annual outputs and quarters, in a few statements whatever their number."""
    touched = {change.product_id: products[change.product_id] for change in changes}
    for change in changes:
        if change.field == ANNUAL:
            touched[change.product_id].annual_output = change.new
    for product in touched.values():
        product.version += 1
    Product.objects.bulk_update(touched.values(), ["annual_output", "version"])
    quarters = [change for change in changes if change.field != ANNUAL]
    write_quarters(plan, quarters)


def write_quarters(plan: AnnualPlan, changes: Sequence[CellChange]) -> None:
    kept = [
        ProductTarget(
            product_id=change.product_id,
            period=period_code(plan.fiscal_year, int(change.field)),
            planned=change.new,
        )
        for change in changes
        if change.new is not None
    ]
    ProductTarget.objects.bulk_create(
        kept, update_conflicts=True, update_fields=["planned"], unique_fields=["product", "period"]
    )
    for quarter in QUARTER_NUMBERS:
        emptied = [
            change.product_id
            for change in changes
            if change.new is None and change.field == str(quarter)
        ]
        if emptied:
            ProductTarget.objects.filter(
                product__in=emptied, period=period_code(plan.fiscal_year, quarter)
            ).delete()


def record_cells(
    actor: User,
    plan: AnnualPlan,
    changes: Sequence[CellChange],
    batch: str,
    at: datetime,
    **more: Any,
) -> None:
    """`more` is what else the save did: the ids it added, the rows it took away."""
    kept = [
        {"product": one.product_id, "field": one.field, "old": one.old, "new": one.new}
        for one in changes
    ]
    record_row(actor, plan, CELLS_CHANGED, {"batch": batch, "changes": kept} | more, at)
