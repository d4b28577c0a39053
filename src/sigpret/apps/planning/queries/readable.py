"""The plans of a year that somebody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.permissions import reads_every_plan
from sigpret.apps.planning.programming import plain_code


@dataclass(frozen=True, slots=True)
class ReadablePlan:
    """A plan in a line. `version` counts its writes."""

    code: str
    name: str
    state: str
    version: int
    products: int


def readable_plans(access: Access, fiscal_year: int) -> tuple[ReadablePlan, ...]:
    """Everybody's for whoever reads the country, else one's own, by code; one statement."""
    rows = AnnualPlan.objects.filter(fiscal_year=fiscal_year)
    if not reads_every_plan(access):
        rows = rows.filter(institution__in=list(access.institutions))
    counted = rows.annotate(held=Count("objectives__operational_objectives__products"))
    return tuple(
        ReadablePlan(
            plain_code(row.institution.code), row.institution.name, row.state, row.version, row.held
        )
        for row in counted.select_related("institution").order_by("institution__code")
    )
