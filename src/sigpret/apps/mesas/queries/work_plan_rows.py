"""A row of a draft as a form shows it, with the mark of what is read."""

from hashlib import sha256
from typing import Any

from sigpret.apps.mesas.models import WorkPlanActivity


def row_as_typed(plan_id: int, activity_id: int) -> dict[str, Any] | None:
    """The initial values of the row's form; None when it is not of that version."""
    row = (
        WorkPlanActivity.objects.filter(pk=activity_id, result__plan=plan_id)
        .prefetch_related("institutions")
        .first()
    )
    if row is None:
        return None
    return {
        "text": row.text,
        "institutions": [place.pk for place in row.institutions.all()],
        "responsible": row.responsible,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "reason": row.change_reason,
        "was": mark_of(row),
    }


def mark_of(row: WorkPlanActivity) -> str:
    """A short mark of what an activity says, to know whether it is still what was read."""
    places = sorted(row.institutions.values_list("pk", flat=True))
    return mark(row.text, row.responsible, row.starts_on, row.ends_on, row.change_reason, places)


def mark(*facts: object) -> str:
    return sha256(repr(facts).encode()).hexdigest()[:16]
