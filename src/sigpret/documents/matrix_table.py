"""The results matrix on paper: landscape, its header on every page, as PDF/A."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf


@dataclass(frozen=True, slots=True)
class Said:
    """A field inside a cell: its name (empty when the column names it already) and its text."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Columns as (header, share of the width), each row with as many cells as columns; a cell is
    the fields that share it. `lede` says how many goals, of when, and which filter."""

    title: str
    lede: str
    edition: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[tuple[Said, ...], ...], ...]
    is_demo: bool = False


def matrix_pdf(table: MatrixTable, *, written_at: datetime) -> bytes:
    """The matrix as tagged PDF/A-3a on legal paper; the same for the same table and moment."""
    data = {
        "kind": "Matriz de Consistencia de Resultados",
        "title": table.title,
        "lede": table.lede,
        "corner": [table.edition],
        "footer": f"{table.title} · {table.edition}",
        "is_demo": table.is_demo,
        "columns": [list(column) for column in table.columns],
        "rows": [
            [[[said.label, said.text] for said in cell if said.text] for cell in row]
            for row in table.rows
        ],
    }
    return compile_pdf("matrix.typ", data, written_at=written_at)
