"""The matrix on paper: the official columns from left to right, those of a kind in one column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.imports.workbooks.matrix_out import BY_NAME, shown
from sigpret.apps.results.queries import MatrixRow
from sigpret.documents.matrix_table import MatrixTable, Said
from sigpret.web.dates import period_short
from sigpret.web.formats import format_number

#: The official order, gathered: what fits in a page is read together.
PAPER: tuple[tuple[int, tuple[str, ...]], ...] = (
    (5, ("axes",)),
    (10, ("presidential.code", "presidential.text", "presidential.indicator")),
    (6, ("sector",)),
    (10, ("sectoral.code", "sectoral.text", "sectoral.indicator")),
    (7, ("institution",)),
    (10, ("institutional.text", "institutional.indicator")),
    (7, ("code", "is_prioritised", "chain_position")),
    (19, (
        "definition", "formula", "variables", "unit", "sense", "accumulation", "across_years",
        "periodicity", "source", "means_of_verification", "disaggregations", "baseline",
        "baseline_year", "responsible", "responsible_unit",
    )),
    (8, ("multi_year", "programming")),
    (10, ("ods", "entah", "vision", "objectives", "themes")),
    (8, ("products", "assumption", "target_population")),
)  # fmt: skip


def headers() -> tuple[str, ...]:
    return (
        _("Eje"),
        _("Meta presidencial e indicador"),
        _("Sector"),
        _("Meta sectorial e indicador"),
        _("Institución"),
        _("Meta institucional e indicador"),
        _("Código, prioridad y cadena"),
        _("Ficha del indicador"),
        _("Metas"),
        _("Alineamiento"),
        _("POA, supuesto y población"),
    )


#: Fields the header of their column names already.
UNNAMED = frozenset(
    {
        "axes", "sector", "institution", "code", "presidential.code", "presidential.text",
        "sectoral.code", "sectoral.text", "institutional.text",
    }
)  # fmt: skip


def matrix_table(rows: Sequence[MatrixRow], *, edition: str, is_demo: bool) -> MatrixTable:
    """The rows as they are printed."""
    widths = [width for width, _names in PAPER]
    return MatrixTable(
        title=_("Matriz de Consistencia de Resultados"),
        lede=ngettext("%(n)s meta", "%(n)s metas", len(rows)) % {"n": format_number(len(rows))},
        edition=edition,
        columns=tuple(zip(headers(), widths, strict=True)),
        rows=tuple(tuple(tuple(_cell(row, names)) for _width, names in PAPER) for row in rows),
        is_demo=is_demo,
    )


def _cell(row: MatrixRow, names: Sequence[str]) -> list[Said]:
    return [said for name in names for said in _said(row, name)]


def _said(row: MatrixRow, name: str) -> list[Said]:
    column = BY_NAME[name]
    if column.kind == "periods":
        planned = getattr(row, name)
        return [Said(format_number(number), period_short(key)) for key, number in planned.items()]
    value = shown(row, name)
    if value in (None, ""):
        return []
    text = format_number(value) if isinstance(value, Decimal) else str(value)
    return [Said(text, "" if name in UNNAMED else str(column.label))]
