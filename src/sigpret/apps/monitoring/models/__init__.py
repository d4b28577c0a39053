"""Rounds and reports; current achievements; immutable snapshots."""

from sigpret.apps.monitoring.models.achievement import GoalAchievement, IndicatorAchievement
from sigpret.apps.monitoring.models.report import ProgressReport, ReportedValue
from sigpret.apps.monitoring.models.round import ReportingRound
from sigpret.apps.monitoring.models.snapshot import Snapshot

__all__ = [
    "GoalAchievement",
    "IndicatorAchievement",
    "ProgressReport",
    "ReportedValue",
    "ReportingRound",
    "Snapshot",
]
