"""What a workbook of the matrix would change: each of its rows against the goal as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.imports.workbooks.matrix_out import (
    OF_NEW_ROWS,
    SERVES,
    WEIGHTS,
    MatrixLists,
    canonical,
    digest,
    stored,
)
from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.imports.workbooks.preview import (
    Dispute,
    Merged,
    Preview,
    PreviewCell,
    PreviewRow,
    RowState,
    chosen,
    compared,
)
from sigpret.apps.imports.workbooks.problems import Cause, CellProblemError, Problem
from sigpret.apps.imports.workbooks.typed import number_of, option_of, refused, shown, text_of
from sigpret.apps.results.queries import LastWriters, MatrixRow
from sigpret.intake.workbooks.cells import CellKind, ReadCell
from sigpret.intake.workbooks.table import TableRow
from sigpret.web.formats import format_number

NEW = "nueva-"
LONG = frozenset({"text", "definition", "assumption", "source", "means_of_verification"})
NUMBERS = frozenset({"baseline"})
YEARS = frozenset({"baseline_year"})
FIRST_YEAR, LAST_YEAR = 1990, 2100
REQUIRED = ("code", "text", SERVES)
REQUIRED_WITH_INDICATOR = ("unit", "sense", "accumulation", "across_years")


@dataclass(frozen=True, slots=True)
class GoalChange:
    """What to write of a goal: `values` by key of the columns that differ; `row` is None for one
    that is new, and then `values` has everything."""

    row: MatrixRow | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MatrixLot:
    """A lot beside the matrix as it stands now.

    `rows` by code; `writable` are the codes the person may write, `headers` the columns of the
    file. `is_closed` says whether the quarter of a period closed; `institution_of` finds, for a
    new goal, the institution of a cell (empty: the person's own) or None. `writers` reads who wrote
    each goal last, and only when two people wrote the same.
    """

    rows: Mapping[str, MatrixRow]
    writable: frozenset[str]
    headers: Mapping[str, str]
    lists: MatrixLists
    content: LotContent
    corrections: Mapping[str, Mapping[str, str]]
    decisions: Mapping[str, Mapping[str, Any]]
    is_closed: Callable[[str], bool]
    institution_of: Callable[[str], int | None]
    writers: Callable[[], LastWriters]
    parents: Mapping[str, MatrixRow] = field(default_factory=dict)

    def preview(self) -> Preview:
        """Every row that differs or is new, with what keeps it from being applied."""
        repeated = self.content.table.repeated
        found = []
        for line in self.content.table.rows:
            if line.identifier in repeated:
                found.append(self._refused_line(line, Cause.REPEATED, repeated[line.identifier]))
            elif line.identifier in self.rows:
                found.append(GoalReader(line, self, self.rows[line.identifier]).read())
            elif line.identifier:
                found.append(self._refused_line(line, Cause.UNKNOWN))
            else:
                found.append(NewGoalReader(line, self).read())
        differing = tuple(row for row in found if row.state is not RowState.SAME)
        return Preview(differing, same=len(found) - len(differing))

    def _refused_line(
        self, line: TableRow, cause: Cause, numbers: tuple[int, ...] = ()
    ) -> PreviewRow:
        if cause is Cause.REPEATED:
            sentence = _("El identificador está en las filas %(rows)s. Deje una sola.") % {
                "rows": ", ".join(map(str, numbers))
            }
        else:
            sentence = _("No hay una meta «%(code)s» entre las que usted ve.") % {
                "code": line.identifier[:40]
            }
        return PreviewRow(
            line.identifier,
            line.number,
            line.identifier[:40],
            "",
            RowState.ERROR,
            problem=Problem(cause, sentence),
        )


class LineReader:
    """What the reader of a goal there is and of a new one share: cells, corrections, addresses."""

    def __init__(self, line: TableRow, lot: MatrixLot) -> None:
        self.line, self.lot = line, lot
        self.identifier = line.identifier or f"{NEW}{line.number}"
        self.corrected = lot.corrections.get(self.identifier, {})

    def cell(self, key: str) -> ReadCell | None:
        if key in self.corrected:
            return ReadCell(CellKind.TEXT, self.corrected[key])
        return self.line.cells.get(key)

    def value(self, key: str) -> Any:
        """What the cell says, None when blank. Raises CellProblemError."""
        cell = self.cell(key)
        if cell is None:
            return None
        if ":" in key or key in NUMBERS:
            return number_of(cell)
        if key in YEARS:
            return year_of(cell)
        if key == WEIGHTS:
            return weights_of(cell)
        if options := self.lot.lists.options(key):
            code = option_of(cell, options)
            return (code == "1") if key == "is_prioritised" and code else code or None
        return canonical(text_of(cell)) or None

    def shown_cell(self, key: str, before: Any, after: Any, problem: Problem | None) -> PreviewCell:
        raw = self.cell(key)
        return PreviewCell(
            key=key,
            header=self.lot.headers.get(key, key),
            address=f"{self.lot.content.table.letters.get(key, '')}{self.line.number}",
            before=self.words(key, before),
            after=self.words(key, after),
            typed=shown(raw) if raw else "",
            problem=problem,
            options=self.lot.lists.options(key) if problem else (),
            is_long=key in LONG,
        )

    def words(self, key: str, value: Any) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if options := self.lot.lists.options(key):
            return dict(options).get(canonical(value), str(value))
        if key in YEARS or isinstance(value, str):
            return str(value)
        if isinstance(value, tuple):
            return "; ".join(self.words("", one) for one in value)
        _whole, _point, decimals = plain_number(value).partition(".")
        return format_number(value, len(decimals))


class GoalReader(LineReader):
    """A row of the file against the goal it names."""

    def __init__(self, line: TableRow, lot: MatrixLot, row: MatrixRow) -> None:
        super().__init__(line, lot)
        self.row = row
        self.base = lot.content.base.get(line.identifier, {})

    def read(self) -> PreviewRow:
        """What would become of the goal."""
        keys = (key for key in self.lot.content.table.letters if key not in OF_NEW_ROWS)
        changed, problems = compared(keys, self.merged, self.is_stored)
        if not changed and not problems:
            return self.made(RowState.SAME, changed, problems)
        return self.judged(changed, problems | dict(self.cell_problems(changed)))

    def judged(self, changed: Mapping[str, Merged], problems: Mapping[str, Problem]) -> PreviewRow:
        if self.row.code not in self.lot.writable:
            sentence = _("Usted no escribe esta meta: la escribe su institución o DIGER.")
            return self.made(RowState.ERROR, changed, {}, Problem(Cause.FORBIDDEN, sentence))
        if problems:
            return self.made(RowState.ERROR, changed, problems)
        choice = chosen(self.lot.decisions, self.identifier, self.row.written)
        if choice == "refused":
            sentence = str(self.lot.decisions[self.identifier].get("sentence", ""))
            return self.made(RowState.ERROR, changed, {}, Problem(Cause.REFUSED, sentence))
        if any(one.is_disputed for one in changed.values()) and choice != "mine":
            state = RowState.SAME if choice == "theirs" else RowState.CONFLICT
            return self.made(state, changed, {})
        return self.made(RowState.CHANGE, changed, {})

    def is_stored(self, key: str, value: Any) -> bool:
        return canonical(value) == canonical(stored(self.row, key))

    def merged(self, key: str) -> Merged:
        current, typed = stored(self.row, key), self.value(key)
        said = canonical(typed)
        if typed is None or said == canonical(current) or digest(typed) == self.base.get(key):
            return Merged(current)
        return Merged(typed, is_disputed=digest(current) != self.base.get(key))

    def cell_problems(self, changed: Mapping[str, Merged]) -> Iterator[tuple[str, Problem]]:
        for key, one in changed.items():
            _name, colon, period = key.partition(":")
            if colon and self.lot.is_closed(period):
                sentence = _("Ese periodo ya cerró: lo programado cambia sólo con una solicitud.")
                yield key, Problem(Cause.LOCKED, sentence)
            if key == WEIGHTS and len(one.value) != len(self.row.serves):
                sentence = _("Escriba un peso por cada meta de «Contribuye a»: son %(n)d.")
                yield key, Problem(Cause.RANGE, sentence % {"n": len(self.row.serves)})

    def made(
        self,
        state: RowState,
        changed: Mapping[str, Merged],
        problems: Mapping[str, Problem],
        row_problem: Problem | None = None,
    ) -> PreviewRow:
        keys = [key for key in self.lot.headers if key in changed or key in problems]
        return PreviewRow(
            identifier=self.identifier,
            number=self.line.number,
            code=self.row.code,
            name=self.row.text,
            state=state,
            cells=tuple(
                self.shown_cell(
                    key,
                    stored(self.row, key),
                    changed[key].value if key in changed else None,
                    problems.get(key),
                )
                for key in keys
            ),
            problem=row_problem,
            dispute=self.dispute(changed) if state is RowState.CONFLICT else None,
            change=GoalChange(self.row, {key: one.value for key, one in changed.items()})
            if state is RowState.CHANGE
            else None,
        )

    def dispute(self, changed: Mapping[str, Merged]) -> Dispute:
        """Who wrote something else in the same cells."""
        disputed = [key for key, one in changed.items() if one.is_disputed]
        by, at = self.lot.writers().of(self.row, disputed) or ("", None)
        return Dispute(by, at, self.row.written)


class NewGoalReader(LineReader):
    """A row without identifier: an institutional goal somebody proposes."""

    def read(self) -> PreviewRow:
        """The new goal, or what it still lacks."""
        values: dict[str, Any] = {}
        problems: dict[str, Problem] = {}
        for key in self.lot.headers:
            try:
                value = self.value(key)
            except CellProblemError as error:
                problems[key] = error.problem
                continue
            if value is not None:
                values[key] = value
        problems |= {key: one for key, one in self.lacking(values) if key not in problems}
        if chosen(self.lot.decisions, self.identifier, 0) == "refused":
            sentence = str(self.lot.decisions[self.identifier].get("sentence", ""))
            return self.made(values, {}, Problem(Cause.REFUSED, sentence))
        return self.made(values, problems)

    def lacking(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Problem]]:
        asked = REQUIRED + (REQUIRED_WITH_INDICATOR if values.get("indicator") else ())
        for key in asked:
            if not values.get(key):
                sentence = _("Falta «%(column)s» de la meta nueva.")
                yield (
                    key,
                    Problem(Cause.REFUSED, sentence % {"column": self.lot.headers.get(key, key)}),
                )
        code = str(values.get("code", "")).upper()
        if code in self.lot.rows:
            yield (
                "code",
                Problem(Cause.REPEATED, _("Ya hay una meta con ese código. Escriba en su fila.")),
            )
        for parent in parents_of(values):
            if parent not in self.lot.parents:
                sentence = _("No hay una meta sectorial con el código «%(code)s».")
                yield SERVES, Problem(Cause.UNKNOWN, sentence % {"code": parent[:30]})
        if self.lot.institution_of(str(values.get("institution", ""))) is None:
            yield (
                "institution",
                Problem(
                    Cause.FORBIDDEN,
                    _("Escriba el código de la institución que responde por la meta."),
                ),
            )
        weights = values.get(WEIGHTS)
        if weights and len(weights) != len(parents_of(values)):
            yield (
                WEIGHTS,
                Problem(Cause.RANGE, _("Escriba un peso por cada meta a que contribuye.")),
            )

    def made(
        self,
        values: Mapping[str, Any],
        problems: Mapping[str, Problem],
        row_problem: Problem | None = None,
    ) -> PreviewRow:
        is_wrong = bool(problems or row_problem)
        return PreviewRow(
            identifier=self.identifier,
            number=self.line.number,
            code=str(values.get("code", "")),
            name=_("Meta nueva: %(text)s") % {"text": values.get("text", "")},
            state=RowState.ERROR if is_wrong else RowState.CHANGE,
            cells=tuple(
                self.shown_cell(key, None, values.get(key), problems.get(key))
                for key in self.lot.headers
                if key in values or key in problems
            ),
            problem=row_problem,
            change=None if is_wrong else GoalChange(None, values),
        )


def parents_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes a new row says it contributes to."""
    return tuple(
        code.strip().upper() for code in str(values.get(SERVES, "")).split(";") if code.strip()
    )


def year_of(cell: ReadCell) -> int | None:
    """A year with four digits. Raises CellProblemError."""
    number = number_of(cell)
    if number is None:
        return None
    if number != int(number) or not FIRST_YEAR <= number <= LAST_YEAR:
        raise refused(Cause.RANGE, _("Escriba el año con cuatro cifras, por ejemplo 2024."))
    return int(number)


def weights_of(cell: ReadCell) -> tuple[Decimal, ...] | None:
    """One number per link, separated by semicolons. Raises CellProblemError."""
    if cell.kind is not CellKind.TEXT:
        number = number_of(cell)
        return None if number is None else (number,)
    parts = [number_of(ReadCell(CellKind.TEXT, part)) for part in cell.text.split(";")]
    found = tuple(part for part in parts if part is not None)
    if any(part <= 0 for part in found):
        raise refused(Cause.RANGE, _("El peso debe ser mayor que cero."))
    return found or None
