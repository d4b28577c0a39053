"""The matrix as a workbook, and what an uploaded one would change in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.workbooks.matrix_in import MatrixLot
from sigpret.apps.imports.workbooks.matrix_out import MatrixLists, matrix_columns
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, institution_of
from sigpret.apps.reference.models import Periodicity
from sigpret.apps.results.above import closed_quarters, is_closed
from sigpret.apps.results.permissions import keeps_matrix, writable_codes
from sigpret.apps.results.queries import (
    LastWriters,
    MatrixFilters,
    MatrixRow,
    last_writers,
    matrix_rows,
)
from sigpret.intake.workbooks.table import TableRow
from sigpret.methodology.periods import PeriodError


def matrix_lists() -> MatrixLists:
    """What the lists of the workbook offer; one statement."""
    names = Periodicity.objects.order_by("per_year", "name").values_list("name", flat=True)
    return MatrixLists(tuple(names))


def matrix_lot(facts: LotFacts, access: Access) -> MatrixLot:
    """The lot beside the matrix as it stands now, as this person may read and write it."""
    rows = matrix_rows(MatrixFilters(), access)
    lists = matrix_lists()
    letters = facts.content.table.letters
    closed = closed_quarters()

    def has_closed(period: str) -> bool:
        try:
            return is_closed(period, closed)
        except PeriodError:
            return False

    return MatrixLot(
        rows={row.code: row for row in rows},
        writable=writable_codes(access, rows),
        headers={
            column.key: column.header
            for column in matrix_columns(rows, lists)
            if column.key in letters
        },
        lists=lists,
        content=facts.content,
        corrections=facts.corrections,
        decisions=facts.decisions,
        is_closed=has_closed,
        institution_of=responsible_for(access),
        writers=writers_of(rows, facts.content.table.rows),
        parents={row.code: row for row in rows if row.level == "sectoral"},
    )


def writers_of(rows: Sequence[MatrixRow], lines: Sequence[TableRow]) -> Callable[[], LastWriters]:
    """Reads, once and only if it is asked, who wrote last the goals a workbook names."""
    named = {line.identifier for line in lines}
    return cache(lambda: last_writers([row for row in rows if row.code in named]))


def responsible_for(access: Access) -> Callable[[str], int | None]:
    """Finds the institution of a new goal: of an empty cell the person's own, or the code written
    there; only a keeper writes another's, and an unknown one is none."""
    own = institution_of(access)
    codes = {own.code: own.pk} if own is not None else {}
    if keeps_matrix(access):
        codes = dict(Institution.objects.values_list("code", "pk"))

    def find(text: str) -> int | None:
        if text.split():
            return codes.get(text.split()[0])
        return own.pk if own is not None else None

    return find
