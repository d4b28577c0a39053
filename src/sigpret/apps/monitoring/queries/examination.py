"""The data of a quarter as the review examines them: what each was, is, and gives to think."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Greatest

from sigpret.apps.monitoring.models import EvidenceUse, Extension, ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.measures import (
    indicator_measures,
    product_measures,
    rows_of,
)
from sigpret.apps.monitoring.queries.witnesses import Testimony, testimonies
from sigpret.methodology.achievement import achieve
from sigpret.methodology.alerts import Alert
from sigpret.methodology.control_chart import Expected, expected_range
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period, PeriodKind, period_of_code
from sigpret.methodology.policy import Policy
from sigpret.methodology.scrutiny import (
    Check,
    Datum,
    Observation,
    checks_of,
    is_grave,
    signals_of,
)

# The same product in the plans of earlier years: same institution, same name, same unit. Its
# number says nothing, because every plan numbers again.
FORMER = """
SELECT product.id, target.period, target.planned, reported.value
FROM planning_product product
JOIN planning_operationalobjective operational
    ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
JOIN planning_annualplan plan ON plan.id = objective.plan_id
JOIN planning_annualplan older
    ON older.institution_id = plan.institution_id AND older.fiscal_year < plan.fiscal_year
JOIN planning_objective older_objective ON older_objective.plan_id = older.id
JOIN planning_operationalobjective older_operational
    ON older_operational.objective_id = older_objective.id
JOIN planning_product former ON former.operational_objective_id = older_operational.id
    AND former.name = product.name AND former.unit_of_measure_id = product.unit_of_measure_id
JOIN planning_producttarget target ON target.product_id = former.id
LEFT JOIN monitoring_reportedvalue reported ON reported.product_id = former.id
    AND reported.period = target.period AND reported.state = 'validated'
WHERE product.id = ANY(%(ids)s)
"""
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Examined:
    """A sent datum with its signals, the gravest first. `version` is the one they speak of."""

    value_id: int
    report_id: int
    version: int
    state: str
    datum: Datum
    signals: tuple[Alert, ...]
    testimonies: tuple[Testimony, ...] = ()

    @property
    def is_grave(self) -> bool:
        return is_grave(self.signals)

    def checks(self, policy: Policy) -> tuple[Check, ...]:
        return checks_of(self.datum, policy)

    def expected(self, policy: Policy) -> Expected | None:
        """The range its own history makes expect; None when that is too short."""
        return expected_range(self.datum.reported, policy)


def examined(
    *, period: Period, policy: Policy, report_id: int | None = None, only_waiting: bool = False
) -> tuple[Examined, ...]:
    """Every sent value of a quarter, or of one report, examined.

    Six statements whatever the number of values. Earlier quarters count as they were validated.
    """
    rows = sent_values(period, report_id, only_waiting=only_waiting)
    if not rows:
        return ()
    ids = [row["pk"] for row in rows]
    evidence, known = evidence_counts(ids), testimonies(ids)
    measures = measures_for(rows, period, is_one_report=report_id is not None)
    former = former_products([row["product_id"] for row in rows if row["product_id"]])
    found = []
    for row in rows:
        measure = measures.get((row["product_id"], row["indicator_id"]))
        if measure is not None:
            said = known.get(row["pk"], ())
            datum = datum_of(row, measure, period=period, policy=policy)
            datum = replace(
                datum,
                history=(*former.get(row["product_id"], ()), *datum.history),
                evidence=evidence.get(row["pk"], 0),
                contradiction=next((one.text for one in said if one.contradicts), ""),
            )
            found.append(examined_row(row, datum, said, policy))
    return tuple(found)


def sent_values(
    period: Period, report_id: int | None, *, only_waiting: bool
) -> list[dict[str, Any]]:
    """The values of the quarter that were sent, with the term each institution had."""
    granted = Extension.objects.filter(
        round=OuterRef("report__round"),
        institution=OuterRef("report__institution"),
        state=Extension.State.GRANTED,
    )
    states = [ReportState.SUBMITTED]
    if not only_waiting:
        states += [ReportState.VALIDATED, ReportState.RETURNED]
    found = ReportedValue.objects.filter(period=period.code, state__in=states, value__isnull=False)
    if report_id is not None:
        found = found.filter(report_id=report_id)
    term = Greatest(F("report__round__closes_at"), Subquery(granted.values("until")[:1]))
    return list(found.order_by("pk").values(*FIELDS, term=term))


FIELDS = (
    "pk", "report_id", "version", "state", "product_id", "indicator_id", "value", "observation",
    "reported_at", "report__institution_id",
)  # fmt: skip
Key = tuple[int | None, int | None]


def measures_for(
    rows: Collection[Mapping[str, Any]], period: Period, *, is_one_report: bool
) -> dict[Key, Measure]:
    """The measure of each value's subject, by (product, indicator); two statements."""
    place = next(iter(rows))["report__institution_id"] if is_one_report else None
    products = product_measures(until=period, institution_id=place)
    wanted = [row["indicator_id"] for row in rows if row["indicator_id"]]
    indicators = indicator_measures(until=period, indicator_ids=wanted)
    return {
        **{(known, None): measure for known, measure in products.items()},
        **{(None, known): measure for known, measure in indicators.items()},
    }


