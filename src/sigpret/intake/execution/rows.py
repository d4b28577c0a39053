"""The rows of a file of execution, each either staged or refused with its reason.

A staged line is text for COPY: tabs between columns, `\\N` where there is nothing; `columns_of`
says which. A row without a key whose label says *total* is not staged: it is what
the file says its rows add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sigpret.intake.execution.amounts import (
    COMMA,
    AmountError,
    Written,
    amount,
    amounts_of_rows,
)
from sigpret.intake.execution.columns import AMOUNTS, KEY, PERIOD, REQUIRED_AMOUNTS, SEGMENTS, plain
from sigpret.intake.execution.keys import KeyFormatError, code_of, name_of, segments_of
from sigpret.intake.execution.moments import MomentError, period_of

NOTHING, TAB = "\\N", "\t"
END = f"\t{NOTHING}\t{NOTHING}\n"
LONGEST_CONTENT, LONGEST_REASON = 2000, 300
#: A row with fewer segments than this is a title or a note: it has no key, not a wrong one.
HALF = len(SEGMENTS) // 2
MOST_REMEMBERED = 100_000
CATEGORY = SEGMENTS[4:8]
NAMED = ("source", "body", "object")
LABELS = {
    "approved": "aprobado",
    "modifications": "modificaciones",
    "current": "vigente",
    "committed": "comprometido",
    "accrued": "devengado",
    "paid": "pagado",
    "planned": "cuota",
    "balance": "saldo",
}


@dataclass(frozen=True, slots=True)
class Order:
    """How to read a file and what for. `period` is empty when each row says its own; `institution`
    is empty when the file is of the whole country."""

    import_id: int
    year: int
    period: str
    institution: str
    mark: str
    mapping: Mapping[str, int]
    headers: tuple[str, ...]


def columns_of(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """The columns of a staged line: only the amounts that the file has."""
    amounts_there = (name for name in AMOUNTS if name in mapping)
    return ("import_id", "line_number", "period", "key", *amounts_there, "reason", "content")


class RowError(ValueError):
    """The row is refused; its text is the reason."""


class Remembered(dict[str, Any]):
    """What each text of a column came to: a file repeats a few of them for ever."""

    def __init__(self, work: Any) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, text: str) -> Any:
        value = self.work(text)
        if len(self) < MOST_REMEMBERED:
            self[text] = value
        return value


@dataclass(slots=True)
class Summary:
    """What was found besides the lines. `totals`: the amounts of the last row of totals, by field,
    and its line; `names`: what the file calls each code."""

    rows: int = 0
    refused: int = 0
    skipped: int = 0
    totals: dict[str, str] = field(default_factory=dict)
    totals_line: int = 0
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "refused": self.refused,
            "skipped": self.skipped,
            "totals": self.totals,
            "totals_line": self.totals_line,
            "names": self.names,
        }


class RowReader:
    """Reads rows one by one; nothing of a row stays, except names and totals."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.summary = Summary()
        self.start = f"{order.import_id}\t"
        self.headers = [plain(header) for header in order.headers]
        places = order.mapping
        self.key_place = places.get(KEY)
        self.segment_places = [places[one] for one in SEGMENTS if one in places]
        self.amount_fields = [one for one in AMOUNTS if one in places]
        self.amount_places = [places[one] for one in self.amount_fields]
        self.cells_of_money = itemgetter(*self.amount_places)
        self.required = [self.amount_fields.index(one) for one in REQUIRED_AMOUNTS]
        self.period_place = places.get(PERIOD) if not order.period else None
        self.width = max([*places.values(), 0]) + 1
        self.codes: dict[str, str] = Remembered(code_of)
        self.periods: dict[str, str] = Remembered(lambda text: period_of(text, order.year))
        self.category_names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def lines(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
        """The COPY line of each row that is a line of the budget, or pretends to be one."""
        for number, row in rows:
            if len(row) < self.width:
                row = row + [""] * (self.width - len(row))
            staged = self.line(number, row)
            if staged:
                yield staged

    def line(self, number: int, row: list[str]) -> str:
        """Empty for a row that is no line: blank, a repeated header, a total."""
        try:
            key = self.key_of(row)
        except (KeyFormatError, RowError) as problem:
            return self.without_key(number, row, str(problem))
        self.summary.rows += 1
        try:
            self.check_key(key)
            period = self.order.period or self.periods[row[self.period_place or 0]]
            found = self.amounts_of(row)
        except (RowError, MomentError) as problem:
            return self.refusal(number, row, str(problem), "-".join(key))
        return f"{self.start}{number}\t{period}\t{'-'.join(key)}\t{found}{END}"

    def key_of(self, row: Sequence[str]) -> list[str]:
        """The twelve segments. Raises RowError of a row without any."""
        if self.key_place is not None:
            if not row[self.key_place].strip():
                raise RowError("no trae la clave presupuestaria")
            key = segments_of(row[self.key_place])
        else:
            codes = self.codes
            try:
                key = [codes[row[place]] for place in self.segment_places]
            except KeyFormatError:
                if sum(bool(row[place].strip()) for place in self.segment_places) < HALF:
                    raise RowError("no trae la clave presupuestaria") from None
                raise
        if len(self.segment_places) == len(SEGMENTS):
            self.remember(key, row)
        return key

    def check_key(self, key: Sequence[str]) -> None:
        """Whose line it is and of which year. Raises RowError."""
        if key[0] != str(self.order.year):
            raise RowError(f"es del ejercicio {key[0]} y aquí se importa el {self.order.year}")
        if self.order.institution and key[1] != self.order.institution:
            raise RowError(
                f"es de la institución {key[1]} y aquí se importa la {self.order.institution}"
            )

    def amounts_of(self, row: Sequence[str]) -> str:
        """Every amount in order between tabs, `\\N` in an empty cell. Raises RowError."""
        cells = self.cells_of_money(row)
        # Together, a spreadsheet's number would be read as text: `12.345` with commas is 12345.
        if self.order.mark == COMMA and any(isinstance(cell, Written) for cell in cells):
            return self.amounts_one_by_one(cells)
        together = amounts_of_rows([cells], self.order.mark)
        return together[0] if together else self.amounts_one_by_one(cells)

    def amounts_one_by_one(self, cells: Sequence[str]) -> str:
        """As they come: from a spreadsheet, with currency, in parentheses, missing."""
        found = []
        for name, cell in zip(self.amount_fields, cells, strict=True):
            try:
                found.append(amount(cell, self.order.mark) or NOTHING)
            except AmountError as problem:
                raise RowError(f"{LABELS[name]}: {problem}") from None
        for place, name in zip(self.required, REQUIRED_AMOUNTS, strict=True):
            if found[place] is NOTHING:
                raise RowError(f"no trae lo {LABELS[name]}")
        return TAB.join(found)

    def remember(self, key: Sequence[str], row: Sequence[str]) -> None:
        """How the file calls the category and the classifiers of a key."""
        path = (key[1], *key[4:8], *key[8:11])
        if path not in self.category_names and len(self.category_names) < MOST_REMEMBERED:
            places = self.segment_places
            self.category_names[path] = tuple(row[place] for place in places[4:11])

    def without_key(self, number: int, row: Sequence[str], reason: str) -> str:
        """A total is noted, a blank or a repeated header forgotten, anything else refused."""
        filled = [cell for cell in row if cell.strip()]
        if not filled or [plain(cell) for cell in row[: len(self.headers)]] == self.headers:
            return ""
        label = next((plain(cell) for cell in filled if plain(cell)), "")
        if label.startswith(("total", "subtotal", "gran total")):
            self.note_total(number, row, label)
            return ""
        self.summary.rows += 1
        return self.refusal(number, row, reason, "")

    def note_total(self, number: int, row: Sequence[str], label: str) -> None:
        self.summary.skipped += 1
        if label not in {"total", "totales", "total general", "gran total", "total institucion"}:
            return
        totals = {}
        for name, place in zip(self.amount_fields, self.amount_places, strict=True):
            try:
                if text := amount(row[place], self.order.mark):
                    totals[name] = text
            except AmountError:
                continue
        if totals:
            self.summary.totals, self.summary.totals_line = totals, number

    def refusal(self, number: int, row: Sequence[str], reason: str, key: str) -> str:
        """A refused row is staged too, with all that it said, so that it can be shown."""
        self.summary.refused += 1
        content = " | ".join(cell for cell in row)[:LONGEST_CONTENT]
        blank = TAB.join([NOTHING] * len(self.amount_fields))
        return (
            f"{self.order.import_id}\t{number}\t{self.order.period}\t{escaped(key[:120])}\t{blank}\t"
            f"{escaped(reason[:LONGEST_REASON])}\t{escaped(content)}\n"
        )

    def finished(self) -> Summary:
        """The summary, with the names by code: categories by institution and path."""
        names: dict[str, dict[str, str]] = {"category": {}, **{one: {} for one in NAMED}}
        for path, cells in self.category_names.items():
            for depth, cell in enumerate(cells[:4], 2):
                if name := name_of(cell):
                    names["category"].setdefault("-".join(path[:depth]), name)
            for which, code, cell in zip(NAMED, path[5:], cells[4:], strict=True):
                if name := name_of(cell):
                    names[which].setdefault(code, name)
        self.summary.names = names
        return self.summary


def escaped(text: str) -> str:
    """As COPY wants it, on one line."""
    flat = " ".join(text.replace("\x00", "").replace("\\", "\\\\").split())
    return flat.encode("utf-8", "replace").decode()
