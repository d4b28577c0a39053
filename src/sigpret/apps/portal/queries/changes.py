"""Data of a promise that changed after they were published: old, new, why, and who asked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sigpret.apps.monitoring.models import ChangeRequest
from sigpret.apps.portal.queries.publication import publications


@dataclass(frozen=True, slots=True)
class PublicChange:
    """An approved change; `old` None was not reported, `new` None is 0 of 0: no
    denominator. No person is named: the institution asked
    and DIGER approved."""

    period: str
    old: Decimal | None
    new: Decimal | None
    unit: str
    reason: str
    institution: str
    decided_at: datetime | None


def public_changes(slug: str, at: datetime) -> tuple[PublicChange, ...]:
    """The approved changes of a promise's data in published quarters, newest first; two queries."""
    published = [one.period for one in publications(at)]
    rows = (
        ChangeRequest.objects.filter(
            state=ChangeRequest.State.APPROVED,
            decided_at__lte=at,
            value__indicator__goal__slug=slug,
            value__indicator__goal__level="presidential",
            value__period__in=published,
        )
        .order_by("-decided_at", "-pk")
        .values_list(
            "value__period",
            "old_value",
            "new_value",
            "value__indicator__unit",
            "reason",
            "value__report__institution__name",
            "decided_at",
        )
    )
    return tuple(PublicChange(*row) for row in rows)
