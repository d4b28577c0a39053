"""Which mesas have published minutes, for whoever does not know their address."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.models.meeting import MeetingState


@dataclass(frozen=True, slots=True)
class PublishedMesa:
    """A mesa with how many minutes it published, what they agreed and the last session."""

    name: str
    slug: str
    minutes: int
    agreements: int
    last_held_at: datetime | None


def published_mesas() -> tuple[PublishedMesa, ...]:
    """Every mesa by its name, those that published something first; one statement."""
    out = Q(meetings__state=MeetingState.DISTRIBUTED)
    rows = (
        Mesa.objects.annotate(
            minutes=Count("meetings", filter=out, distinct=True),
            agreed=Count("meetings__agreements", filter=out, distinct=True),
            last=Max("meetings__started_at", filter=out),
        )
        .select_related("sector")
        .order_by("sector__name")
    )
    found = (
        PublishedMesa(row.sector.name, row.sector.slug, row.minutes, row.agreed, row.last)
        for row in rows
    )
    return tuple(sorted(found, key=lambda mesa: not mesa.minutes))
