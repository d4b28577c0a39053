"""Writes of the monitoring: values, reports, reviews, rounds."""

from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.evaluation import evaluate_open, evaluate_period
from sigpret.apps.monitoring.actions.opening import CannotOpenRoundError, open_round
from sigpret.apps.monitoring.actions.reports import (
    IncompleteReportError,
    StaleReportError,
    SubmittedReport,
    submit_report,
)
from sigpret.apps.monitoring.actions.reviews import (
    ChangedValueError,
    Decision,
    NotUnderReviewError,
    ObservationMissingError,
    return_value,
    validate_values,
)
from sigpret.apps.monitoring.actions.rounds import (
    BeforeDeadlineError,
    CannotCloseYetError,
    EarlierRoundOpenError,
    UndecidedValuesError,
    close_round,
    seal_round,
)
from sigpret.apps.monitoring.actions.snapshots import store_snapshots
from sigpret.apps.monitoring.actions.values import (
    ConflictError,
    InvalidValueError,
    LockedValueError,
    SavedValue,
    UnknownSubjectError,
    save_value,
)

__all__ = [
    "BeforeDeadlineError",
    "CannotCloseYetError",
    "CannotOpenRoundError",
    "ChangedValueError",
    "ConflictError",
    "Decision",
    "EarlierRoundOpenError",
    "IncompleteReportError",
    "InvalidValueError",
    "LockedValueError",
    "NotUnderReviewError",
    "ObservationMissingError",
    "RoundNotOpenError",
    "SavedValue",
    "StaleReportError",
    "SubmittedReport",
    "UndecidedValuesError",
    "UnknownSubjectError",
    "close_round",
    "evaluate_open",
    "evaluate_period",
    "open_round",
    "return_value",
    "save_value",
    "seal_round",
    "store_snapshots",
    "submit_report",
    "validate_values",
]
