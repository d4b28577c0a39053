"""What was pointed out before for the same headers, to propose it and never to apply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from sigpret.apps.budget.models import ColumnMapping


@dataclass(frozen=True, slots=True)
class SavedColumns:
    """Who said which column is which, from field to place, and which the decimal mark.

    `is_national`: DIGER said it, of a file of the whole country.
    """

    mapping: dict[str, int]
    mark: str
    by: str
    at: datetime
    is_national: bool


def saved_columns(institution_id: int | None, columns: Mapping[str, Any]) -> SavedColumns | None:
    """What the institution pointed out for the headers of these columns of an import, else what
    DIGER did; None when nobody did or the import is read so already. One statement."""
    whose = Q(institution=institution_id) | Q(institution=None)
    rows = ColumnMapping.objects.filter(whose, headers_digest=columns["digest"])
    nearest = F("institution").asc(nulls_last=True)
    row = rows.select_related("saved_by").order_by(nearest).first()
    if row is None:
        return None
    said = row.columns
    if (said["mapping"], said["mark"]) == (columns["mapping"], columns["mark"]):
        return None
    return SavedColumns(
        mapping=said["mapping"],
        mark=columns["layout"].get("mark") or said["mark"],
        by=str(row.saved_by),
        at=row.saved_at,
        is_national=row.institution_id is None,
    )


def proposed(columns: Mapping[str, Any], saved: SavedColumns | None) -> dict[str, Any]:
    """The columns of an import as the screen offers them: as they were pointed out before."""
    if saved is None:
        return dict(columns)
    return {**columns, "mapping": saved.mapping, "mark": saved.mark}
