"""The quarter's report as a workbook: pre-filled, by identifier, with the white cells to fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.monitoring.queries import CauseCategory, ReportSheet, SheetRow
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
from sigpret.web.dates import clock_time, date_words, deadline_words, period_words

REPORT = "report"
CATEGORIES = "Tipos de causa"
VALUE, CATEGORY, CAUSE = "value", "cause_category", "cause"


@dataclass(frozen=True, slots=True)
class NotDue:
    """Something of the institution that is not reported this quarter: only to be seen."""

    key: str
    code: str
    name: str
    unit: str
    periodicity: str


@dataclass(frozen=True, slots=True)
class RowMark:
    """What T5 found of a row: a comment by cell, what was typed in it, and the situation."""

    situation: str = ""
    comments: Mapping[str, str] | None = None
    typed: Mapping[str, Value] | None = None
    base: Mapping[str, str] | None = None


def report_columns() -> tuple[Column, ...]:
    """The columns of the sheet, in order; three of them are written."""
    return (
        Column("code", _("Código"), width=9),
        Column("name", _("Producto o indicador"), width=46),
        Column("unit", _("Unidad"), width=16),
        Column("periodicity", _("Periodicidad"), width=13),
        Column("annual", _("Programado del año"), Kind.NUMBER, width=12),
        Column("planned", _("Programado del trimestre"), Kind.NUMBER, width=12),
        Column("prior", _("Acumulado anterior"), Kind.NUMBER, width=12),
        Column(
            VALUE,
            _("Ejecutado"),
            Kind.NUMBER,
            width=13,
            is_open=True,
            help=_("Lo ejecutado en el trimestre. Sólo el número: 1200, 1,200 o 12.5."),
        ),
        Column(
            CATEGORY,
            _("Tipo de causa"),
            width=26,
            is_open=True,
            choices=CATEGORIES,
            help=_("Obligatoria si el avance queda fuera de 90–120 %."),
        ),
        Column(CAUSE, _("Causa"), width=50, is_open=True),
        Column("observation", _("Observación de DIGER"), width=40),
    )


def report_spec() -> TableSpec:
    """What to look for when it comes back."""
    return TableSpec(
        IDENTIFIER_HEADER,
        {column.key: column.header for column in report_columns() if column.is_open},
        IDENTITY_SHEET,
    )


def report_workbook(
    sheet: ReportSheet,
    not_due: Iterable[NotDue],
    *,
    at: datetime,
    by: str,
    is_demo: bool,
    marks: Mapping[str, RowMark] | None = None,
) -> Workbook:
    """The workbook of a report as it stands at `at`; with `marks`, as T5 gives it back."""
    told = marks or {}
    title = _("Reporte del %(period)s") % {"period": period_words(sheet.period)}
    rows = [*_rows(sheet, told), *(_apart(one) for one in not_due)]
    return Workbook(
        identity=Identity(REPORT, sheet.institution_code, sheet.period.code),
        title=title,
        notes=tuple(_notes(sheet, at, by, is_demo=is_demo)),
        columns=report_columns(),
        rows=tuple(rows),
        instructions=instructions(),
        catalogues={CATEGORIES: tuple(str(label) for _code, label in CauseCategory.choices)},
        has_situation=marks is not None,
    )


def _notes(sheet: ReportSheet, at: datetime, by: str, *, is_demo: bool) -> Iterator[str]:
    yield f"{sheet.institution_code} · {sheet.institution_name}"
    if sheet.round is not None:
        yield _("Se recibe hasta el %(deadline)s.") % {
            "deadline": deadline_words(sheet.round.deadline)
        }
    yield _("Descargada el %(day)s, %(time)s, por %(who)s.") % {
        "day": date_words(at),
        "time": clock_time(at),
        "who": by,
    }
    if is_demo:
        yield _("Datos ficticios de demostración.")


def _rows(sheet: ReportSheet, marks: Mapping[str, RowMark]) -> Iterator[Row]:
    for group in sheet.groups:
        yield Row("", heading=f"{group.number} {group.text}".strip())
        for row in group.rows:
            yield _row(row, marks.get(row.key, RowMark()))
            yield from _detail_rows(row, marks)


def _row(row: SheetRow, mark: RowMark) -> Row:
    labels = {str(code): str(label) for code, label in CauseCategory.choices}
    cell = row.cell
    values = {
        "code": row.code,
        "name": row.name,
        "unit": row.unit,
        "periodicity": row.periodicity,
        "annual": row.annual,
        "planned": row.planned,
        "prior": row.prior,
        VALUE: cell.value,
        CATEGORY: labels.get(cell.cause_category, cell.cause_category),
        CAUSE: cell.cause,
        "observation": cell.observation,
    }
    return Row(
        row.key,
        {**values, **(mark.typed or {})},
        is_locked=not row.is_editable,
        closed=frozenset({VALUE}) if row.is_computed else frozenset(),
        base=mark.base or base_of(row),
        marks={key: Mark(text) for key, text in (mark.comments or {}).items() if key in values},
        situation=mark.situation,
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """A number behind the value of a row: a variable of its formula or a part of a breakdown.

    `key` is `v5` or `p7`; its row is called like its owner's with the key after a colon.
    """

    key: str
    id: int
    label: str
    unit: str
    amount: Decimal | None

    @property
    def is_variable(self) -> bool:
        return self.key.startswith("v")


def details_of(row: SheetRow) -> tuple[Detail, ...]:
    """Every number behind a row, in the order of its sheet."""
    variables = [
        Detail(f"v{one.id}", one.id, one.label, one.unit, one.amount)
        for one in row.details.variables
    ]
    parts = [
        Detail(f"p{part.id}", part.id, f"{split.name}: {part.name}", row.unit, part.amount)
        for split in row.details.breakdowns
        for part in split.parts
    ]
    return (*variables, *parts)


def _detail_rows(row: SheetRow, marks: Mapping[str, RowMark]) -> Iterator[Row]:
    own = marks.get(row.key, RowMark())
    for detail in details_of(row):
        identifier = f"{row.key}:{detail.key}"
        mark = marks.get(identifier, RowMark())
        comment = (own.comments or {}).get(detail.key)
        values = {
            "code": row.code,
            "name": f"   · {detail.label}",
            "unit": detail.unit,
            VALUE: detail.amount,
        }
        yield Row(
            identifier,
            {**values, **(mark.typed or {})},
            is_locked=not row.is_editable,
            closed=frozenset({CATEGORY, CAUSE}),
            base=mark.base or {VALUE: plain_number(detail.amount)},
            marks={VALUE: Mark(comment)} if comment else {},
        )


def base_of(row: SheetRow) -> dict[str, str]:
    """What the row says now, to be recognised when the workbook comes back."""
    return {
        VALUE: plain_number(row.cell.value),
        CATEGORY: row.cell.cause_category,
        CAUSE: row.cell.cause,
        "version": str(row.cell.version),
    }


def _apart(one: NotDue) -> Row:
    values = {
        "code": one.code,
        "name": one.name,
        "unit": one.unit,
        "periodicity": one.periodicity,
    }
    return Row(one.key, values, is_apart=True)


def instructions() -> tuple[str, ...]:
    """What people read on the second sheet."""
    return (
        _("Escriba sólo en las celdas blancas de la hoja «Llenar»: Ejecutado, Tipo de causa y "
          "Causa. Las grises se leen y no se cambian."),
        _("En «Ejecutado» escriba sólo el número, en la unidad de la fila: 1200, 1,200 o 12.5. "
          "Un porcentaje se escribe 61, sin el signo."),
        _("Un indicador que se calcula tiene debajo una fila por variable: escriba ahí. Las partes "
          "por sexo, edad o lugar también tienen su fila."),
        _("Cero es un dato. Si la celda queda vacía, el dato queda como estaba en el sistema."),
        _("Si el avance queda fuera de 90–120 %, elija el tipo de causa en la lista y explíquela "
          "en una oración."),
        _("Puede ordenar, filtrar y agregar columnas suyas: el sistema busca cada fila por su "
          "identificador (columna A) y cada columna por su encabezado."),
        _("No cambie los identificadores ni los encabezados. No ponga fórmulas en las celdas "
          "blancas: pegue sus valores."),
        _("Guarde el libro como .xlsx, sin contraseña y sin macros, y súbalo en la pantalla del "
          "reporte. Antes de guardar verá cada cambio, antes y después."),
        _("Si otra persona cambió un dato mientras tanto, verá los dos valores y elegirá."),
        _("Subir la hoja no envía el reporte: después pulse «Revisar y enviar»."),
    )  # fmt: skip
