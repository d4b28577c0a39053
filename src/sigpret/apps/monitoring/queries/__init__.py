"""Reads of the monitoring: rounds, sheets, review, closing, evaluation."""

from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.apps.monitoring.queries.closing import (
    ClosingChecklist,
    InstitutionCount,
    closing_checklist,
)
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    GoalFigures,
    evaluate_country,
    evaluate_goals,
)
from sigpret.apps.monitoring.queries.people import Correspondent, correspondents
from sigpret.apps.monitoring.queries.report import report_sheet
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
)
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot, digest_of_round
from sigpret.apps.monitoring.queries.threads import (
    Said,
    Thread,
    ThreadLine,
    Turn,
    thread_of,
    threads,
)

__all__ = [
    "CauseCategory",
    "ClosingChecklist",
    "Correspondent",
    "CountryEvaluation",
    "GoalFigures",
    "InstitutionCount",
    "Missing",
    "NewSnapshot",
    "QueueEntry",
    "ReportSheet",
    "ReviewQueue",
    "ReviewRow",
    "ReviewSheet",
    "RoundFacts",
    "Said",
    "SheetGroup",
    "SheetPoint",
    "SheetRow",
    "Situation",
    "SubjectKind",
    "Thread",
    "ThreadLine",
    "Turn",
    "ValueCell",
    "closing_checklist",
    "correspondents",
    "current_round",
    "digest_of_round",
    "evaluate_country",
    "evaluate_goals",
    "report_sheet",
    "review_queue",
    "review_sheet",
    "round_facts",
    "thread_of",
    "threads",
]
