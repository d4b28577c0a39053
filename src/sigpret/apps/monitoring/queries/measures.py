"""Indicators and products as measures: what was programmed, and what was validated of it.

The statements are written out because they are asked at every validation, where composing them
would take longer than answering them. Each table is read once, whether one indicator is wanted
or the whole country; a series' periods come as one text, which most of a country shares and is
read only once. Only validated values count; a zero is a value. A computed indicator brings the
amounts of its variables, so that its quarters are pooled.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from sigpret.methodology.computed import Computed, VariableRule
from sigpret.methodology.formula import FormulaError, Gathering, parse
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense, Thresholds
from sigpret.methodology.periods import Period, period_of_code

INDICATORS = """
SELECT indicator.id, goal.code, accumulation, across_years, sense, baseline, tolerance,
    planned.periods, planned.quantities, executed.periods, executed.quantities,
    on_track_from, at_risk_from,
    CASE WHEN value_source = 'formula' THEN formula END,
    CASE WHEN value_source = 'formula' THEN (
        SELECT array_agg(ARRAY[variable.name, variable.label, variable.unit,
            variable.accumulation, value.period, amount.amount::text]
            ORDER BY variable.position, variable.id)
        FROM results_indicatorvariable variable
        LEFT JOIN (monitoring_variableamount amount
            JOIN monitoring_reportedvalue value ON value.id = amount.value_id
            AND value.state = 'validated' AND value.period <= %(until)s)
            ON amount.variable_id = variable.id
        WHERE variable.indicator_id = indicator.id) END
FROM results_indicator indicator
JOIN results_goal goal ON goal.id = indicator.goal_id
LEFT JOIN (
    SELECT indicator_id, string_agg(period, ' ') AS periods, array_agg(planned) AS quantities
    FROM results_indicatortarget
    WHERE %(all)s OR indicator_id = ANY(%(ids)s)
    GROUP BY indicator_id) planned ON planned.indicator_id = indicator.id
LEFT JOIN (
    SELECT indicator_id, string_agg(period, ' ') AS periods, array_agg(value) AS quantities
    FROM monitoring_reportedvalue
    WHERE (%(all)s OR indicator_id = ANY(%(ids)s)) AND indicator_id IS NOT NULL
    AND state = 'validated' AND period <= %(until)s
    GROUP BY indicator_id) executed ON executed.indicator_id = indicator.id
WHERE %(all)s OR indicator.id = ANY(%(ids)s)
"""
PRODUCTS = """
SELECT product.id, planned.periods, planned.quantities, executed.periods, executed.quantities,
    product.accumulation
FROM planning_product product
JOIN planning_operationalobjective operational
    ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
JOIN planning_annualplan plan ON plan.id = objective.plan_id
LEFT JOIN LATERAL (
    SELECT string_agg(period, ' ') AS periods, array_agg(planned) AS quantities
    FROM planning_producttarget WHERE product_id = product.id) planned ON true
LEFT JOIN LATERAL (
    SELECT string_agg(period, ' ') AS periods, array_agg(value) AS quantities
    FROM monitoring_reportedvalue
    WHERE product_id = product.id AND state = 'validated' AND period <= %(until)s
    ) executed ON true
WHERE plan.fiscal_year = %(year)s AND (%(all)s OR plan.institution_id = %(institution)s)
AND (%(any)s OR product.id = ANY(%(ids)s))
"""


def indicator_measures(
    *, until: Period, indicator_ids: Collection[int] | None = None
) -> dict[int, Measure]:
    """The measures of indicators by id, up to a quarter; all of them by default.

    A measure is known by its goal's code. One statement.
    """
    asked = {
        "until": until.code,
        "all": indicator_ids is None,
        "ids": [*(indicator_ids or ())],
    }
    return {row[0]: indicator_measure(row) for row in rows_of(INDICATORS, asked)}


def product_measures(
    *,
    until: Period,
    institution_id: int | None = None,
    product_ids: Collection[int] | None = None,
) -> dict[int, Measure]:
    """The measures of the products of a year's plans by id; of one institution, of some
    products, or of all."""
    asked = {
        "until": until.code,
        "year": until.year,
        "all": institution_id is None,
        "institution": institution_id,
        "any": product_ids is None,
        "ids": [*(product_ids or ())],
    }
    return {row[0]: product_measure(row) for row in rows_of(PRODUCTS, asked)}


def rows_of(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


# A lookup by value costs a fraction of what the enumerations' own constructors do.
ACCUMULATIONS = {str(rule): rule for rule in Accumulation}
ACROSS_YEARS = {str(kind): kind for kind in AcrossYears}
SENSES = {str(sense): sense for sense in Sense}


def indicator_measure(row: Sequence[Any]) -> Measure:
    return Measure(
        row[1],
        ACCUMULATIONS[row[2]],
        ACROSS_YEARS[row[3]],
        SENSES[row[4]],
        row[5],
        row[6],
        series_of(row[7], row[8]),
        series_of(row[9], row[10]),
        computed_from(row[13], row[14]) if row[13] else None,
        Thresholds(row[11], row[12]) if row[11] is not None and row[12] is not None else None,
    )


def computed_from(text: str, rows: Iterable[Sequence[str | None]] | None) -> Computed | None:
    """The variables of a computed indicator; None when its formula cannot be read, so that what
    was reported is accumulated as that of any other. Rows: name, label, unit, accumulation,
    period and amount of every validated amount, without the last two where there is none."""
    try:
        formula = parse(text)
    except FormulaError:
        return None
    rules: dict[str, VariableRule] = {}
    amounts: dict[Period, dict[str, Decimal]] = {}
    for name, label, unit, accumulation, period, amount in rows or ():
        rules[name or ""] = VariableRule(
            name or "", label or "", unit or "", Gathering(accumulation or "")
        )
        if period is not None and amount is not None:
            amounts.setdefault(period_of_code(period), {})[name or ""] = Decimal(amount)
    return Computed(formula, tuple(rules.values()), amounts)


def product_measure(row: Sequence[Any]) -> Measure:
    """A product is counted; how its quarters make the year, its plan says."""
    return Measure(
        id=str(row[0]),
        accumulation=ACCUMULATIONS[row[5]],
        kind=AcrossYears.FLOW,
        sense=Sense.ASCENDING,
        baseline=None,
        tolerance=None,
        targets=series_of(row[1], row[2]),
        executed=series_of(row[3], row[4]),
    )


def series_of(periods: str | None, quantities: Iterable[Decimal] | None) -> dict[Period, Decimal]:
    """A series out of its periods' codes, separated by spaces, and as many quantities."""
    return dict(zip(periods_of(periods or ""), quantities or (), strict=True))


@lru_cache(maxsize=4096)
def periods_of(codes: str) -> tuple[Period, ...]:
    return tuple(map(period_of_code, codes.split()))
