"""The evidence a closing keeps of its validated values: what is public of each file."""

from collections import defaultdict
from typing import Any

from django.db.models import F

from sigpret.apps.monitoring.models import EvidenceUse
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.methodology.periods import Period


def published_evidence(period: Period, subject: str) -> dict[int, tuple[dict[str, Any], ...]]:
    """What was shown for each validated value of a quarter, by the id of its subject.

    `subject` is `product_id` or `indicator_id`. A file has its name, fingerprint, type, size
    in bytes and pages; a reserved one only the legal ground of its reserve. One statement.
    """
    rows: Any = (
        EvidenceUse.objects.filter(
            value__period=period.code,
            value__state=ReportState.VALIDATED,
            **{f"value__{subject}__isnull": False},
        )
        .order_by("attached_at", "id")
        .values(
            subject=F(f"value__{subject}"),
            name=F("evidence__name"),
            sha256=F("evidence__file__sha256"),
            media_type=F("evidence__file__media_type"),
            size=F("evidence__file__size"),
            pages=F("evidence__file__pages"),
            is_reserved=F("evidence__is_reserved"),
            legal_ground=F("evidence__legal_ground"),
        )
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.iterator(chunk_size=2000):
        found[row.pop("subject")].append(public_part(row))
    return {subject_id: tuple(files) for subject_id, files in found.items()}


def public_part(row: dict[str, Any]) -> dict[str, Any]:
    ground = row.pop("legal_ground")
    return {"legal_ground": ground} if row.pop("is_reserved") else row
