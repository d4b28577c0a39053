"""Where the plan of each institution stands: its step, its days, and when it was last spoken of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    FormulationStep,
    PlanReminder,
    PlanState,
    PlanVersion,
)
from sigpret.apps.planning.queries.standing import formulation_days

#: The day of the calendar each state is waiting for; None is a plan nobody has loaded.
WAITS_FOR = {
    None: FormulationStep.Code.SUBMISSION,
    PlanState.DRAFT: FormulationStep.Code.SUBMISSION,
    PlanState.RETURNED: FormulationStep.Code.SUBMISSION,
    PlanState.SUBMITTED: FormulationStep.Code.APPROVAL,
    PlanState.APPROVED: FormulationStep.Code.ACCEPTANCE,
    PlanState.ACCEPTED: FormulationStep.Code.LOCK,
}
#: The institution has it: it may be reminded.
THEIRS = frozenset({None, PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED})


@dataclass(frozen=True)
class PlanOverview:
    """An institution and its plan of the year; `version` None: not loaded yet.

    `due_on` is the last day of the step it is in; `wrote_at` when a version was last kept or a
    step taken, `reminded_at` when DIGER last reminded, of `reminders` times.
    """

    institution: Institution
    version: int | None
    products: int
    scheduled: int
    state: str | None = None
    due_on: date | None = None
    wrote_at: datetime | None = None
    reminded_at: datetime | None = None
    reminders: int = 0

    @property
    def is_loaded(self) -> bool:
        return self.version is not None

    @property
    def is_owing(self) -> bool:
        """Is it the institution's turn?"""
        return self.state in THEIRS

    @property
    def word(self) -> str:
        return str(PlanState(self.state).label) if self.state else ""


def plans_of_year(fiscal_year: int) -> tuple[PlanOverview, ...]:
    """Every institution by code with where its plan stands; five statements."""
    counted = AnnualPlan.objects.filter(fiscal_year=fiscal_year).annotate(
        product_count=Count("objectives__operational_objectives__products"),
        scheduled_count=Count(
            "objectives__operational_objectives__products",
            filter=Q(objectives__operational_objectives__products__annual_output__isnull=False),
        ),
    )
    plans = {plan.institution_id: plan for plan in counted}
    days, reminded = formulation_days(fiscal_year), reminders_of(fiscal_year)
    kept = versions_kept([plan.pk for plan in plans.values()])
    return tuple(
        overview(institution, plans.get(institution.pk), days, reminded, kept)
        for institution in Institution.objects.order_by("code")
    )


def overview(
    institution: Institution,
    plan: AnnualPlan | None,
    days: Mapping[str, date],
    reminded: Mapping[int, tuple[datetime, int]],
    kept: Mapping[int, datetime],
) -> PlanOverview:
    last, count = reminded.get(institution.pk, (None, 0))
    state = PlanState(plan.state) if plan else None
    waits = WAITS_FOR.get(state)
    counted = (getattr(plan, "product_count", 0), getattr(plan, "scheduled_count", 0))
    return PlanOverview(
        institution,
        plan.version if plan else None,
        *counted,
        state=state,
        due_on=days.get(waits) if waits else None,
        wrote_at=last_step(plan, kept.get(plan.pk)) if plan else None,
        reminded_at=last,
        reminders=count,
    )


def last_step(plan: AnnualPlan, kept: datetime | None) -> datetime | None:
    """The last moment the plan moved."""
    moments = (
        kept, plan.submitted_at, plan.approved_at, plan.accepted_at, plan.returned_at,
        plan.locked_at,
    )  # fmt: skip
    return max((moment for moment in moments if moment is not None), default=None)


def reminders_of(fiscal_year: int) -> dict[int, tuple[datetime, int]]:
    """When each institution was last reminded of the plan of a year, and how many times."""
    rows = PlanReminder.objects.filter(fiscal_year=fiscal_year).order_by()
    found = rows.values("institution_id").annotate(last=Max("sent_at"), times=Count("pk"))
    return {row["institution_id"]: (row["last"], row["times"]) for row in found}


def versions_kept(plan_ids: Collection[int]) -> dict[int, datetime]:
    rows = PlanVersion.objects.filter(plan__in=plan_ids).order_by().values("plan_id")
    return {row["plan_id"]: row["last"] for row in rows.annotate(last=Max("made_at"))}


def years_with_plans() -> tuple[int, ...]:
    """The fiscal years somebody loaded a plan for, newest first."""
    years = AnnualPlan.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return tuple(years.distinct())
