"""Which institutions have loaded their plan of a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import AnnualPlan


@dataclass(frozen=True)
class PlanOverview:
    """An institution and its plan of the year; `version` None: not loaded yet."""

    institution: Institution
    version: int | None
    products: int
    scheduled: int

    @property
    def is_loaded(self) -> bool:
        return self.version is not None


def plans_of_year(fiscal_year: int) -> tuple[PlanOverview, ...]:
    """Every institution by code with the state of its plan; two queries."""
    counted = AnnualPlan.objects.filter(fiscal_year=fiscal_year).annotate(
        product_count=Count("objectives__operational_objectives__products"),
        scheduled_count=Count(
            "objectives__operational_objectives__products",
            filter=Q(objectives__operational_objectives__products__annual_output__isnull=False),
        ),
    )
    plans = {plan.institution_id: plan for plan in counted}
    rows = []
    for institution in Institution.objects.order_by("code"):
        plan = plans.get(institution.pk)
        rows.append(
            PlanOverview(institution, plan.version, plan.product_count, plan.scheduled_count)
            if plan
            else PlanOverview(institution, None, 0, 0)
        )
    return tuple(rows)


def years_with_plans() -> tuple[int, ...]:
    """The fiscal years somebody loaded a plan for, newest first."""
    years = AnnualPlan.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return tuple(years.distinct())
