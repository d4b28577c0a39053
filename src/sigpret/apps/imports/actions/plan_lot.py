"""What a workbook of a plan says becomes the plan, product by product and at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.imports.actions.lots import AppliedLot, locked_lot, save_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.permissions import check_can_open_lot
from sigpret.apps.imports.queries.lots import facts_of
from sigpret.apps.imports.queries.plan_lot import plan_lot
from sigpret.apps.imports.workbooks.plan_in import EMPTY, PlanLot, ProductChange, already_there
from sigpret.apps.imports.workbooks.plan_out import NUMBERS, place_of, stored
from sigpret.apps.imports.workbooks.preview import PreviewRow
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import CellEdit, save_cells
from sigpret.apps.planning.actions.structure import add_product, change_product
from sigpret.apps.planning.actions.versions import Occasion, keep_version
from sigpret.apps.planning.actions.writing import InvalidRowError, MissingRowError, plan_to_program
from sigpret.apps.planning.catalogue import KnownCodes, known_codes
from sigpret.apps.planning.models import Product
from sigpret.apps.planning.product_text import ProductText

REFUSALS = (InvalidRowError, MissingRowError)
#: The field of `save_cells` of each column of quantities.
FIELDS = dict(zip(NUMBERS, ("annual_output", "1", "2", "3", "4"), strict=True))


class Writer(NamedTuple):
    """Who writes, in what plan, with which lists."""

    actor: User
    access: Access
    seen: PlanLot
    codes: KnownCodes
    at: datetime


@transaction.atomic
def apply_plan_lot(*, actor: User, access: Access, lot_id: int, at: datetime) -> AppliedLot:
    """Write every row that can be written, all in one transaction; the rest stays in review.

    The quarters of the year and the plan are held before it is compared: what a colleague wrote
    until then is a conflict, what they write after waits. The plan as it was left is kept as a
    version. Applying again writes nothing. Raises ClosedLotError, PlanNotWritableError and
    PermissionDenied.
    """
    done = WorkbookLot.objects.get(pk=lot_id)
    check_can_open_lot(access, done.institution_id, done.uploaded_by_id)
    if done.state == WorkbookLot.State.APPLIED:
        return AppliedLot(0, 0)
    lot = locked_lot(access, lot_id, at)
    plan, _closed = plan_to_program(plan_lot(facts_of(lot)).plan.id, access)
    writer = Writer(actor, access, plan_lot(facts_of(lot)), known_codes(), at)
    written, refused = _write_rows(writer, lot)
    pending = _keep_refused(lot, refused)
    if written:
        keep_version(plan=plan, occasion=Occasion.UPLOADED, actor=actor, at=at)
    if not pending:
        lot.state = WorkbookLot.State.APPLIED
    lot.applied_rows += written
    payload = {"applied": written, "pending": pending}
    save_lot(lot, actor, "imports.workbook_applied", payload, at)
    return AppliedLot(written, pending)


def _write_rows(writer: Writer, lot: WorkbookLot) -> tuple[int, dict[str, tuple[int, str]]]:
    """How many rows were written; of the others, the version seen and why not."""
    written, refused = 0, {}
    for row in writer.seen.preview().changes:
        try:
            _write(writer, row, batch=f"lote-{lot.pk}-{row.number}")
        except REFUSALS as refusal:
            product = row.change.product
            refused[row.identifier] = (product.version if product else 0, str(refusal))
            continue
        written += 1
        _forget_new(lot, row)
    return written, refused


@transaction.atomic
def _write(writer: Writer, row: PreviewRow, *, batch: str) -> None:
    """All of a row or nothing of it. Raises what the plan refuses."""
    change: ProductChange = row.change
    product_id = _add(writer, change.values) if change.product is None else change.product.id
    if change.product is not None:
        _describe(writer, change)
    edits = tuple(_edits(product_id, change))
    if edits:
        save_cells(
            actor=writer.actor,
            access=writer.access,
            plan_id=writer.seen.plan.id,
            edits=edits,
            batch=batch,
            at=writer.at,
        )


def _add(writer: Writer, values: Mapping[str, Any]) -> int:
    plan = writer.seen.plan
    places = {place_of(objective, group): (objective, group) for objective, group in plan.groups()}
    objective, group = places[values["place"]]
    text = _text(writer.codes, values)
    # Two rows of one file; what others added meanwhile is an error of the preview already.
    twin = Product.objects.filter(
        operational_objective=group.id, name=" ".join(text.name.split())
    ).first()
    if twin is not None:
        raise InvalidRowError(already_there(f"{objective.number}.{twin.number}"), "name")
    added = add_product(
        actor=writer.actor,
        access=writer.access,
        plan_id=plan.id,
        operational_objective_id=group.id,
        text=text,
        at=writer.at,
    )
    return added.pk


def _describe(writer: Writer, change: ProductChange) -> None:
    product = change.product
    if product is None or not change.values.keys() - FIELDS.keys():
        return
    keys = ("name", "unit", "periodicity", "kind", "accumulation", "responsible", "verification")
    values = {key: stored(product, key) for key in keys} | dict(change.values)
    change_product(
        actor=writer.actor,
        access=writer.access,
        plan_id=writer.seen.plan.id,
        product_id=product.id,
        text=_text(writer.codes, values),
        expected_version=product.version,
        at=writer.at,
    )


def _text(codes: KnownCodes, values: Mapping[str, Any]) -> ProductText:
    optional = {
        "kind": values.get("kind"),
        "accumulation": values.get("accumulation"),
        "responsible_unit": values.get("responsible"),
        "means_of_verification": values.get("verification"),
    }
    return ProductText(
        name=values["name"],
        unit_of_measure_id=codes.units[values["unit"]].pk,
        periodicity_id=codes.periodicities[values["periodicity"]].pk,
        **{key: value for key, value in optional.items() if value},
    )


def _edits(product_id: int, change: ProductChange) -> list[CellEdit]:
    """The quantities to write; the row was compared while the plan is held."""
    found = []
    for key in NUMBERS:
        if key not in change.values:
            continue
        seen: Decimal | None = stored(change.product, key) if change.product else None
        value = change.values[key]
        told = None if value is EMPTY else value
        found.append(CellEdit(product_id, FIELDS[key], seen, told, is_kept=True))
    return found


def _forget_new(lot: WorkbookLot, row: PreviewRow) -> None:
    """A product that exists now is no longer a row without identifier."""
    if row.change.product is None:
        lot.content["rows"] = [
            line for line in lot.content["rows"] if line[0] != row.number or line[1]
        ]


def _keep_refused(lot: WorkbookLot, refused: Mapping[str, tuple[int, str]]) -> int:
    """Keep why each row was not written; how many rows are left."""
    lot.decisions = {
        **lot.decisions,
        **{
            name: {"choice": "refused", "version": version, "sentence": sentence}
            for name, (version, sentence) in refused.items()
        },
    }
    now = replace(plan_lot(facts_of(lot)), decisions=lot.decisions)
    return len(now.preview().pending)
