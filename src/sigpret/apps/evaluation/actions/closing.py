"""Closing a quarter: the rounds' own closing, and the grades that it makes final."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evaluation.queries.country import sha256
from sigpret.apps.evaluation.queries.grades import (
    Grades,
    computed_grades,
    grade_payload,
    kept_grades,
)
from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import close_round
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ClosedQuarter:
    """The closed round with the digest of its snapshots, and the digest of the grades."""

    round: RoundFacts
    grades: int
    grades_digest: str


@transaction.atomic
def close_quarter(*, actor: User, access: Access, period: Period, at: datetime) -> ClosedQuarter:
    """Close a quarter for ever, goals, products and grades together or not at all.

    Closing twice has one effect. Raises what `close_round` raises: PermissionDenied,
    RoundNotOpenError, UndecidedValuesError.
    """
    closed = close_round(actor=actor, access=access, period=period, at=at)
    if kept := kept_grades(closed.id):
        return ClosedQuarter(closed, len(kept), digest_of(kept))
    grades = computed_grades(Quarter(closed, None, ()), policy_on(period.end))
    keep_grades(closed, grades)
    result = ClosedQuarter(closed, len(grades), digest_of(grades))
    record(
        actor=actor,
        action="evaluation.quarter_closed",
        subject_type="reporting_round",
        subject_id=closed.id,
        payload={
            "period": period.code,
            "round_digest": closed.digest,
            "grades_digest": result.grades_digest,
        },
    )
    return result


def digest_of(grades: Grades) -> str:
    """SHA-256 of the grades as they are kept, in the order of the institutions' codes."""
    payloads = sorted((grade_payload(grade) for grade in grades.values()), key=code_of)
    return sha256({"grades": payloads})


def code_of(payload: dict[str, Any]) -> str:
    return str(payload["code"])


def keep_grades(closed: RoundFacts, grades: Grades) -> None:
    """Store every grade as a snapshot of the closed round."""
    Snapshot.objects.bulk_create(
        Snapshot(
            round_id=closed.id,
            kind=Snapshot.Kind.INSTITUTION,
            subject_id=institution_id,
            code=grade.code,
            payload=grade_payload(grade),
        )
        for institution_id, grade in grades.items()
    )
