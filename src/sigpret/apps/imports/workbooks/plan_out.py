"""A plan as a workbook: pre-filled, by identifier, with white cells to edit and rows for more."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.imports.workbooks.report_out import RowMark
from sigpret.apps.planning.models import Accumulation, ProductKind
from sigpret.apps.planning.queries.whole import WholeGroup, WholeObjective, WholePlan, WholeProduct
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
from sigpret.intake.rows import Coded
from sigpret.intake.workbooks.table import TableSpec
from sigpret.web.dates import clock_time, date_words

PLAN = "plan"
NEW_ROWS = 20
#: What the official report writes where nothing is published.
NOTHING = "NP"
PLACES, UNITS, PERIODICITIES, KINDS, ACCUMULATIONS = (
    "Objetivos operativos",
    "Unidades",
    "Periodicidades",
    "Clases",
    "Acumulaciones",
)
QUARTERS = ("q1", "q2", "q3", "q4")
NUMBERS = ("annual", *QUARTERS)
#: What a row there is does not change here: its objective is changed on the page of the plan.
OF_NEW_ROWS = ("place",)
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanLists:
    """What the cells with a list offer, as (stored code, label)."""

    places: Options
    units: Options
    periodicities: Options

    def options(self, key: str) -> Options:
        """What a column offers; nothing for one that is typed."""
        return {
            "place": self.places,
            "unit": self.units,
            "periodicity": self.periodicities,
            "kind": tuple((str(code), str(label)) for code, label in ProductKind.choices),
            "accumulation": tuple((str(code), str(label)) for code, label in Accumulation.choices),
        }.get(key, ())


def lists_of(plan: WholePlan, units: tuple[Coded, ...], often: tuple[Coded, ...]) -> PlanLists:
    """The lists of a plan: its own objectives and the catalogue."""
    return PlanLists(
        tuple((place_of(*pair), place_of(*pair)) for pair in plan.groups()),
        tuple((one.code, str(one)) for one in units),
        tuple((one.code, str(one)) for one in often),
    )


def place_of(objective: WholeObjective, group: WholeGroup) -> str:
    """How a row says where it stands: `2.1`."""
    return f"{objective.number}.{group.number}"


def plan_columns() -> tuple[Column, ...]:
    """The columns of the sheet, in order."""
    quantity = _("Sólo el número: 1200, 1,200 o 12.5. Escriba NP si no se programa.")
    return (
        # Headings stand in this column: nobody writes in it.
        Column("code", _("N.º"), width=7),
        Column("place", _("Objetivo operativo"), width=12, is_open=True, choices=PLACES),
        Column("name", _("Producto"), width=46, is_open=True),
        Column("unit", _("Unidad de medida"), width=22, is_open=True, choices=UNITS),
        Column("periodicity", _("Periodicidad"), width=16, is_open=True, choices=PERIODICITIES),
        Column("kind", _("Clase"), width=12, is_open=True, choices=KINDS),
        Column("accumulation", _("Acumulación"), width=20, is_open=True, choices=ACCUMULATIONS),
        *(
            Column(key, header, Kind.NUMBER, 11, is_open=True, help=quantity, word=NOTHING)
            for key, header in zip(
                NUMBERS,
                (
                    _("Producción anual"),
                    _("I trimestre"),
                    _("II trimestre"),
                    _("III trimestre"),
                    _("IV trimestre"),
                ),
                strict=True,
            )
        ),
        Column("responsible", _("Unidad responsable"), width=28, is_open=True),
        Column("verification", _("Medio de verificación"), width=36, is_open=True),
    )


def plan_spec() -> TableSpec:
    """What to look for when it comes back."""
    columns = {column.key: column.header for column in plan_columns() if column.is_open}
    return TableSpec(IDENTIFIER_HEADER, columns, IDENTITY_SHEET)


def plan_workbook(
    plan: WholePlan,
    lists: PlanLists,
    *,
    is_writable: bool,
    at: datetime,
    by: str,
    is_demo: bool,
    shut: Collection[str] = (),
    marks: Mapping[str, RowMark] | None = None,
    added: tuple[Row, ...] = (),
) -> Workbook:
    """The plan as it stands at `at`; one nobody may write now is all grey, and so are the columns
    of the quarters that closed, `shut`.

    With `marks`, as it is given back: `added` are the rows somebody added, marked too.
    """
    return Workbook(
        identity=Identity(PLAN, plan.institution.code, str(plan.fiscal_year)),
        title=_("Plan operativo %(year)d") % {"year": plan.fiscal_year},
        notes=tuple(_notes(plan, at, by, is_demo=is_demo)),
        columns=plan_columns(),
        rows=(*_rows(plan, lists, marks or {}, shut, is_writable=is_writable), *added),
        instructions=instructions(),
        catalogues={
            column.choices: tuple(label for _code, label in lists.options(column.key))
            for column in plan_columns()
            if column.choices
        },
        blank_rows=NEW_ROWS if is_writable and lists.places else 0,
        has_situation=marks is not None,
    )


def _notes(plan: WholePlan, at: datetime, by: str, *, is_demo: bool) -> Iterator[str]:
    yield str(plan.institution)
    yield _("Descargada el %(day)s, %(time)s, por %(who)s.") % {
        "day": date_words(at),
        "time": clock_time(at),
        "who": by,
    }
    if is_demo:
        yield _("Datos ficticios de demostración.")


def _rows(
    plan: WholePlan,
    lists: PlanLists,
    marks: Mapping[str, RowMark],
    shut: Collection[str],
    *,
    is_writable: bool,
) -> Iterator[Row]:
    closed = frozenset({*OF_NEW_ROWS, *shut})
    for objective, group in plan.groups():
        place = place_of(objective, group)
        yield Row("", heading=f"{place} {objective.text} · {group.text}")
        for product in group.products:
            mark = marks.get(key_of(product), RowMark())
            yield _row(product, lists, mark, closed, is_writable=is_writable)


def key_of(product: WholeProduct) -> str:
    """The identifier of a row."""
    return f"product-{product.id}"


def _row(
    product: WholeProduct,
    lists: PlanLists,
    mark: RowMark,
    closed: frozenset[str],
    *,
    is_writable: bool,
) -> Row:
    columns = plan_columns()
    values = {column.key: shown(product, column.key, lists) for column in columns}
    # What was typed in a grey cell could not be mended there: it says again what is stored.
    typed = {key: one for key, one in (mark.typed or {}).items() if key not in closed}
    return Row(
        key_of(product),
        {**values, **typed},
        is_locked=not is_writable,
        closed=closed,
        base=mark.base or {column.key: digest(stored(product, column.key)) for column in columns},
        marks={key: Mark(text) for key, text in (mark.comments or {}).items() if key in values},
        situation=mark.situation,
    )


def stored(product: WholeProduct, key: str) -> Any:
    """What is stored of a cell: a code instead of its word, None for nothing."""
    if key in QUARTERS:
        return product.quarters[QUARTERS.index(key)]
    return {
        "place": f"{product.key.objective}.{product.key.operational_objective}",
        "code": product.key.label,
        "name": product.name,
        "unit": product.unit.code,
        "periodicity": product.periodicity.code,
        "kind": product.kind,
        "accumulation": product.accumulation,
        "annual": product.annual_output,
        "responsible": product.responsible_unit,
        "verification": product.means_of_verification,
    }[key]


def shown(product: WholeProduct, key: str, lists: PlanLists) -> Value:
    """What the cell of the workbook holds."""
    value: Value = stored(product, key)
    return dict(lists.options(key)).get(str(value), value)


def canonical(value: Any) -> str:
    """A value as text that is compared: of texts, one form of accents and of line ends."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return plain_number(value)
    return unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    """Enough of a fingerprint to know whether a cell was touched."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:12]


def instructions() -> tuple[str, ...]:
    """What people read on the second sheet."""
    return (
        _("Escriba sólo en las celdas blancas de la hoja «Llenar». Las grises se leen."),
        _("En la producción anual y en los trimestres escriba sólo el número: 1200, 1,200 o 12.5. "
          "Si no se programa nada, escriba NP. El cero es un dato."),
        _("Los trimestres que ya cerraron están en gris: lo programado en ellos no cambia."),
        _("Una celda vacía no borra nada: el dato queda como está en el sistema."),
        _("Para agregar un producto use una fila vacía del final, sin identificador, y diga bajo "
          "qué objetivo operativo va (por ejemplo 2.1), su nombre, su unidad y su periodicidad."),
        _("Los objetivos y los resultados se cambian en la página del plan. También ahí se quita "
          "un producto o se mueve a otro objetivo: borrar su fila aquí no lo quita."),
        _("Puede ordenar, filtrar y agregar columnas suyas: el sistema busca cada fila por su "
          "identificador (columna A) y cada columna por su encabezado. No los cambie."),
        _("Guarde el libro como .xlsx, sin fórmulas en las celdas blancas y sin macros."),
        _("Al subirlo verá cada cambio, antes y después, y nada se guarda hasta que aplique. Si "
          "otra persona cambió lo mismo, verá los dos valores y elegirá."),
        _("Subir la hoja no envía el plan: envíelo después en su página."),
    )  # fmt: skip
