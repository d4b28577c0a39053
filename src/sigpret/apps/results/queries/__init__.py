"""Reads of the results matrix."""

from sigpret.apps.results.queries.columns import (
    MATRIX_COLUMNS,
    GoalName,
    MatrixColumn,
    MatrixRow,
)
from sigpret.apps.results.queries.filters import MatrixFilters
from sigpret.apps.results.queries.links import alignment_links, links_of
from sigpret.apps.results.queries.matrix import matrix_rows, programmed_periods

__all__ = [
    "MATRIX_COLUMNS",
    "GoalName",
    "MatrixColumn",
    "MatrixFilters",
    "MatrixRow",
    "alignment_links",
    "links_of",
    "matrix_rows",
    "programmed_periods",
]
