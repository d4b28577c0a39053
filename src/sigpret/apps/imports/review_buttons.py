"""What each button of the review step means, as changes to the draft."""

from __future__ import annotations

from collections.abc import Mapping

from sigpret.apps.imports.actions import CellChange, QuartersChange
from sigpret.apps.imports.drafts import UNSCHEDULED, Cell, Draft
from sigpret.apps.imports.queries import ImportFacts, distribution_sheet
from sigpret.apps.planning.programming import ProductKey

EVERY_BLANK = "en-blanco"


def cell_buttons(posted: Mapping[str, str], draft: Draft) -> tuple[CellChange, ...]:
    """«No se programó» for one product or for every blank, and back to what the report says."""
    if posted.get("mark") == EVERY_BLANK:
        return tuple(CellChange(key, "", UNSCHEDULED) for key in draft.missing)
    key = known_key(posted.get("mark"), draft)
    if key is not None:
        return (CellChange(key, draft.cells[key].token, UNSCHEDULED),)
    key = known_key(posted.get("restore"), draft)
    if key is not None:
        printed = Cell(draft.products[key].product.annual_output)
        return (CellChange(key, draft.cells[key].token, printed),)
    return ()


def accepted_proposal(posted: Mapping[str, str], facts: ImportFacts) -> tuple[QuartersChange, ...]:
    """«Aceptar propuesta»: the proposed quarters of one product."""
    wanted = posted.get("accept")
    if not wanted:
        return ()
    rows = distribution_sheet(facts).rows
    return tuple(
        QuartersChange(row.key, row.seen, row.quarters)
        for row in rows
        if row.key.code == wanted and not row.is_accepted and row.adds_up
    )


def known_key(code: str | None, draft: Draft) -> ProductKey | None:
    """The product a button names, if the draft has it."""
    return next((key for key in draft.products if key.code == code), None)
