"""Reads of the monitoring: rounds, sheets, review, closing, evaluation."""

from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.apps.monitoring.queries.closing import (
    ClosingChecklist,
    InstitutionCount,
    closing_checklist,
)
from sigpret.apps.monitoring.queries.datum_history import DatumEvent, Deed, datum_history
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    GoalFigures,
    evaluate_country,
    evaluate_goals,
)
from sigpret.apps.monitoring.queries.evidence_viewer import EvidenceViewer
from sigpret.apps.monitoring.queries.examination import Examined, examined
from sigpret.apps.monitoring.queries.people import Correspondent, correspondents
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.monitoring.queries.review import (
    ReviewFacts,
    ReviewRow,
    ReviewSheet,
    review_sheet,
)
from sigpret.apps.monitoring.queries.review_queue import (
    QueueEntry,
    ReviewQueue,
    Risk,
    review_queue,
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
from sigpret.apps.monitoring.queries.witnesses import Testimony, testimonies

__all__ = [
    "CauseCategory",
    "ClosingChecklist",
    "Correspondent",
    "CountryEvaluation",
    "DatumEvent",
    "Deed",
    "EvidenceViewer",
    "Examined",
    "GoalFigures",
    "InstitutionCount",
    "Missing",
    "NewSnapshot",
    "QueueEntry",
    "ReportSheet",
    "ReviewFacts",
    "ReviewQueue",
    "ReviewRow",
    "ReviewSheet",
    "Risk",
    "RoundFacts",
    "Said",
    "SheetGroup",
    "SheetPoint",
    "SheetRow",
    "Situation",
    "SubjectKind",
    "Testimony",
    "Thread",
    "ThreadLine",
    "Turn",
    "ValueCell",
    "closing_checklist",
    "correspondents",
    "current_round",
    "datum_history",
    "digest_of_round",
    "evaluate_country",
    "evaluate_goals",
    "examined",
    "report_sheet",
    "review_queue",
    "review_sheet",
    "round_facts",
    "testimonies",
    "thread_of",
    "threads",
]
