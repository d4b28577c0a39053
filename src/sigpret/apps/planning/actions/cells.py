"""Writing the quantities of products, one cell or many, and taking a write back."""

from __future__ import annotations

import json
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
    PLAN_SUBJECT,
    InvalidRowError,
    MissingRowError,
    plan_to_write,
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


class NothingToUndoError(Exception):
    """The batch is not there, is of another person, or somebody wrote over it."""

    def __init__(self) -> None:
        super().__init__(
            _("Ya no se puede deshacer: alguien cambió esas celdas después. No se tocó nada.")
        )


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
    quantity, too many digits) and MissingRowError (a product that left the plan).
    """
    plan = plan_to_write(plan_id, access)
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
    conflicts = conflicts_of(plan, disputed, stored)
    if changes:
        write_cells(plan, products, changes)
        record_cells(actor, plan, changes, batch, at)
    return SavedCells(changes, conflicts, batch if changes else "")


@transaction.atomic
def undo_cells(
    *, actor: User, access: Access, plan_id: int, batch: str, at: datetime
) -> SavedCells:
    """Put back what the cells of a batch held before, if nobody wrote over them; the products it
    added leave the plan.

    Only whoever wrote the batch takes it back. Raises NothingToUndoError, MissingRowError,
    PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    done, added = changes_of_batch(plan, actor, batch)
    products = products_of(plan, {*added, *(change.product_id for change in done)})
    stored = stored_cells(plan, products.values())
    is_over = any(stored[one.product_id, one.field] != one.new for one in done)
    if is_over or not (done or added):
        raise NothingToUndoError
    back = tuple(CellChange(one.product_id, one.field, one.new, one.old) for one in done)
    write_cells(plan, products, back)
    Product.objects.filter(pk__in=added).delete()
    record_cells(actor, plan, back, f"-{batch}", at)
    return SavedCells(back)


def check_quantity(value: Decimal | None) -> None:
    """Raise InvalidRowError for what the plan cannot hold."""
    if value is None:
        return
    if value < 0:
        raise InvalidRowError(_("La cantidad no puede ser negativa."))
    if value != round(value, DECIMALS):
        raise InvalidRowError(_("Escriba a lo sumo cuatro decimales."))
    if value >= Decimal(10) ** WHOLE_DIGITS:
        raise InvalidRowError(_("Escriba un número de a lo sumo 16 cifras enteras."))


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
    added: Sequence[int] = (),
) -> None:
    kept = [
        {"product": one.product_id, "field": one.field, "old": one.old, "new": one.new}
        for one in changes
    ]
    facts = {"batch": batch, "changes": kept} | ({"added": list(added)} if added else {})
    record_row(actor, plan, CELLS_CHANGED, facts, at)


def changes_of_batch(
    plan: AnnualPlan, actor: User, batch: str
) -> tuple[tuple[CellChange, ...], tuple[int, ...]]:
    """What a save of this person changed, and the ids of the products it added."""
    event = AuditEvent.objects.filter(
        subject_type=PLAN_SUBJECT,
        subject_id=str(plan.pk),
        action=CELLS_CHANGED,
        actor_id=actor.pk,
        payload__contains=f'"batch":{json.dumps(batch)}',
    ).first()
    if event is None or not batch:
        return (), ()
    kept = json.loads(event.payload)
    changes = tuple(
        CellChange(one["product"], one["field"], amount(one["old"]), amount(one["new"]))
        for one in kept["changes"]
    )
    return changes, tuple(kept.get("added", ()))


def amount(kept: Any) -> Decimal | None:
    """A quantity as the chain keeps it."""
    return None if kept is None else Decimal(kept)
