"""`{% load matrix %}`: the cells of a row of the matrix, ready to print."""

from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sigpret.apps.results.queries.columns import MATRIX_COLUMNS, MatrixColumn, MatrixRow
from sigpret.web.formats import format_number

register = template.Library()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as it is read; `periods` are (code, number) pairs of a column of periods."""

    label: str | Promise
    text: str
    css: str
    periods: tuple[tuple[str, Decimal], ...] = ()


@register.filter
def cells(row: MatrixRow) -> list[PrintedCell]:
    """Every cell but the first, which is the row's heading."""
    return [printed(column, row) for column in MATRIX_COLUMNS[1:]]


def printed(column: MatrixColumn, row: MatrixRow) -> PrintedCell:
    value = column.cell(row)
    if column.kind == "periods":
        return PrintedCell(column.label, "", "col-periods", tuple(value.items()))  # type: ignore[union-attr]
    wide = "col-wide" if column.width >= 30 else ""
    if isinstance(value, bool):
        return PrintedCell(column.label, _("sí") if value else _("no"), wide)
    if isinstance(value, Decimal):
        return PrintedCell(column.label, format_number(value), "num")
    return PrintedCell(column.label, "—" if value in (None, "") else str(value), wide)


@register.filter
def inside(value: str, held: Container[str]) -> bool:
    """Is the word one of these?"""
    return value in held
