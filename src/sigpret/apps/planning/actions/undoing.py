"""Taking back what one person wrote in the cells, while nobody built upon it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import (
    CELLS_CHANGED,
    CellChange,
    SavedCells,
    check_are_open,
    products_of,
    record_cells,
    stored_cells,
    write_cells,
)
from sigpret.apps.planning.actions.structure import facts_of
from sigpret.apps.planning.actions.writing import PLAN_SUBJECT, plan_to_program
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTarget

#: The version of a product that was pasted and that nobody wrote since.
PASTED, PASTED_WITH_QUANTITIES = 1, 2


class NothingToUndoError(Exception):
    """The batch is not there, is of another person, or somebody wrote over it."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or _("Ya no se puede deshacer: alguien cambió esas celdas después. No se tocó nada.")
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """What a save of one person did: cells it changed and ids of the products it added."""

    changes: tuple[CellChange, ...] = ()
    added: tuple[int, ...] = ()


@transaction.atomic
def undo_cells(
    *, actor: User, access: Access, plan_id: int, batch: str, at: datetime
) -> SavedCells:
    """Put back what the cells of a batch held before, if nobody wrote over them; the products it
    added leave the plan, unless somebody described one or hung something on it since.

    Only whoever wrote the batch takes it back. Raises NothingToUndoError, ClosedQuarterError,
    MissingRowError, PermissionDenied and PlanNotWritableError.
    """
    plan, closed = plan_to_program(plan_id, access)
    done = batch_of(plan, actor, batch)
    products = products_of(plan, {*done.added, *(one.product_id for one in done.changes)})
    stored = stored_cells(plan, products.values())
    is_over = any(stored[one.product_id, one.field] != one.new for one in done.changes)
    if is_over or not (done.changes or done.added):
        raise NothingToUndoError
    back = tuple(CellChange(one.product_id, one.field, one.new, one.old) for one in done.changes)
    check_are_open(plan, back, closed)
    check_are_bare(products, done)
    removed = [facts_of(products[pk]) for pk in done.added]
    write_cells(plan, products, back)
    take_away(done.added)
    record_cells(actor, plan, back, f"-{batch}", at, **({"removed": removed} if removed else {}))
    return SavedCells(back)


def check_are_bare(products: Mapping[int, Product], done: Batch) -> None:
    """Raise NothingToUndoError when somebody built upon a product the batch added."""
    with_quantities = {change.product_id for change in done.changes}
    for pk in done.added:
        untouched = PASTED_WITH_QUANTITIES if pk in with_quantities else PASTED
        if products[pk].version != untouched or hangs_on(pk):
            raise NothingToUndoError(
                _(
                    "Ya no se puede deshacer: el producto %(label)s que usted pegó se describió, "
                    "costeó o vinculó después. Quítelo desde su ficha si ya no va."
                )
                % {"label": facts_of(products[pk])["label"]}
            )


def hangs_on(product_id: int) -> bool:
    """Does any row but its own quarters speak of the product?"""
    fields: Iterable[Any] = Product._meta.get_fields(include_hidden=True)
    others = (one for one in fields if one.auto_created and not one.concrete)
    return any(
        one.related_model._default_manager.filter(**{one.field.name: product_id}).exists()
        for one in others
        if one.related_model is not ProductTarget
    )


def take_away(ids: Iterable[int]) -> None:
    """Raises NothingToUndoError for what a report or a request still needs."""
    try:
        Product.objects.filter(pk__in=list(ids)).delete()
    except ProtectedError:
        raise NothingToUndoError from None


def batch_of(plan: AnnualPlan, actor: User, batch: str) -> Batch:
    """What a save of this person did; nothing when the chain does not tell."""
    event = AuditEvent.objects.filter(
        subject_type=PLAN_SUBJECT,
        subject_id=str(plan.pk),
        action=CELLS_CHANGED,
        actor_id=actor.pk,
        payload__contains=f'"batch":{json.dumps(batch)}',
    ).first()
    if event is None or not batch:
        return Batch()
    kept = json.loads(event.payload)
    return Batch(tuple(changes_in(kept["changes"])), tuple(kept.get("added", ())))


def changes_in(kept: Sequence[Mapping[str, Any]]) -> Iterable[CellChange]:
    for one in kept:
        yield CellChange(one["product"], one["field"], amount(one["old"]), amount(one["new"]))


def amount(kept: Any) -> Decimal | None:
    """A quantity as the chain keeps it."""
    return None if kept is None else Decimal(kept)
