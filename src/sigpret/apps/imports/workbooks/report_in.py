"""What a report workbook would change: each row of the file against the report as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.imports.workbooks.preview import (
    Dispute,
    Merged,
    Preview,
    PreviewCell,
    PreviewRow,
    RowState,
    chosen,
    merge,
)
from sigpret.apps.imports.workbooks.problems import Cause, CellProblemError, Problem
from sigpret.apps.imports.workbooks.report_out import (
    CATEGORY,
    CAUSE,
    VALUE,
    details_of,
    report_columns,
)
from sigpret.apps.imports.workbooks.typed import number_of, option_of, refused, shown, text_of
from sigpret.apps.monitoring.queries import CauseCategory, ReportSheet, SheetRow, SubjectKind
from sigpret.intake.workbooks.cells import CellKind, ReadCell
from sigpret.intake.workbooks.table import TableRow
from sigpret.web.formats import format_number

LONGEST_CAUSE = 500
FIELDS = (VALUE, CATEGORY, CAUSE)
Corrections = Mapping[str, Mapping[str, str]]
Decisions = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReportChange:
    """What `save_value` would be told: the whole row, and the version it was compared with."""

    row: SheetRow
    value: Decimal | None
    cause_category: str
    cause: str
    variables: Mapping[int, Decimal | None]
    parts: Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class ReportLot:
    """A lot beside the report it is for. `not_due` names, by identifier, what is not reported."""

    sheet: ReportSheet
    not_due: Mapping[str, str]
    content: LotContent
    corrections: Corrections
    decisions: Decisions

    def preview(self) -> Preview:
        """Every row that differs, with what keeps it from being applied."""
        repeated = self.content.table.repeated
        stored = {row.key: row for row in self.sheet.rows}
        rows = []
        for line in self._lines(stored, repeated):
            if line.identifier in repeated:
                rows.append(_repeated(line, repeated[line.identifier], stored))
            elif line.identifier in stored:
                rows.append(RowReader(line, stored[line.identifier], self).read())
            elif line.cells:
                rows.append(self._stranger(line))
        differing = tuple(row for row in rows if row.state is not RowState.SAME)
        present = {line.identifier for line in self.content.table.rows}
        return Preview(
            differing,
            same=len(rows) - len(differing),
            absent=sum(key not in present for key in stored),
        )

    def _lines(
        self, stored: Mapping[str, SheetRow], repeated: Mapping[str, Any]
    ) -> Iterator[TableRow]:
        """The rows of the file; those of a detail stand for their owner when it is not there."""
        seen = {line.identifier for line in self.content.table.rows}
        for line in self.content.table.rows:
            owner, colon, _detail = line.identifier.partition(":")
            if not colon or owner not in stored or line.identifier in repeated:
                yield line
            elif owner not in seen:
                seen.add(owner)
                yield TableRow(line.number, owner, {})

    def details(self, owner: str) -> Mapping[str, TableRow]:
        """The rows of the file behind a row of the report, by the key of the detail."""
        repeated = self.content.table.repeated
        return {
            line.identifier.partition(":")[2]: line
            for line in self.content.table.rows
            if line.identifier.startswith(f"{owner}:") and line.identifier not in repeated
        }

    def _stranger(self, line: TableRow) -> PreviewRow:
        name = self.not_due.get(line.identifier, "")
        if name:
            sentence = _("No vence este trimestre: lo escrito en esta fila no se aplica.")
        elif line.identifier:
            sentence = _("El identificador «%(id)s» no es de este reporte.") % {
                "id": line.identifier[:40]
            }
        else:
            sentence = _("La fila no tiene identificador. Los productos se agregan en el POA.")
        return PreviewRow(
            line.identifier,
            line.number,
            "",
            name or line.identifier[:40],
            RowState.ERROR,
            problem=Problem(Cause.UNKNOWN, sentence),
        )


def _repeated(
    line: TableRow, numbers: tuple[int, ...], stored: Mapping[str, SheetRow]
) -> PreviewRow:
    row = stored.get(line.identifier)
    sentence = _("El identificador está en las filas %(rows)s. Deje una sola.") % {
        "rows": ", ".join(map(str, numbers))
    }
    return PreviewRow(
        line.identifier,
        line.number,
        row.code if row else "",
        row.name if row else line.identifier[:40],
        RowState.ERROR,
        problem=Problem(Cause.REPEATED, sentence),
    )


class RowReader:
    """One row of the file against the stored one."""

    def __init__(self, line: TableRow, stored: SheetRow, lot: ReportLot) -> None:
        self.line, self.stored, self.lot = line, stored, lot
        self.base = lot.content.base.get(line.identifier, {})
        self.corrected = lot.corrections.get(line.identifier, {})
        self.details = {one.key: one for one in details_of(stored)}
        self.lines = lot.details(line.identifier) if self.details else {}
        own = tuple(key for key in FIELDS if key != VALUE or not stored.is_computed)
        self.fields = (*own, *self.details)

    def read(self) -> PreviewRow:
        """What would become of the row."""
        problems: dict[str, Problem] = {}
        merged: dict[str, Merged] = {}
        for key in self.fields:
            try:
                merged[key] = self._merged(key)
            except CellProblemError as error:
                problems[key] = error.problem
        if problems:
            return self._made(RowState.ERROR, merged, problems)
        return self._judged(merged)

    def _judged(self, merged: Mapping[str, Merged]) -> PreviewRow:
        cell = self.stored.cell
        choice = chosen(self.lot.decisions, self.line.identifier, cell.version)
        if all(one.value == self._current(key) for key, one in merged.items()):
            return self._made(RowState.SAME, {})
        if not self.stored.is_editable:
            return self._made(RowState.ERROR, merged, row_problem=locked(self.stored))
        if choice == "refused":
            sentence = str(self.lot.decisions[self.line.identifier].get("sentence", ""))
            return self._made(RowState.ERROR, merged, row_problem=Problem(Cause.REFUSED, sentence))
        if any(one.is_disputed for one in merged.values()) and choice != "mine":
            state = RowState.SAME if choice == "theirs" else RowState.CONFLICT
            return self._made(state, merged)
        is_product = self.stored.kind is SubjectKind.PRODUCT
        if is_product and VALUE in merged and (merged[VALUE].value or 0) < 0:
            problem = Problem(Cause.RANGE, _("Lo ejecutado de un producto no puede ser negativo."))
            return self._made(RowState.ERROR, merged, {VALUE: problem})
        return self._made(RowState.CHANGE, merged)

    def _cell(self, key: str) -> ReadCell | None:
        if key in self.corrected:
            return ReadCell(CellKind.TEXT, self.corrected[key])
        if key in self.details:
            return self.lines[key].cells.get(VALUE) if key in self.lines else None
        return self.line.cells.get(key)

    def _current(self, key: str) -> Any:
        if key in self.details:
            return self.details[key].amount
        cell = self.stored.cell
        return {VALUE: cell.value, CATEGORY: cell.cause_category, CAUSE: cell.cause}[key]

    def _merged(self, key: str) -> Merged:
        cell = self._cell(key)
        reader = READERS.get(key, number_of)
        typed = reader(cell) if cell else None
        base = self._base(key)
        said: Any = base
        if reader is number_of:
            said = Decimal(base) if base else None
        return merge(None if typed == "" else typed, said, self._current(key))

    def _base(self, key: str) -> str:
        """What the cell said when the workbook was downloaded."""
        if key in self.details:
            return self.lot.content.base.get(f"{self.line.identifier}:{key}", {}).get(VALUE, "")
        return self.base.get(key, "")

    def _made(
        self,
        state: RowState,
        merged: Mapping[str, Merged],
        problems: Mapping[str, Problem] | None = None,
        row_problem: Problem | None = None,
    ) -> PreviewRow:
        stored, cell = self.stored, self.stored.cell
        is_change = state is RowState.CHANGE
        return PreviewRow(
            identifier=self.line.identifier,
            number=self.line.number,
            code=stored.code,
            name=stored.name,
            state=state,
            cells=tuple(self._cells(merged, problems or {})),
            problem=row_problem,
            dispute=Dispute(cell.reported_by, cell.reported_at, cell.version)
            if state is RowState.CONFLICT
            else None,
            change=self._change(merged) if is_change else None,
        )

    def _address(self, key: str) -> str:
        letters = self.lot.content.table.letters
        if key in self.details:
            line = self.lines.get(key, self.line)
            return f"{letters.get(VALUE, '')}{line.number}"
        return f"{letters.get(key, '')}{self.line.number}"

    def _change(self, merged: Mapping[str, Merged]) -> ReportChange:
        written = [
            (one, merged[key].value)
            for key, one in self.details.items()
            if merged[key].value != one.amount
        ]
        return ReportChange(
            self.stored,
            merged[VALUE].value if VALUE in merged else self.stored.cell.value,
            merged[CATEGORY].value,
            merged[CAUSE].value,
            variables={one.id: amount for one, amount in written if one.is_variable},
            parts={one.id: amount for one, amount in written if not one.is_variable},
        )

    def _cells(
        self, merged: Mapping[str, Merged], problems: Mapping[str, Problem]
    ) -> Iterator[PreviewCell]:
        headers = {column.key: column.header for column in report_columns()}
        headers |= {key: one.label for key, one in self.details.items()}
        for key in self.fields:
            is_changed = key in merged and merged[key].value != self._current(key)
            if not is_changed and key not in problems:
                continue
            raw = self._cell(key)
            yield PreviewCell(
                key=key,
                header=headers[key],
                address=self._address(key),
                before=said(key, self._current(key)),
                after=said(key, merged[key].value) if key in merged else "",
                typed=shown(raw) if raw else "",
                problem=problems.get(key),
                options=tuple((str(code), str(label)) for code, label in CauseCategory.choices)
                if key == CATEGORY
                else (),
                is_long=key == CAUSE,
            )


def said(key: str, value: Any) -> str:
    """A field as people read it; empty when nothing is written."""
    if key not in (CATEGORY, CAUSE):
        return "" if value is None else format_number(value, places(value))
    if key == CATEGORY:
        return str(dict(CauseCategory.choices).get(value, value))
    return str(value)


def places(value: Decimal) -> int | None:
    """The decimals the number has, so that nothing is rounded where two values are compared."""
    _whole, point, decimals = plain_number(value).partition(".")
    return len(decimals) if point else 0


def cause_text(cell: ReadCell) -> str:
    """The sentence of a cause. Raises CellProblemError when it is too long."""
    text = text_of(cell)
    if len(text) > LONGEST_CAUSE:
        raise refused(Cause.TOO_LONG, _("Resuma la causa en 500 caracteres."))
    return text


def category_code(cell: ReadCell) -> str:
    """The code of the kind of cause. Raises CellProblemError."""
    return option_of(cell, [(str(code), str(label)) for code, label in CauseCategory.choices])


READERS: Mapping[str, Callable[[ReadCell], Any]] = {
    VALUE: number_of,
    CATEGORY: category_code,
    CAUSE: cause_text,
}


def locked(row: SheetRow) -> Problem:
    """Why a row takes no more values."""
    if row.cell.state == "validated":
        sentence = _("DIGER ya validó este dato. Sólo puede cambiarlo si DIGER se lo devuelve.")
    else:
        sentence = _("Este dato ya se envió y DIGER lo está revisando: no se puede cambiar ahora.")
    return Problem(Cause.LOCKED, sentence)
