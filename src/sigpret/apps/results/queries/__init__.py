"""Reads of the results matrix."""

from sigpret.apps.results.queries.columns import (
    MATRIX_COLUMNS,
    GoalName,
    MatrixColumn,
    MatrixRow,
)
from sigpret.apps.results.queries.filters import MatrixFilters
from sigpret.apps.results.queries.findings import MatrixFinding, findings
from sigpret.apps.results.queries.handing import hand_down_plan
from sigpret.apps.results.queries.history import LastWriters, last_writers
from sigpret.apps.results.queries.links import alignment_links, links_of
from sigpret.apps.results.queries.matrix import matrix_rows, programmed_periods
from sigpret.apps.results.queries.sheet import GoalSheet, goal_identity, goal_sheet
from sigpret.apps.results.queries.tree import AxisBranch, matrix_tree
from sigpret.apps.results.queries.versions import matrix_versions, version_differences

__all__ = [
    "MATRIX_COLUMNS",
    "AxisBranch",
    "GoalName",
    "GoalSheet",
    "LastWriters",
    "MatrixColumn",
    "MatrixFilters",
    "MatrixFinding",
    "MatrixRow",
    "alignment_links",
    "findings",
    "goal_identity",
    "goal_sheet",
    "hand_down_plan",
    "last_writers",
    "links_of",
    "matrix_rows",
    "matrix_tree",
    "matrix_versions",
    "programmed_periods",
    "version_differences",
]
