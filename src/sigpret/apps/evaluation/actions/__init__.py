"""Writes of the evaluation: runs, and the closing of a quarter with its grades."""

from sigpret.apps.evaluation.actions.closing import (
    close_quarter,
    confirm_quarter,
    seal_past_quarter,
    trial_digest,
)
from sigpret.apps.evaluation.actions.runs import NothingToEvaluateError, evaluate_country
from sigpret.apps.evaluation.actions.visit_photos import add_photo
from sigpret.apps.evaluation.actions.visits import (
    Seen,
    SignedVisitError,
    StaleVisitError,
    VisitError,
    plan_visit,
    record_visit,
    sign_visit,
)

__all__ = [
    "NothingToEvaluateError",
    "Seen",
    "SignedVisitError",
    "StaleVisitError",
    "VisitError",
    "add_photo",
    "close_quarter",
    "confirm_quarter",
    "evaluate_country",
    "plan_visit",
    "record_visit",
    "seal_past_quarter",
    "sign_visit",
    "trial_digest",
]
