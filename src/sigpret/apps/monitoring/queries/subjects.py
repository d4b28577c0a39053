"""What an institution reports: its products and the indicators it answers for, with their series.

One statement each; a row carries its programmed and its counted quantities by period.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.due import due_codes
from sigpret.apps.monitoring.queries.sheet import SubjectKind
from sigpret.apps.planning.models import Product, ProductTarget
from sigpret.apps.results.models import Indicator, IndicatorTarget
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense
from sigpret.methodology.periods import Period, period_of_code


@dataclass(frozen=True, slots=True)
class Subject:
    """A product or an indicator as a row of the sheet. `annual` is the year's output as printed.

    `is_due`: the quarter has programming of it, even of zero.
    """

    kind: SubjectKind
    id: int
    code: str
    name: str
    unit: str
    periodicity: str
    group: tuple[str, str]
    annual: Decimal | None
    planned: Decimal | None
    measure: Measure
    is_due: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.id


def subjects_of(institution: Institution, period: Period) -> list[Subject]:
    """Everything an institution reports in a year, products first, as the plan prints them."""
    return [*products_of(institution, period), *indicators_of(institution, period)]


def products_of(institution: Institution, period: Period) -> Iterator[Subject]:
    rows = plan_products(period.year).filter(**{f"{PLAN}__institution": institution})
    ordered = rows.order_by(
        "operational_objective__objective__number", "operational_objective__number", "number"
    )
    for row in with_series(ordered, "product", ProductTarget, period).values_list(
        "pk",
        *SERIES,
        "number",
        "name",
        "unit_of_measure__name",
        "periodicity__name",
        "annual_output",
        "operational_objective__objective__number",
        "operational_objective__number",
        "operational_objective__text",
    ):
        number, name, unit, periodicity, annual, objective, operational, text = row[5:]
        measure = product_measure(row[:5])
        planned = measure.targets.get(period)
        heading = f"{objective}" if operational == 1 else f"{objective}.{operational}"
        yield Subject(
            kind=SubjectKind.PRODUCT,
            id=row[0],
            code=f"{objective}.{number}",
            name=name,
            unit=unit,
            periodicity=periodicity,
            group=(heading, text),
            annual=annual,
            planned=planned,
            measure=measure,
            is_due=planned is not None,
        )


def indicators_of(institution: Institution, period: Period) -> Iterator[Subject]:
    rows = Indicator.objects.filter(responsible=institution).order_by("goal__code")
    due = [Period.parse(code) for code in due_codes(period)]
    for row in with_series(rows, "indicator", IndicatorTarget, period).values_list(
        *INDICATOR_FIELDS, *SERIES, "goal__text", "unit"
    ):
        text, unit = row[-2:]
        measure = indicator_measure(row[:-2])
        planned = [measure.targets[one] for one in due if one in measure.targets]
        yield Subject(
            kind=SubjectKind.INDICATOR,
            id=row[0],
            code=measure.id,
            name=text,
            unit=unit,
            periodicity="",
            group=("", ""),
            annual=measure.targets.get(period.year_period),
            planned=planned[0] if planned else None,
            measure=measure,
            is_due=bool(planned),
        )


# Written out because it is asked at every validation, where composing it would take longer
# than answering it.
INDICATOR_SERIES = """
SELECT indicator.id, accumulation, across_years, sense, baseline, tolerance, goal.code,
    ARRAY(SELECT period FROM results_indicatortarget target
        WHERE target.indicator_id = indicator.id ORDER BY period),
    ARRAY(SELECT planned FROM results_indicatortarget target
        WHERE target.indicator_id = indicator.id ORDER BY period),
    ARRAY(SELECT period FROM monitoring_reportedvalue value
        WHERE value.indicator_id = indicator.id AND value.state = 'validated'
        AND value.period <= %(until)s ORDER BY period),
    ARRAY(SELECT value FROM monitoring_reportedvalue value
        WHERE value.indicator_id = indicator.id AND value.state = 'validated'
        AND value.period <= %(until)s ORDER BY period)
FROM results_indicator indicator JOIN results_goal goal ON goal.id = indicator.goal_id
WHERE %(all)s OR indicator.id = ANY(%(ids)s)
"""


def indicator_measures(
    *, until: Period, indicator_ids: Collection[int] | None = None
) -> dict[int, Measure]:
    """The measures of indicators by id, with what was validated up to a quarter; all by default.

    One statement. Only validated values count; a zero is a value.
    """
    asked: dict[str, Any] = {
        "until": until.code,
        "all": indicator_ids is None,
        "ids": [] if indicator_ids is None else [*indicator_ids],
    }
    with connection.cursor() as cursor:
        cursor.execute(INDICATOR_SERIES, asked)
        return {row[0]: indicator_measure(row) for row in cursor.fetchall()}


def product_measures(*, until: Period, institution_id: int | None = None) -> dict[int, Measure]:
    """The measures of the products of a year's plans by id; of one institution, or all."""
    rows = plan_products(until.year)
    if institution_id is not None:
        rows = rows.filter(**{f"{PLAN}__institution": institution_id})
    return {
        row[0]: product_measure(row)
        for row in with_series(rows.order_by(), "product", ProductTarget, until).values_list(
            "pk", *SERIES
        )
    }


PLAN = "operational_objective__objective__plan"
INDICATOR_FIELDS = (
    "pk",
    "accumulation",
    "across_years",
    "sense",
    "baseline",
    "tolerance",
    "goal__code",
)
SERIES = ("planned_periods", "planned_values", "executed_periods", "executed_values")


def plan_products(year: int) -> QuerySet[Product]:
    return Product.objects.filter(**{f"{PLAN}__fiscal_year": year})


def with_series(rows: QuerySet[Any], subject: str, targets: Any, until: Period) -> QuerySet[Any]:
    """The rows with four arrays: what was programmed when, and what was validated when."""
    own = {subject: OuterRef("pk")}
    planned = targets.objects.filter(**own).order_by("period")
    counted = ReportedValue.objects.filter(
        **own, state=ReportState.VALIDATED, period__lte=until.code
    ).order_by("period")
    found: QuerySet[Any] = rows.annotate(
        planned_periods=ArraySubquery(planned.values("period")),
        planned_values=ArraySubquery(planned.values("planned")),
        executed_periods=ArraySubquery(counted.values("period")),
        executed_values=ArraySubquery(counted.values("value")),
    )
    return found


def indicator_measure(row: tuple[Any, ...]) -> Measure:
    _pk, accumulation, across_years, sense, baseline, tolerance, code, *series = row
    return Measure(
        id=code,
        accumulation=Accumulation(accumulation),
        kind=AcrossYears(across_years),
        sense=Sense(sense),
        baseline=baseline,
        tolerance=tolerance,
        targets=by_period(series[0], series[1]),
        executed=by_period(series[2], series[3]),
    )


def product_measure(row: tuple[Any, ...]) -> Measure:
    """A product is counted: its quarters add up to the year's output."""
    pk, *series = row
    return Measure(
        id=str(pk),
        accumulation=Accumulation.SUM,
        kind=AcrossYears.FLOW,
        sense=Sense.ASCENDING,
        baseline=None,
        tolerance=None,
        targets=by_period(series[0], series[1]),
        executed=by_period(series[2], series[3]),
    )


def by_period(codes: list[str], values: list[Decimal]) -> dict[Period, Decimal]:
    return dict(zip(map(period_of_code, codes), values, strict=True))
