"""What T5 found, as comments and situations of the workbook it gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.imports.workbooks.preview import Preview, PreviewRow, RowState
from sigpret.apps.imports.workbooks.report_out import RowMark
from sigpret.documents.workbook import Mark, Row, Value
from sigpret.intake.workbooks.cells import CellKind, ReadCell


def marks_of(preview: Preview, content: LotContent) -> Mapping[str, RowMark]:
    """By identifier: what every row of the file said, and what is wrong with it.

    What the file said when it was downloaded goes with it again, so that a conflict is still one.
    """
    found = {row.identifier: row for row in preview.rows}
    return {
        line.identifier: RowMark(
            situation=situation_of(found.get(line.identifier)),
            comments=dict(comments_of(found.get(line.identifier))),
            typed={key: value_of(cell) for key, cell in line.cells.items()},
            base=content.base.get(line.identifier, {}),
        )
        for line in content.table.rows
        if line.identifier
    }


def new_rows_of(preview: Preview, content: LotContent) -> tuple[Row, ...]:
    """The rows somebody added, with what they typed and what is wrong with it."""
    found = {row.number: row for row in preview.rows}
    return tuple(
        Row(
            "",
            {key: value_of(cell) for key, cell in line.cells.items()},
            is_new=True,
            marks={key: Mark(text) for key, text in comments_of(found.get(line.number))},
            situation=situation_of(found.get(line.number)),
        )
        for line in content.table.rows
        if not line.identifier and line.cells
    )


def value_of(cell: ReadCell) -> Value:
    """What stood in the cell: a number stays one, anything else is text."""
    if cell.kind is CellKind.NUMBER:
        return Decimal(cell.text)
    return cell.text


def situation_of(row: PreviewRow | None) -> str:
    """What became of a row, in one sentence."""
    if row is None:
        return _("Sin cambios")
    if row.state is RowState.CHANGE:
        return _("Se aplicará")
    if row.state is RowState.CONFLICT:
        return _("Conflicto: otra persona cambió la fila. Decida en el sistema.")
    said = " ".join(str(problem.sentence) for problem in row.problems)
    return _("Error: %(what)s") % {"what": said}


def comments_of(row: PreviewRow | None) -> Iterator[tuple[str, str]]:
    """Cell by cell: the sentence with its suggestion; of a conflict, what is stored now."""
    for cell in row.cells if row else ():
        if cell.problem:
            said = str(cell.problem.sentence)
            if cell.problem.suggestion and cell.problem.suggestion not in said:
                said = f"{said} {_('Propuesta:')} {cell.problem.suggestion}"
            yield cell.key, said
        elif row and row.state is RowState.CONFLICT:
            stored = cell.before or _("vacío")
            yield cell.key, _("En el sistema dice ahora: %(value)s") % {"value": stored}
