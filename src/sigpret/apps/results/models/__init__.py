"""Goals, indicators, targets, alignments, and the published versions of the matrix."""

from sigpret.apps.results.models.alignment import Alignment
from sigpret.apps.results.models.goal import Goal
from sigpret.apps.results.models.indicator import (
    Indicator,
    IndicatorTarget,
    IndicatorVariable,
)
from sigpret.apps.results.models.matrix import MatrixVersion, MatrixVersionRow

__all__ = [
    "Alignment",
    "Goal",
    "Indicator",
    "IndicatorTarget",
    "IndicatorVariable",
    "MatrixVersion",
    "MatrixVersionRow",
]
