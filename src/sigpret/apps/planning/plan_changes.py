"""What changed in each product since the last kept version of the plan, and who wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sigpret.apps.planning.actions.cells import FIELDS
from sigpret.apps.planning.queries.outline import Act, KeptProduct, PlannedProduct, PlanOutline


@dataclass(frozen=True, slots=True)
class Changed:
    """A product that is not what the kept version says.

    `cells` are the quantities of then by field, only those that differ. `is_new`: that version
    did not have it. `who` and `at` are of the last write, empty when the chain no longer tells.
    """

    cells: Mapping[str, Decimal | None]
    moves: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    is_new: bool
    name_before: str
    who: str
    at: datetime | None


def changes_since(outline: PlanOutline) -> dict[int, Changed]:
    """By product id; empty while no version was kept."""
    kept = outline.kept
    if kept is None:
        return {}
    authors = authors_of(outline.acts)
    found = {}
    for product in outline.products:
        changed = _changed(product, kept.products.get(product.row.id), authors)
        if changed is not None:
            found[product.row.id] = changed
    return found


def authors_of(acts: Iterable[Act]) -> dict[int, tuple[str, datetime]]:
    """Who wrote each product last and when they say they did; the acts come newest first."""
    found: dict[int, tuple[str, datetime]] = {}
    for act in acts:
        payload: dict[str, Any] = json.loads(act.payload)
        moment = datetime.fromisoformat(payload["at"]) if "at" in payload else act.at
        ids = [payload.get("product"), *(one["product"] for one in payload.get("changes", ()))]
        for product_id in ids:
            if product_id is not None:
                found.setdefault(product_id, (act.who, moment))
    return found


def _changed(
    product: PlannedProduct,
    before: KeptProduct | None,
    authors: Mapping[int, tuple[str, datetime]],
) -> Changed | None:
    who, at = authors.get(product.row.id, ("", None))
    if before is None:
        return Changed({}, (), True, "", who, at)
    now = (product.row.annual_output, *product.quarters)
    then = (before.annual_output, *before.quarters)
    moves = tuple(
        (name, old, new) for name, old, new in zip(FIELDS, then, now, strict=True) if old != new
    )
    renamed = before.name if before.name != product.row.name else ""
    if not moves and not renamed:
        return None
    return Changed({name: old for name, old, _new in moves}, moves, False, renamed, who, at)
