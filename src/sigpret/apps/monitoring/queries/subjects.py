"""What an institution reports in a year: its products, and the indicators it answers for."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.queries.measures import indicator_measures, product_measures
from sigpret.apps.monitoring.queries.sheet import SubjectKind
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Indicator
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class Subject:
    """A product or an indicator as a row of the sheet. `annual` is the year's output as printed.

    `is_programmed`: the quarter has programming of it, even of zero. Whether that must be
    reported is for the methodology to say.
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
    is_programmed: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.id


def subjects_of(institution: Institution, period: Period) -> list[Subject]:
    """Everything an institution reports in a year, products first, as the plan prints them."""
    return [*products_of(institution, period), *indicators_of(institution, period)]


def products_of(institution: Institution, period: Period) -> Iterator[Subject]:
    """The products of the year's plan; two statements."""
    measures = product_measures(until=period, institution_id=institution.pk)
    rows = plan_products(period.year).filter(**{f"{PLAN}__institution": institution})
    for row in rows.order_by(f"{OBJECTIVE}__number", f"{OPERATIONAL}__number", "number").values(
        "pk", "number", "name", "annual_output", *PRINTED.values()
    ):
        objective, operational = row[PRINTED["objective"]], row[PRINTED["operational"]]
        measure = measures[row["pk"]]
        planned = measure.targets.get(period)
        heading = f"{objective}" if operational == 1 else f"{objective}.{operational}"
        yield Subject(
            kind=SubjectKind.PRODUCT,
            id=row["pk"],
            code=f"{objective}.{row['number']}",
            name=row["name"],
            unit=row[PRINTED["unit"]],
            periodicity=row[PRINTED["periodicity"]],
            group=(heading, row[PRINTED["text"]]),
            annual=row["annual_output"],
            planned=planned,
            measure=measure,
            is_programmed=planned is not None,
        )


OPERATIONAL = "operational_objective"
OBJECTIVE = f"{OPERATIONAL}__objective"
PLAN = f"{OBJECTIVE}__plan"
PRINTED = {
    "unit": "unit_of_measure__name",
    "periodicity": "periodicity__name",
    "objective": f"{OBJECTIVE}__number",
    "operational": f"{OPERATIONAL}__number",
    "text": f"{OPERATIONAL}__text",
}


def plan_products(year: int) -> QuerySet[Product]:
    """The products of every plan of a year."""
    return Product.objects.filter(**{f"{PLAN}__fiscal_year": year})


def indicators_of(institution: Institution, period: Period) -> Iterator[Subject]:
    """The indicators the institution answers for, by the code of their goal; two statements."""
    rows = list(
        Indicator.objects.filter(responsible=institution)
        .order_by("goal__code")
        .values_list("pk", "goal__code", "goal__text", "unit")
    )
    measures = indicator_measures(until=period, indicator_ids=[row[0] for row in rows])
    for indicator_id, code, text, unit in rows:
        targets = measures[indicator_id].targets
        ending = [one for one in targets if period.first <= one.last <= period.last]
        yield Subject(
            kind=SubjectKind.INDICATOR,
            id=indicator_id,
            code=code,
            name=text,
            unit=unit,
            periodicity="",
            group=("", ""),
            annual=targets.get(period.year_period),
            planned=targets[max(ending)] if ending else None,
            measure=measures[indicator_id],
            is_programmed=bool(ending),
        )
