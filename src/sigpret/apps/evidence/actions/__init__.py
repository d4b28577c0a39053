"""Writes of evidence: bring a file, replace it, reserve it, put it away."""

from sigpret.apps.evidence.actions.keeping import (
    RefusedEvidenceError,
    StoredEvidence,
    replace_evidence,
    store_evidence,
)
from sigpret.apps.evidence.actions.reserving import (
    GroundMissingError,
    UnusableEvidenceError,
    lift_reservation,
    put_away_evidence,
    reserve_evidence,
)

__all__ = [
    "GroundMissingError",
    "RefusedEvidenceError",
    "StoredEvidence",
    "UnusableEvidenceError",
    "lift_reservation",
    "put_away_evidence",
    "replace_evidence",
    "reserve_evidence",
    "store_evidence",
]
