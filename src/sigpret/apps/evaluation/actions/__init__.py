"""Writes of the evaluation: runs, and the closing of a quarter with its grades."""

from sigpret.apps.evaluation.actions.closing import close_quarter, grade_snapshots
from sigpret.apps.evaluation.actions.runs import NothingToEvaluateError, evaluate_country

__all__ = ["NothingToEvaluateError", "close_quarter", "evaluate_country", "grade_snapshots"]
