"""Writes of the evaluation: runs, and the closing of a quarter with its grades."""

from sigpret.apps.evaluation.actions.closing import (
    close_quarter,
    confirm_quarter,
    seal_past_quarter,
    trial_digest,
)
from sigpret.apps.evaluation.actions.runs import NothingToEvaluateError, evaluate_country

__all__ = [
    "NothingToEvaluateError",
    "close_quarter",
    "confirm_quarter",
    "evaluate_country",
    "seal_past_quarter",
    "trial_digest",
]
