"""Writes of the monitoring: values, reports, reviews, rounds."""

from sigpret.apps.monitoring.actions.approval import (
    ReasonMissingError,
    approve_report,
    give_back_report,
)
from sigpret.apps.monitoring.actions.comments import (
    EmptyCommentError,
    WrittenComment,
    add_comment,
)
from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.evaluation import evaluate_open, evaluate_period
from sigpret.apps.monitoring.actions.opening import CannotOpenRoundError, open_round
from sigpret.apps.monitoring.actions.reports import submit_report
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
from sigpret.apps.monitoring.actions.sending import (
    IncompleteReportError,
    StaleReportError,
    SubmittedReport,
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
    "EmptyCommentError",
    "IncompleteReportError",
    "InvalidValueError",
    "LockedValueError",
    "NotUnderReviewError",
    "ObservationMissingError",
    "ReasonMissingError",
    "RoundNotOpenError",
    "SavedValue",
    "StaleReportError",
    "SubmittedReport",
    "UndecidedValuesError",
    "UnknownSubjectError",
    "WrittenComment",
    "add_comment",
    "approve_report",
    "close_round",
    "evaluate_open",
    "evaluate_period",
    "give_back_report",
    "open_round",
    "return_value",
    "save_value",
    "seal_round",
    "store_snapshots",
    "submit_report",
    "validate_values",
]
