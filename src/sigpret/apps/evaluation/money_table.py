"""The physical-financial page as tables, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sigpret.apps.evaluation import money_page as page
from sigpret.apps.evaluation.queries.money import InstitutionMoney, ProductMoney, Program
from sigpret.documents.table_file import Sheet
from sigpret.methodology.physical_financial import Comparison
from sigpret.methodology.values import rounded
from sigpret.web.dates import period_words

Cells = tuple[Any, ...]


def csv_rows(shown: InstitutionMoney) -> list[Cells]:
    """A header and one row per product: lempiras, percentages 0-100 and points, unrounded."""
    head = (_("código"), _("producto"), _("programa"), *amount_names())
    return [head, *(product_cells(row) for row in shown.rows)]


def amount_names() -> tuple[str, ...]:
    return (
        _("vigente"), _("cuota a la fecha"), _("devengado"), _("pagado"), _("financiero %"),
        _("físico %"), _("brecha"), _("situación"),
    )  # fmt: skip


def product_cells(row: ProductMoney) -> Cells:
    return (row.code, row.name, row.program, *amounts_of(row.comparison))


def amounts_of(seen: Comparison) -> Cells:
    budget = seen.budget
    return (
        budget.current, budget.quota, budget.accrued, budget.paid, seen.financial,
        seen.physical, seen.gap, str(page.SIDE_WORDS[seen.balance]),
    )  # fmt: skip


def sheets_of(shown: InstitutionMoney, institution: str) -> tuple[Sheet, ...]:
    """Its products and its programmes; percentages and points with two decimals."""
    widths = (18, 18, 18, 18, 13, 11, 11, 24)
    amounts = tuple(zip(amount_names(), widths, strict=True))
    products = ((_("código"), 10), (_("producto"), 60), (_("programa"), 40), *amounts)
    programs = ((_("programa"), 50), (_("productos"), 11), *amounts)
    make = sheet_maker(shown, institution)
    return (
        make(_("Productos"), products, map(product_cells, shown.rows)),
        make(_("Programas"), programs, map(program_cells, shown.programs)),
    )


def program_cells(program: Program) -> Cells:
    return (program.label, program.products, *amounts_of(program.comparison))


def sheet_maker(
    shown: InstitutionMoney, institution: str
) -> Callable[[str, Sequence[tuple[str, int]], Iterable[Cells]], Sheet]:
    notes = [
        _("Brecha = físico − financiero, en puntos. Metodología %(version)s.")
        % {"version": shown.policy.version}
    ]
    if settings.DEMO:
        notes.insert(0, _("Datos ficticios de demostración"))
    title = _("Físico y financiero · %(institution)s · %(period)s") % {
        "institution": institution,
        "period": period_words(shown.quarter.period),
    }
    return lambda name, columns, rows: Sheet(
        name, title, tuple(notes), tuple(columns), tuple(map(printed_cells, rows))
    )


def printed_cells(cells: Cells) -> Cells:
    """As a spreadsheet shows them: amounts and percentages with two decimals."""
    return tuple(cell if isinstance(cell, str | int | None) else rounded(cell) for cell in cells)
