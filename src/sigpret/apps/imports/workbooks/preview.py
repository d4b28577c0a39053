"""What a lot would change, row by row and cell by cell: nothing here is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sigpret.apps.imports.workbooks.problems import LABELS, Cause, CellProblemError, Problem

PLACES_SHOWN = 6


class RowState(StrEnum):
    """What would become of a row. SAME needs nothing; only CHANGE is applied."""

    SAME = "same"
    CHANGE = "change"
    CONFLICT = "conflict"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell that differs or cannot be read. `before` is what is stored now, `after` what would
    be, `typed` what stands in the file or was corrected here; all as people read them."""

    key: str
    header: str
    address: str
    before: str
    after: str
    typed: str
    problem: Problem | None = None
    #: (value, label) of what can be chosen instead of typed.
    options: tuple[tuple[str, str], ...] = ()
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody changed the row since the workbook was downloaded. `version` is that of now."""

    by: str
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row that differs. `change` is what its own kind of lot would write."""

    identifier: str
    number: int
    code: str
    name: str
    state: RowState
    cells: tuple[PreviewCell, ...] = ()
    problem: Problem | None = None
    dispute: Dispute | None = None
    change: Any = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        own = (self.problem,) if self.problem else ()
        return own + tuple(cell.problem for cell in self.cells if cell.problem)

    @property
    def dom_id(self) -> str:
        return f"fila-{self.number}"


@dataclass(frozen=True, slots=True)
class CauseLine:
    """How many, of what, and in which rows of the file; `row` is the first one."""

    count: int
    label: str
    where: str
    row: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything a lot would do. `same` counts the rows that say what is stored; `absent` those
    stored that the file does not have, which stay as they are."""

    rows: tuple[PreviewRow, ...]
    same: int
    absent: int = 0
    notices: tuple[str, ...] = field(default=())

    def in_state(self, state: RowState) -> tuple[PreviewRow, ...]:
        """The rows in a state, in the order of the file."""
        return tuple(row for row in self.rows if row.state is state)

    @property
    def changes(self) -> tuple[PreviewRow, ...]:
        return self.in_state(RowState.CHANGE)

    @property
    def pending(self) -> tuple[PreviewRow, ...]:
        """The rows somebody must look at before they can be applied."""
        return tuple(row for row in self.rows if row.state in {RowState.ERROR, RowState.CONFLICT})

    @property
    def is_unchanged(self) -> bool:
        return not self.rows

    @property
    def causes(self) -> tuple[CauseLine, ...]:
        """What keeps rows from being applied, the most frequent first."""
        found = [(problem.cause, row) for row in self.rows for problem in row.problems]
        found += [(Cause.CONFLICT, row) for row in self.in_state(RowState.CONFLICT)]
        counts = Counter(cause for cause, _row in found)
        return tuple(
            CauseLine(count, str(LABELS[cause] % {"n": count}), *places(found, cause))
            for cause, count in counts.most_common()
        )


def places(found: list[tuple[Cause, PreviewRow]], wanted: Cause) -> tuple[str, str]:
    """The rows of a cause as `filas 7, 9…`, and the identity of the first on the page."""
    rows = [row for cause, row in found if cause is wanted]
    numbers = sorted({row.number for row in rows})
    text = ", ".join(map(str, numbers[:PLACES_SHOWN]))
    return text + ("…" if len(numbers) > PLACES_SHOWN else ""), rows[0].dom_id


@dataclass(frozen=True, slots=True)
class Merged:
    """What a field would say, and whether somebody else had already said something else."""

    value: Any
    is_disputed: bool = False


def merge(typed: Any, base: Any, current: Any) -> Merged:
    """Three ways: what is in the file, what it said when downloaded, what is stored now.

    A cell nobody touched keeps what is stored now; a touched one wins unless the stored value
    changed too. A blank cell (None) never erases.
    """
    if typed is None or typed in (base, current):
        return Merged(current)
    return Merged(typed, is_disputed=current != base)


def compared(
    keys: Iterable[str], merged: Callable[[str], Merged], is_stored: Callable[[str, Any], bool]
) -> tuple[dict[str, Merged], dict[str, Problem]]:
    """Of a row, the cells that would say something else and those that cannot be read, by column.

    `merged` says what a column would become, or raises CellProblemError; `is_stored` whether that
    is what it says already.
    """
    changed: dict[str, Merged] = {}
    problems: dict[str, Problem] = {}
    for key in keys:
        try:
            one = merged(key)
        except CellProblemError as error:
            problems[key] = error.problem
            continue
        if not is_stored(key, one.value):
            changed[key] = one
    return changed, problems


def chosen(decisions: Mapping[str, Mapping[str, Any]], identifier: str, version: int) -> str:
    """What was decided of a dispute, while the stored row is still the one that was seen."""
    decision = decisions.get(identifier, {})
    return str(decision.get("choice", "")) if decision.get("version") == version else ""
