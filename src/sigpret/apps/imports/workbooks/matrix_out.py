"""The results matrix as a workbook, in the official column order, with the white cells to edit."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.imports.workbooks.report_out import RowMark
from sigpret.apps.results.models import Goal, Indicator
from sigpret.apps.results.queries import (
    MATRIX_COLUMNS,
    MatrixColumn,
    MatrixRow,
    programmed_periods,
)
from sigpret.documents.workbook import (
    IDENTIFIER_HEADER,
    IDENTITY_SHEET,
    Column,
    Identity,
    Kind,
    Mark,
    Row,
    Value,
    Workbook,
)
from sigpret.intake.workbooks.table import TableSpec
from sigpret.web.dates import clock_time, date_words, period_short
from sigpret.web.formats import format_number

MATRIX = "matrix"
SERVES, WEIGHTS = "serves", "weights"
NEW_ROWS = 20
YES, NO = "Sí", "No"
#: Read of a row without identifier: a goal somebody proposes.
OF_NEW_ROWS = ("code", "institution", SERVES)
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixLists:
    """What the cells with a list offer; periodicities by name."""

    periodicities: tuple[str, ...]

    def options(self, name: str) -> Options:
        """(stored code, label) of a choice column."""
        choices: dict[str, Any] = {
            "chain_position": Goal.ChainPosition.choices,
            "sense": Indicator.Sense.choices,
            "accumulation": Indicator.Accumulation.choices,
            "across_years": Indicator.AcrossYears.choices,
            "is_prioritised": [("1", YES), ("0", NO)],
            "periodicity": [(name, name) for name in self.periodicities],
        }
        return tuple((str(code), str(label)) for code, label in choices.get(name, ()))


def matrix_columns(rows: Sequence[MatrixRow], lists: MatrixLists) -> tuple[Column, ...]:
    """The official columns, one more per period that is programmed, and those of the links."""
    columns: list[Column] = []
    for column in MATRIX_COLUMNS:
        columns += _expanded(column, rows, lists)
    return (
        *columns,
        Column(SERVES, _("Contribuye a"), width=18),
        Column(
            WEIGHTS,
            _("Peso de cada vínculo"),
            width=14,
            is_open=True,
            help=_("Cuánto pesa entre las que contribuyen a la misma meta. Si contribuye a "
                   "varias, separe los pesos con punto y coma, en su orden: 60; 40."),
        ),
    )  # fmt: skip


def _expanded(
    column: MatrixColumn, rows: Sequence[MatrixRow], lists: MatrixLists
) -> Iterator[Column]:
    label = str(column.label)
    if column.kind == "periods":
        word = _("Meta") if column.name == "multi_year" else _("Programado")
        for period in programmed_periods(rows, column.name):
            header = f"{word} {period_short(period)}".replace("\u00a0", " ")
            yield Column(f"{column.name}:{period}", header, Kind.NUMBER, column.width, is_open=True)
        return
    has_list = bool(lists.options(column.name))
    yield Column(
        column.name,
        label,
        Kind.NUMBER if column.kind in {"number", "year"} else Kind.TEXT,
        column.width,
        is_open=column.is_editable,
        choices=label if has_list and column.is_editable else "",
    )


def matrix_spec(rows: Sequence[MatrixRow], lists: MatrixLists) -> TableSpec:
    """What to look for when it comes back: what is edited, and what a new row needs."""
    columns = {
        column.key: column.header
        for column in matrix_columns(rows, lists)
        if column.is_open or column.key in OF_NEW_ROWS
    }
    # A part of the matrix has fewer periods than the whole.
    periods = frozenset(key for key in columns if ":" in key)
    return TableSpec(IDENTIFIER_HEADER, columns, IDENTITY_SHEET, optional=periods)


def matrix_workbook(
    rows: Sequence[MatrixRow],
    lists: MatrixLists,
    *,
    writable: frozenset[str],
    at: datetime,
    by: str,
    is_demo: bool,
    marks: Mapping[str, RowMark] | None = None,
) -> Workbook:
    """The matrix as it stands at `at`; `writable` are the codes the person may edit."""
    told = marks or {}
    columns = matrix_columns(rows, lists)
    lists_used = {
        column.header: tuple(label for _code, label in lists.options(column.key))
        for column in columns
        if column.choices
    }
    return Workbook(
        identity=Identity(MATRIX, "", ""),
        title=_("Matriz de Consistencia de Resultados"),
        notes=tuple(_notes(len(rows), at, by, is_demo=is_demo)),
        columns=columns,
        rows=tuple(
            _row(row, columns, told.get(row.code, RowMark()), is_writable=row.code in writable)
            for row in rows
        ),
        instructions=instructions(),
        catalogues=lists_used,
        blank_rows=NEW_ROWS if writable else 0,
        has_situation=marks is not None,
    )


def _notes(count: int, at: datetime, by: str, *, is_demo: bool) -> Iterator[str]:
    yield ngettext("%(n)s meta", "%(n)s metas", count) % {"n": format_number(count)}
    yield _("Descargada el %(day)s, %(time)s, por %(who)s.") % {
        "day": date_words(at),
        "time": clock_time(at),
        "who": by,
    }
    if is_demo:
        yield _("Datos ficticios de demostración.")


def _row(row: MatrixRow, columns: Sequence[Column], mark: RowMark, *, is_writable: bool) -> Row:
    values = {column.key: shown(row, column.key) for column in columns}
    base = {column.key: digest(stored(row, column.key)) for column in columns if column.is_open}
    return Row(
        row.code,
        {**values, **(mark.typed or {})},
        is_locked=not is_writable,
        base=mark.base or base,
        marks={key: Mark(text) for key, text in (mark.comments or {}).items()},
        situation=mark.situation,
    )


BY_NAME = {column.name: column for column in MATRIX_COLUMNS}


def shown(row: MatrixRow, key: str) -> Value:
    """What the cell of the workbook holds."""
    if key == SERVES:
        return "; ".join(goal.code for goal in row.serves)
    if key == WEIGHTS:
        weights = [goal.weight for goal in row.serves]
        return weights[0] if len(weights) == 1 else "; ".join(map(plain_number, weights))
    name, colon, period = key.partition(":")
    if colon:
        planned: Decimal | None = getattr(row, name).get(period)
        return planned
    value = BY_NAME[name].cell(row)
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, str | Decimal | int) else None


def stored(row: MatrixRow, key: str) -> Any:
    """What is stored of an editable cell: a code instead of its word, None for nothing."""
    if key == WEIGHTS:
        return tuple(goal.weight for goal in row.serves)
    name, colon, period = key.partition(":")
    return getattr(row, name).get(period) if colon else getattr(row, name)


def canonical(value: Any) -> str:
    """A value as text that is compared: of texts, one form of accents and of line ends."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(canonical, value))
    if isinstance(value, Decimal | int):
        return plain_number(value)
    return unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    """Enough of a fingerprint to know whether a cell was touched."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:12]


def instructions() -> tuple[str, ...]:
    """What people read on the second sheet."""
    return (
        _("Edite sólo las celdas blancas: la meta, la ficha de su indicador, sus metas por "
          "periodo y el peso de sus vínculos. Las grises se leen."),
        _("Las filas grises completas son de otra institución o de otro nivel: las escribe quien "
          "responde por ellas."),
        _("Escriba los números sin unidad: 1200, 1,200 o 12.5. Un porcentaje se escribe 61."),
        _("Una celda vacía no borra nada. Para borrar un texto, hágalo en la ficha."),
        _("El libro cambia el peso de los vínculos que ya existen; no agrega ni quita vínculos de "
          "una meta que está en la matriz: eso se hace en su ficha, en «Vínculos»."),
        _("Para proponer una meta institucional nueva use una fila vacía del final: código, meta, "
          "posición en la cadena y el código de la meta sectorial en «Contribuye a»."),
        _("Si la meta nueva tiene indicador, escriba también unidad, sentido y acumulaciones."),
        _("Puede ordenar, filtrar y agregar columnas suyas: cada fila se busca por su "
          "identificador y cada columna por su encabezado. No los cambie."),
        _("Lo programado en un trimestre cerrado sólo cambia con una solicitud."),
        _("Guarde el libro como .xlsx, sin fórmulas en las celdas blancas y sin macros."),
        _("Al subirlo verá cada cambio, antes y después, y nada se guarda hasta que aplique."),
    )  # fmt: skip
