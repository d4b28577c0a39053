"""Rows of a spreadsheet written into the plan at once: new products, and quantities of those there.

The whole paste is one write, so `undo_cells` takes it back whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import (
    FIELDS,
    CellChange,
    CellEdit,
    check_are_open,
    check_quantity,
    conflicts_of,
    is_disputed,
    products_of,
    record_cells,
    stored_cells,
    write_cells,
)
from sigpret.apps.planning.actions.structure import checked_text, next_number, objective_of
from sigpret.apps.planning.actions.writing import plan_to_program
from sigpret.apps.planning.models import AnnualPlan, Product
from sigpret.apps.planning.product_text import ProductText
from sigpret.web.search import stems


@dataclass(frozen=True, slots=True)
class NewRow:
    """A product to add, with its year and its four quarters; None is "not programmed"."""

    text: ProductText
    quantities: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class PastedRows:
    """What a paste did: products added, cells changed, cells another person had changed."""

    added: int
    changed: int
    disputed: int
    batch: str


@transaction.atomic
def paste_rows(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    operational_objective_id: int,
    new: Sequence[NewRow],
    edits: Sequence[CellEdit],
    batch: str,
    at: datetime,
) -> PastedRows:
    """Add the new products under an operational objective and write the cells of the others.

    A new product whose name is already under that objective is not added twice: sending the same
    paste again changes nothing. A cell somebody changed meanwhile stays as they left it. Raises
    PermissionDenied, PlanNotWritableError, InvalidRowError, MissingRowError, and
    ClosedQuarterError for another quantity in a quarter that closed.
    """
    plan, closed = plan_to_program(plan_id, access)
    for value in (*(edit.value for edit in edits), *(one for row in new for one in row.quantities)):
        check_quantity(value)
    products = products_of(plan, {edit.product_id for edit in edits})
    stored = stored_cells(plan, products.values())
    disputed = [edit for edit in edits if is_disputed(edit, stored)]
    made = added_products(plan, operational_objective_id, new) if new else {}
    changes = [
        CellChange(edit.product_id, edit.field, stored[edit.product_id, edit.field], edit.value)
        for edit in edits
        if edit not in disputed and stored[edit.product_id, edit.field] != edit.value
    ]
    changes += [
        CellChange(product_id, name, None, value)
        for product_id, (_product, row) in made.items()
        for name, value in zip(FIELDS, row.quantities, strict=True)
        if value is not None
    ]
    check_are_open(plan, changes, closed)
    if changes or made:
        write_cells(plan, products | {pk: one for pk, (one, _row) in made.items()}, changes)
        more = {"added": [*made]} if made else {}
        record_cells(actor, plan, changes, batch, at, **more)
    count = len(conflicts_of(plan, disputed, stored))
    return PastedRows(len(made), len(changes), count, batch if changes or made else "")


def added_products(
    plan: AnnualPlan, operational_objective_id: int, new: Sequence[NewRow]
) -> dict[int, tuple[Product, NewRow]]:
    """The products that were not there yet, by id, with the next numbers of the objective."""
    parent = objective_of(plan, operational_objective_id)
    known = set(parent.products.values_list("name", flat=True))
    number = next_number(parent)
    rows: list[tuple[Product, NewRow]] = []
    for row in new:
        text = checked_text(row.text)
        if text.name in known:
            continue
        known.add(text.name)
        product = Product(
            operational_objective=parent,
            number=number + len(rows),
            stems=stems(text.name),
            **asdict(text),
        )
        rows.append((product, row))
    Product.objects.bulk_create(product for product, _row in rows)
    return {product.pk: (product, row) for product, row in rows}
