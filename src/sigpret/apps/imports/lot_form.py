"""What a person typed or decided on T5, read from the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sigpret.apps.imports.workbooks.preview import Preview

LONGEST_TYPED = 4000
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class TypedLot:
    """Corrections by identifier and column; decisions by identifier."""

    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decisions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_lot(posted: Mapping[str, str], preview: Preview) -> TypedLot:
    """The cells typed again, the suggestion that was pressed, the conflict that was decided."""
    corrections: dict[str, dict[str, str]] = {}
    decisions: dict[str, dict[str, Any]] = {}
    for row in preview.rows:
        for cell in row.cells:
            name = field_name(row.number, cell.key)
            typed = posted.get(name)
            if posted.get("suggestion") == name and cell.problem:
                typed = cell.problem.suggestion
            if typed is not None and typed != cell.typed:
                corrections.setdefault(row.identifier, {})[cell.key] = typed[:LONGEST_TYPED]
        if row.dispute:
            for choice in (MINE, THEIRS):
                if posted.get(choice) == str(row.number):
                    decisions[row.identifier] = {"choice": choice, "version": row.dispute.version}
    return TypedLot(corrections, decisions)


def field_name(number: int, key: str) -> str:
    """The field of a cell: `cell-12-value`."""
    return f"cell-{number}-{key}"
