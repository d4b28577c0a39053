"""Rounds and reports; current achievements; immutable snapshots."""

from sigpret.apps.monitoring.models.achievement import GoalAchievement, IndicatorAchievement
from sigpret.apps.monitoring.models.closing import (
    ChangeRequest,
    Closing,
    ClosingConfirmation,
    Extension,
    Reminder,
)
from sigpret.apps.monitoring.models.detail import (
    Comment,
    DisaggregatedAmount,
    EvidenceUse,
    ReviewOpening,
    VariableAmount,
)
from sigpret.apps.monitoring.models.report import ProgressReport, ReportedValue
from sigpret.apps.monitoring.models.review import ReportReview
from sigpret.apps.monitoring.models.round import ReportingRound
from sigpret.apps.monitoring.models.snapshot import Snapshot

__all__ = [
    "ChangeRequest",
    "Closing",
    "ClosingConfirmation",
    "Comment",
    "DisaggregatedAmount",
    "EvidenceUse",
    "Extension",
    "GoalAchievement",
    "IndicatorAchievement",
    "ProgressReport",
    "Reminder",
    "ReportReview",
    "ReportedValue",
    "ReportingRound",
    "ReviewOpening",
    "Snapshot",
    "VariableAmount",
]
