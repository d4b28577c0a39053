"""The strategic plans of those who already plan next year: what their objectives answer to."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    StrategicObjective,
    StrategicPlan,
    StrategicResult,
    StrategicTarget,
)
from sigpret.apps.reference.models import UnitOfMeasure
from sigpret.demonstration.people import DIGER, SESAL
from sigpret.demonstration.quarters import TEGUCIGALPA

YEAR, FIRST, LAST = 2027, 2026, 2030
SENT = datetime(2026, 2, 16, 10, 30, tzinfo=TEGUCIGALPA)
APPROVED = datetime(2026, 2, 27, 9, 0, tzinfo=TEGUCIGALPA)
#: What is counted, by the code of its unit.
COUNTED = "150"
INDICATOR = "Instituciones que alcanzan el resultado (ficticio)"
#: What each year adds to the baseline.
BASELINE, STEP = Decimal(40), Decimal(9)
#: An objective of the year that nobody has linked yet: institution and number.
UNLINKED = {(SESAL, 2)}


def store_strategic_plans(planners: Mapping[str, User], heads: Mapping[str, User]) -> None:
    """One plan for each institution with a plan for next year, in force since February.

    DIGER's is being prepared: the last year of its last result has no target yet.
    """
    unit = UnitOfMeasure.objects.filter(code=COUNTED).first()
    for annual in AnnualPlan.objects.filter(fiscal_year=YEAR).select_related("institution"):
        code = annual.institution.code
        plan = StrategicPlan(
            institution=annual.institution,
            first_year=FIRST,
            last_year=LAST,
            mission=annual.mission,
            vision=annual.vision,
        )
        if code != DIGER:
            plan.submitted_by, plan.submitted_at = planners[code], SENT
            plan.approved_by, plan.approved_at = heads[code], APPROVED
        plan.save()
        results = list(pursued(annual, plan, unit))
        StrategicResult.objects.bulk_create(results)
        StrategicTarget.objects.bulk_create(targets_of(results, is_short=code == DIGER))
        answer(annual, plan)


def pursued(
    annual: AnnualPlan, plan: StrategicPlan, unit: UnitOfMeasure | None
) -> Iterator[StrategicResult]:
    """What the year pursues is what the longer plan does, each result with its indicator."""
    for row in annual.objectives.prefetch_related("results"):
        objective = StrategicObjective.objects.create(plan=plan, number=row.number, text=row.text)
        for result in row.results.all():
            yield StrategicResult(
                objective=objective,
                number=result.number,
                text=result.text,
                assumption=result.assumption,
                target_population=result.target_population,
                indicator=INDICATOR,
                unit_of_measure=unit,
                baseline=BASELINE + row.number,
                baseline_year=FIRST - 1,
            )


def targets_of(results: list[StrategicResult], *, is_short: bool) -> Iterator[StrategicTarget]:
    for result in results:
        last = LAST - 1 if is_short and result is results[-1] else LAST
        for year in range(FIRST, last + 1):
            planned = (result.baseline or BASELINE) + STEP * (year - FIRST + 1)
            yield StrategicTarget(result=result, fiscal_year=year, planned=planned)


def answer(annual: AnnualPlan, plan: StrategicPlan) -> None:
    """The objectives of the plan's years answer to those of the same number."""
    pursued_by = {row.number: row for row in plan.objectives.all()}
    years = Objective.objects.filter(
        plan__institution=annual.institution, plan__fiscal_year__range=(FIRST, LAST)
    )
    changed = [
        row
        for row in years
        if row.number in pursued_by and (annual.institution.code, row.number) not in UNLINKED
    ]
    for row in changed:
        row.strategic_objective = pursued_by[row.number]
    Objective.objects.bulk_update(changed, ["strategic_objective"])
