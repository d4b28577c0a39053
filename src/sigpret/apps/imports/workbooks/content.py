"""What was read of an uploaded workbook, as a lot keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sigpret.intake.workbooks.cells import CellKind, ReadCell
from sigpret.intake.workbooks.table import Table, TableRow


@dataclass(frozen=True, slots=True)
class LotContent:
    """The table people filled in, what each row said when it was downloaded, why it was refused."""

    table: Table = field(default_factory=lambda: Table("", {}, ()))
    base: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    refusals: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As stored; `from_json` reads it back."""
        return {
            "sheet": self.table.sheet,
            "letters": dict(self.table.letters),
            "rows": [
                [
                    row.number,
                    row.identifier,
                    {key: [cell.kind.value, cell.text] for key, cell in row.cells.items()},
                ]
                for row in self.table.rows
            ],
            "base": {name: dict(said) for name, said in self.base.items()},
            "refusals": list(self.refusals),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> LotContent:
        """What `to_json` stored; a refused lot may hold only its reasons."""
        rows = tuple(
            TableRow(
                number,
                identifier,
                {key: ReadCell(CellKind(kind), text) for key, (kind, text) in cells.items()},
            )
            for number, identifier, cells in stored.get("rows", ())
        )
        table = Table(stored.get("sheet", ""), stored.get("letters", {}), rows)
        return cls(table, stored.get("base", {}), tuple(stored.get("refusals", ())))
