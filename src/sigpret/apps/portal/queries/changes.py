"""Data of a promise that changed after they were published: old, new, why, and who asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.models import ChangeRequest
from sigpret.apps.portal.queries.publication import publications
from sigpret.web.formats import format_number


@dataclass(frozen=True, slots=True)
class PublicChange:
    """An approved change; `new` None is 0 of 0: no denominator, and so is `old` None when there
    are `old_details`; without them it was not reported.

    No person is named: the institution asked and DIGER approved.
    """

    period: str
    old: Decimal | None
    new: Decimal | None
    unit: str
    reason: str
    institution: str
    decided_at: datetime | None
    old_details: Mapping[str, Any]

    @property
    def before(self) -> str:
        """As people read it, without its unit."""
        if self.old is not None:
            return format_number(self.old)
        return _("sin denominador") if self.old_details else _("sin reporte")

    @property
    def after(self) -> str:
        """As people read it, with its unit when it has a value."""
        if self.new is None:
            return _("sin denominador")
        return f"{format_number(self.new)} {self.unit}".strip()


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
            "old_details",
        )
    )
    return tuple(PublicChange(*row) for row in rows)
