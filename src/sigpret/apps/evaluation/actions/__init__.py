"""Writes of the evaluation: runs, and the closing of a quarter with its grades."""

from sigpret.apps.evaluation.actions.closing import ClosedQuarter, close_quarter
from sigpret.apps.evaluation.actions.runs import NothingToEvaluateError, evaluate_country

__all__ = ["ClosedQuarter", "NothingToEvaluateError", "close_quarter", "evaluate_country"]
