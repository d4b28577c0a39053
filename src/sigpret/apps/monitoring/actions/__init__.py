"""Writes of the monitoring: values, reports, reviews, rounds."""

from sigpret.apps.monitoring.actions.approval import (
    ReasonMissingError,
    approve_report,
    give_back_report,
)
from sigpret.apps.monitoring.actions.batch import (
    SampleNotOpenedError,
    validate_batch,
)
from sigpret.apps.monitoring.actions.comments import (
    EmptyCommentError,
    WrittenComment,
    add_comment,
)
from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.details import InvalidValueError, UnknownSubjectError
from sigpret.apps.monitoring.actions.evaluation import evaluate_open, evaluate_period
from sigpret.apps.monitoring.actions.extensions import (
    ExtensionError,
    grant_extension,
    refuse_extension,
    request_extension,
)
from sigpret.apps.monitoring.actions.opening import CannotOpenRoundError, open_round
from sigpret.apps.monitoring.actions.reopening import (
    ReopeningError,
    publish_closing,
    reopen_round,
)
from sigpret.apps.monitoring.actions.reports import submit_report
from sigpret.apps.monitoring.actions.reviewing import (
    FinishedReview,
    NothingToReviewError,
    UnfinishedReviewError,
    finish_review,
    record_opening,
    take_report,
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
    ChangedSinceConfirmationError,
    ConfirmationMissingError,
    EarlierRoundOpenError,
    MoreSnapshots,
    Sealed,
    UndecidedValuesError,
    close_round,
    confirm_closing,
    record_closing,
    seal_round,
    snapshots_of,
)
from sigpret.apps.monitoring.actions.saving import save_value
from sigpret.apps.monitoring.actions.sending import (
    IncompleteReportError,
    StaleReportError,
    SubmittedReport,
)
from sigpret.apps.monitoring.actions.snapshots import store_snapshots
from sigpret.apps.monitoring.actions.values import ConflictError, LockedValueError, SavedValue

__all__ = [
    "BeforeDeadlineError",
    "CannotCloseYetError",
    "CannotOpenRoundError",
    "ChangedSinceConfirmationError",
    "ChangedValueError",
    "ConfirmationMissingError",
    "ConflictError",
    "Decision",
    "EarlierRoundOpenError",
    "EmptyCommentError",
    "ExtensionError",
    "FinishedReview",
    "IncompleteReportError",
    "InvalidValueError",
    "LockedValueError",
    "MoreSnapshots",
    "NotUnderReviewError",
    "NothingToReviewError",
    "ObservationMissingError",
    "ReasonMissingError",
    "ReopeningError",
    "RoundNotOpenError",
    "SampleNotOpenedError",
    "SavedValue",
    "Sealed",
    "StaleReportError",
    "SubmittedReport",
    "UndecidedValuesError",
    "UnfinishedReviewError",
    "UnknownSubjectError",
    "WrittenComment",
    "add_comment",
    "approve_report",
    "close_round",
    "confirm_closing",
    "evaluate_open",
    "evaluate_period",
    "finish_review",
    "give_back_report",
    "grant_extension",
    "open_round",
    "publish_closing",
    "record_closing",
    "record_opening",
    "refuse_extension",
    "reopen_round",
    "request_extension",
    "return_value",
    "save_value",
    "seal_round",
    "snapshots_of",
    "store_snapshots",
    "submit_report",
    "take_report",
    "validate_batch",
    "validate_values",
]
