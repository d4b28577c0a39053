"""Reads of the monitoring: rounds, sheets, review, closing, evaluation."""

from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.apps.monitoring.queries.closing import (
    ClosingChecklist,
    InstitutionCount,
    closing_checklist,
)
from sigpret.apps.monitoring.queries.review import (
    QueueEntry,
    ReviewQueue,
    ReviewRow,
    ReviewSheet,
    review_queue,
    review_sheet,
)
from sigpret.apps.monitoring.queries.rounds import RoundFacts, current_round, round_facts
from sigpret.apps.monitoring.queries.sheet import (
    Missing,
    ReportSheet,
    SheetGroup,
    SheetPoint,
    SheetRow,
    Situation,
    SubjectKind,
    ValueCell,
    report_sheet,
)

__all__ = [
    "CauseCategory",
    "ClosingChecklist",
    "InstitutionCount",
    "Missing",
    "QueueEntry",
    "ReportSheet",
    "ReviewQueue",
    "ReviewRow",
    "ReviewSheet",
    "RoundFacts",
    "SheetGroup",
    "SheetPoint",
    "SheetRow",
    "Situation",
    "SubjectKind",
    "ValueCell",
    "closing_checklist",
    "current_round",
    "report_sheet",
    "review_queue",
    "review_sheet",
    "round_facts",
]
