"""The table of the matrix: its filters live in the address, its rows come in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.permissions import can_write_somewhere, keeps_matrix, writable_codes
from sigpret.apps.results.queries import choices
from sigpret.apps.results.queries.columns import MATRIX_COLUMNS, MatrixColumn, MatrixRow
from sigpret.apps.results.queries.filters import LEVELS, MatrixFilters
from sigpret.apps.results.queries.matrix import matrix_rows
from sigpret.web.http import whole_number

PAGE = 60


@dataclass(frozen=True, slots=True)
class TablePage:
    """The rows of a page, `total` of all pages. `query` is the address without its page."""

    filters: MatrixFilters
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    total: int
    number: int
    pages: int
    query: str
    sectors: Any
    institutions: Any
    levels: Any
    writable: frozenset[str]
    can_create: bool
    keeps: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * PAGE, self.total)

    @property
    def next_url(self) -> str:
        return f"?{self.query}&pagina={self.number + 1}" if self.number < self.pages else ""

    @property
    def previous_url(self) -> str:
        return f"?{self.query}&pagina={self.number - 1}" if self.number > 1 else ""


def filters_of(asked: Mapping[str, str]) -> MatrixFilters:
    """The filters of a query string; what is not understood asks for everything."""
    level = asked.get("nivel", "")
    return MatrixFilters(
        level=level if level in LEVELS else "",
        axis=asked.get("eje", "")[:10],
        sector=asked.get("sector", "")[:10],
        institution=asked.get("institucion", "")[:10],
        words=asked.get("q", "")[:120],
        is_prioritised=asked.get("priorizadas", "") == "1",
    )


def table_page(asked: Mapping[str, str], access: Access) -> TablePage:
    """Everything at once when it is going to be printed (`?pagina=todas`)."""
    filters = filters_of(asked)
    rows = matrix_rows(filters, access)
    pages = max(1, -(-len(rows) // PAGE))
    wanted = asked.get("pagina", "1")
    number = min(whole_number(wanted) or 1, pages)
    shown = rows if wanted == "todas" else rows[(number - 1) * PAGE : number * PAGE]
    kept = {key: value for key, value in asked.items() if key != "pagina" and value}
    return TablePage(
        filters=filters,
        columns=MATRIX_COLUMNS,
        rows=shown,
        total=len(rows),
        number=number,
        pages=pages if wanted != "todas" else 1,
        query=urlencode(kept),
        sectors=choices.sector_filter(),
        institutions=choices.institution_filter(),
        levels=choices.LEVELS,
        writable=writable_codes(access, shown),
        can_create=can_write_somewhere(access),
        keeps=keeps_matrix(access),
    )
