"""The strategic plans of institutions as they are read on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    StrategicObjective,
    StrategicPlan,
    StrategicResult,
)

PREPARING, SENT, APPROVED = "preparing", "sent", "approved"


@dataclass(frozen=True, slots=True)
class StrategicResultSheet:
    """A result; what nobody wrote is "" or None. `targets` are one for each year of the plan."""

    id: int
    place: str
    text: str
    assumption: str
    population: str
    indicator: str
    unit: str
    baseline: Decimal | None
    baseline_year: int | None
    targets: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class StrategicObjectiveSheet:
    """An objective; `annual` are the objectives of annual plans that answer to it, `2027.1`."""

    id: int
    number: int
    text: str
    results: tuple[StrategicResultSheet, ...]
    annual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrategicSheet:
    """A strategic plan whole. `state` is preparing, sent or approved."""

    id: int
    first_year: int
    last_year: int
    mission: str
    vision: str
    state: str
    version: int
    submitted_by_id: int | None
    submitted_by: str
    submitted_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    return_reason: str
    objectives: tuple[StrategicObjectiveSheet, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def results(self) -> tuple[StrategicResultSheet, ...]:
        return tuple(result for objective in self.objectives for result in objective.results)


@dataclass(frozen=True, slots=True)
class StrategicOverview:
    """An institution and its latest strategic plan; no years: it has none."""

    institution: Institution
    first_year: int | None
    last_year: int | None
    state: str
    objectives: int


@dataclass(frozen=True, slots=True)
class AnnualObjective:
    """An objective of an annual plan and the objective of the PEI it answers to."""

    id: int
    number: int
    text: str
    strategic_id: int | None


def state_of(plan: StrategicPlan) -> str:
    if plan.approved_at is not None:
        return APPROVED
    return PREPARING if plan.submitted_at is None else SENT


def periods_of(institution_id: int) -> tuple[tuple[int, int], ...]:
    """First and last year of every strategic plan of the institution, the latest first."""
    plans = StrategicPlan.objects.filter(institution=institution_id).order_by("-first_year")
    return tuple(plans.values_list("first_year", "last_year"))


def strategic_sheet(institution_id: int, first_year: int) -> StrategicSheet | None:
    """The plan that begins that year; None without one. Five statements."""
    plan = (
        StrategicPlan.objects.filter(institution=institution_id, first_year=first_year)
        .select_related("submitted_by", "approved_by")
        .first()
    )
    if plan is None:
        return None
    rows = plan.objectives.prefetch_related(
        "results__targets",
        "results__unit_of_measure",
        "results__target_population",
        "annual_objectives__plan",
    )
    return StrategicSheet(
        id=plan.pk,
        first_year=plan.first_year,
        last_year=plan.last_year,
        mission=plan.mission,
        vision=plan.vision,
        state=state_of(plan),
        version=plan.version,
        submitted_by_id=plan.submitted_by_id,
        submitted_by=str(plan.submitted_by or ""),
        submitted_at=plan.submitted_at,
        approved_by=str(plan.approved_by or ""),
        approved_at=plan.approved_at,
        return_reason=plan.return_reason,
        objectives=tuple(_objective(row, plan) for row in rows),
    )


def _objective(row: StrategicObjective, plan: StrategicPlan) -> StrategicObjectiveSheet:
    annual = sorted((one.plan.fiscal_year, one.number) for one in row.annual_objectives.all())
    return StrategicObjectiveSheet(
        row.pk,
        row.number,
        row.text,
        tuple(_result(result, row, plan) for result in row.results.all()),
        tuple(f"{year}.{number}" for year, number in annual),
    )


def _result(
    row: StrategicResult, objective: StrategicObjective, plan: StrategicPlan
) -> StrategicResultSheet:
    planned = {target.fiscal_year: target.planned for target in row.targets.all()}
    return StrategicResultSheet(
        id=row.pk,
        place=f"{objective.number}.{row.number}",
        text=row.text,
        assumption=row.assumption,
        population=row.target_population.name if row.target_population else "",
        indicator=row.indicator,
        unit=row.unit_of_measure.name if row.unit_of_measure else "",
        baseline=row.baseline,
        baseline_year=row.baseline_year,
        targets=tuple(planned.get(year) for year in range(plan.first_year, plan.last_year + 1)),
    )


def strategic_states() -> tuple[StrategicOverview, ...]:
    """Every institution by code with its latest strategic plan; three statements."""
    latest: dict[int, StrategicPlan] = {}
    for plan in StrategicPlan.objects.order_by("first_year").prefetch_related("objectives"):
        latest[plan.institution_id] = plan
    return tuple(
        _overview(place, latest.get(place.pk)) for place in Institution.objects.order_by("code")
    )


def _overview(place: Institution, plan: StrategicPlan | None) -> StrategicOverview:
    if plan is None:
        return StrategicOverview(place, None, None, "", 0)
    return StrategicOverview(
        place, plan.first_year, plan.last_year, state_of(plan), len(plan.objectives.all())
    )


def annual_plan_id(institution_id: int, fiscal_year: int) -> int | None:
    """The annual plan of a year; None while there is none."""
    plans = AnnualPlan.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    return plans.values_list("pk", flat=True).first()


def annual_objectives(plan_id: int) -> tuple[AnnualObjective, ...]:
    """The objectives of an annual plan in its order."""
    rows = Objective.objects.filter(plan=plan_id).order_by("number")
    found = rows.values_list("pk", "number", "text", "strategic_objective_id")
    return tuple(AnnualObjective(*row) for row in found)


def strategic_choices(institution_id: int, fiscal_year: int) -> Mapping[int, str]:
    """The objectives of the PEI that covers a year, as people name them, by id."""
    rows = StrategicObjective.objects.filter(
        plan__institution=institution_id,
        plan__first_year__lte=fiscal_year,
        plan__last_year__gte=fiscal_year,
    ).order_by("number")
    return {pk: f"{number} {text}" for pk, number, text in rows.values_list("pk", "number", "text")}
