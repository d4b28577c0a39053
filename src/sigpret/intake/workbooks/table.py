"""The one table of a workbook that came back: found by its header, matched by identifier.

Order means nothing: neither of rows, nor of columns, nor of sheets. A column nobody asked for is
ignored; one that is missing or stands twice is named.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sigpret.intake.readers.problems import RefusalError
from sigpret.intake.rows import error
from sigpret.intake.workbooks.cells import (
    CellKind,
    ReadCell,
    ReadRow,
    ReadSheet,
    Sheets,
    column_letters,
)

HEADER_WITHIN = 40
ROW_FACT = "row "


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What to look for: the header of the identifiers, the columns people write in (key to
    header), and the hidden sheet that says whose workbook it is. A column of `optional` (its
    key) may be missing."""

    identifier: str
    columns: Mapping[str, str]
    identity_sheet: str
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkbookIdentity:
    """What the hidden sheet says. `base` is what each row said when it was downloaded.

    It comes from the file: good to compare with, never to be believed about a permission.
    """

    kind: str
    scope: str
    period: str
    version: str
    base: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its identifier (empty: somebody added it); cells by the key of their column."""

    number: int
    identifier: str
    cells: Mapping[str, ReadCell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the sheet people filled in; `letters` says the column of each key."""

    sheet: str
    letters: Mapping[str, str]
    rows: tuple[TableRow, ...]

    @property
    def repeated(self) -> Mapping[str, tuple[int, ...]]:
        """Identifiers that stand in more than one row, with the numbers of their rows."""
        counts = Counter(row.identifier for row in self.rows if row.identifier)
        return {
            name: tuple(row.number for row in self.rows if row.identifier == name)
            for name, count in counts.items()
            if count > 1
        }


def read_identity(sheets: Sheets, spec: TableSpec) -> WorkbookIdentity:
    """Whose workbook it is. Raises RefusalError when it carries no identity of ours."""
    hidden = [sheet for sheet in sheets if sheet.name == spec.identity_sheet]
    facts = {
        row.cells[1].text: row.cells[2].text
        for sheet in hidden
        for row in sheet.rows
        if {1, 2} <= row.cells.keys()
    }
    if "kind" not in facts:
        raise _refusal(
            "no_identity",
            "El libro no es de los que se descargan de aquí, o perdió su hoja de identificación. "
            "Descargue la hoja, copie en ella sus valores y súbala.",
        )
    return WorkbookIdentity(
        kind=facts["kind"],
        scope=facts.get("scope", ""),
        period=facts.get("period", ""),
        version=facts.get("version", ""),
        base=dict(_base(facts)),
    )


def _base(facts: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, text in facts.items():
        if not name.startswith(ROW_FACT):
            continue
        try:
            told = json.loads(text)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield name.removeprefix(ROW_FACT), {str(key): str(told[key]) for key in told}


def read_table(sheets: Sheets, spec: TableSpec) -> Table:
    """The table people filled in. Raises RefusalError naming the sheet or column that is wrong."""
    found = [
        (sheet, header)
        for sheet in sheets
        if not sheet.is_hidden and (header := _header_of(sheet, spec)) is not None
    ]
    if not found:
        raise _refusal(
            "no_header",
            f"Ninguna hoja tiene la columna «{spec.identifier}». Descargue la hoja otra vez y "
            "copie en ella sus valores, sin borrar el encabezado.",
        )
    filled = [(sheet, header) for sheet, header in found if not _missing(header, spec)]
    if len(filled) > 1:
        names = " y ".join(f"«{sheet.name}»" for sheet, _ in filled)
        raise _refusal(
            "sheets_alike",
            f"Hay más de una hoja con las mismas columnas: {names}. Deje una sola.",
        )
    if not filled:
        raise _incomplete(*max(found, key=lambda pair: _known(pair[1], spec)), spec)
    return _table(*filled[0], spec)


def _header_of(sheet: ReadSheet, spec: TableSpec) -> ReadRow | None:
    wanted = folded(spec.identifier)
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            return None
        if any(folded(cell.text) == wanted for cell in row.cells.values()):
            return row
    return None


def _places(header: ReadRow) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, cell in header.cells.items():
        if cell.kind is CellKind.TEXT:
            places.setdefault(folded(cell.text), []).append(place)
    return places


def _missing(header: ReadRow, spec: TableSpec) -> list[str]:
    present = _places(header)
    return [
        name
        for key, name in spec.columns.items()
        if key not in spec.optional and folded(name) not in present
    ]


def _known(header: ReadRow, spec: TableSpec) -> int:
    return len(spec.columns) - len(_missing(header, spec))


def _incomplete(sheet: ReadSheet, header: ReadRow, spec: TableSpec) -> RefusalError:
    """Every missing column by its name, with the one that probably took its place."""
    present = {folded(cell.text): cell.text for cell in header.cells.values()}
    sentences = []
    for name in _missing(header, spec):
        near = get_close_matches(folded(name), list(present), n=1, cutoff=0.7)
        sentence = f"Falta la columna «{name}» en la hoja «{sheet.name}»."
        if near:
            sentence += f" ¿Es «{present[near[0]]}»? Póngale otra vez su nombre."
        sentences.append(sentence)
    return _refusal("missing_column", " ".join(sentences))


def _table(sheet: ReadSheet, header: ReadRow, spec: TableSpec) -> Table:
    places = _places(header)
    wanted = {"": spec.identifier, **spec.columns}
    for name in wanted.values():
        if len(places.get(folded(name), ())) > 1:
            letters = " y ".join(column_letters(place) for place in places[folded(name)])
            raise _refusal(
                "repeated_column",
                f"La columna «{name}» está dos veces ({letters}). Deje una sola.",
            )
    by_key = {
        key: places[folded(name)][0] for key, name in wanted.items() if folded(name) in places
    }
    identifier = by_key.pop("")
    rows = (_row(row, identifier, by_key) for row in sheet.rows if row.number > header.number)
    return Table(
        sheet=sheet.name,
        letters={key: column_letters(place) for key, place in by_key.items()},
        rows=tuple(row for row in rows if row.identifier or row.cells),
    )


def _row(row: ReadRow, identifier: int, by_key: Mapping[str, int]) -> TableRow:
    named = row.cells.get(identifier)
    cells = {key: row.cells[place] for key, place in by_key.items() if place in row.cells}
    return TableRow(row.number, named.text.strip() if named else "", cells)


def folded(text: str) -> str:
    """A header as it is compared: no accents, capitals, doubled spaces or final marks."""
    bare = "".join(
        mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark)
    )
    return re.sub(r"\s+", " ", bare).casefold().strip(" .:*")


def _refusal(rule: str, message: str) -> RefusalError:
    return RefusalError(error(f"workbook_{rule}", None, message))
