"""Since when each plan is there, as the chain tells."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.planning.queries.sheet import moment_of
from sigpret.web.dates import day_of


def plans_begun(plan_ids: Collection[int]) -> dict[int, date]:
    """The day somebody first wrote each plan the chain tells of, by its id; one statement."""
    if not plan_ids:
        return {}
    events = AuditEvent.objects.filter(
        subject_type="annual_plan", subject_id__in=[str(pk) for pk in plan_ids]
    )
    first = events.order_by("subject_id", "id").distinct("subject_id")
    return {int(event.subject_id): day_of(moment_of(event)) for event in first}