def former_products(product_ids: Collection[int]) -> dict[int | None, tuple[Observation, ...]]:
    """What the same products were in earlier years, oldest first, by the product of now."""
    found: dict[int | None, list[Observation]] = defaultdict(list)
    for product_id, code, planned, executed in rows_of(FORMER, {"ids": list(product_ids)}):
        found[product_id].append(Observation(period_of_code(code), planned, executed))
    return {key: tuple(sorted(series)) for key, series in found.items()}


def evidence_counts(value_ids: Collection[int]) -> dict[int, int]:
    """How many files each value shows; the withdrawn ones show nothing."""
    uses = EvidenceUse.objects.filter(value_id__in=value_ids, evidence__withdrawn_at__isnull=True)
    return dict(uses.values_list("value_id").annotate(Count("pk")).order_by())


def datum_of(row: Mapping[str, Any], measure: Measure, *, period: Period, policy: Policy) -> Datum:
    """The value beside its history and the achievement it makes."""
    written = replace(measure, executed={**measure.executed, period: row["value"]})
    return Datum(
        subject=str(row["pk"]),
        period=period,
        value=row["value"],
        planned=planned_in(measure, period),
        figure=achieve(written, as_of=period, policy=policy).to_date,
        sense=measure.sense,
        accumulation=measure.accumulation,
        history=tuple(history_of(measure, until=period)),
        hours_left=hours_between(row["reported_at"], row["term"]),
        is_corrected=bool(row["observation"]) and row["state"] == ReportState.SUBMITTED,
    )


def planned_in(measure: Measure, period: Period) -> Decimal | None:
    """What falls due in the quarter: its own target, or that of the period which ends in it."""
    ending = [one for one in measure.targets if period.first <= one.last <= period.last]
    return measure.targets[max(ending)] if ending else None


def history_of(measure: Measure, *, until: Period) -> Iterable[Observation]:
    """The earlier quarters that were programmed or reported, oldest first."""
    quarters = {
        one
        for one in (*measure.targets, *measure.executed)
        if one.kind is PeriodKind.QUARTER and one.last < until.first
    }
    for quarter in sorted(quarters):
        yield Observation(quarter, measure.targets.get(quarter), measure.executed.get(quarter))


def hours_between(written: datetime | None, term: datetime | None) -> Decimal | None:
    if written is None or term is None:
        return None
    return Decimal(int((term - written).total_seconds())) / SECONDS_PER_HOUR


def examined_row(
    row: Mapping[str, Any], datum: Datum, said: tuple[Testimony, ...], policy: Policy
) -> Examined:
    return Examined(
        value_id=row["pk"],
        report_id=row["report_id"],
        version=row["version"],
        state=row["state"],
        datum=datum,
        signals=signals_of(datum, policy),
        testimonies=said,
    )
