"""What falls due in a quarter, and how far each institution is with it: the methodology decides."""

from collections import Counter
from decimal import Decimal

from django.db import connection

from sigpret.methodology.achievement import due_in
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure, Sense
from sigpret.methodology.periods import Period

# Institution, state ('missing' when nobody wrote it) and how many, beside all that decides
# whether they are due: the year's programming, as `2026-Q1 1 2026-Q2 0`, where 0 is a zero. A
# country has many subjects and few such shapes.
DUE_BY_STATE = """
SELECT institution_id, state, count(*), programmed, sense, across_years, has_baseline FROM (
    SELECT plan.institution_id, coalesce(value.state, 'missing') AS state, asked.programmed,
        'ascending' AS sense, 'flujo' AS across_years, false AS has_baseline
    FROM (
        SELECT product_id, string_agg(period || CASE WHEN planned = 0 THEN ' 0' ELSE ' 1' END,
            ' ' ORDER BY period) AS programmed
        FROM planning_producttarget WHERE left(period, 4) = %(year)s GROUP BY product_id) asked
    JOIN planning_product product ON product.id = asked.product_id
    JOIN planning_operationalobjective operational
        ON operational.id = product.operational_objective_id
    JOIN planning_objective objective ON objective.id = operational.objective_id
    JOIN planning_annualplan plan ON plan.id = objective.plan_id
    LEFT JOIN monitoring_reportedvalue value
        ON value.product_id = product.id AND value.period = %(period)s
    UNION ALL
    SELECT indicator.responsible_id, coalesce(value.state, 'missing'), asked.programmed,
        indicator.sense, indicator.across_years, indicator.baseline IS NOT NULL
    FROM (
        SELECT indicator_id, string_agg(period || CASE WHEN planned = 0 THEN ' 0' ELSE ' 1' END,
            ' ' ORDER BY period) AS programmed
        FROM results_indicatortarget WHERE left(period, 4) = %(year)s GROUP BY indicator_id) asked
    JOIN results_indicator indicator ON indicator.id = asked.indicator_id
    LEFT JOIN monitoring_reportedvalue value
        ON value.indicator_id = indicator.id AND value.period = %(period)s
) subject GROUP BY institution_id, state, programmed, sense, across_years, has_baseline
"""
Shape = tuple[str, str, str, bool]


def due_by_state(period: Period) -> dict[tuple[int, str], int]:
    """How many due values stand in each state, by institution id and state; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DUE_BY_STATE, {"period": period.code, "year": f"{period.year:04d}"})
        rows = cursor.fetchall()
    is_due: dict[Shape, bool] = {}
    counts: Counter[tuple[int, str]] = Counter()
    for institution, state, count, *parts in rows:
        shape = (parts[0], parts[1], parts[2], parts[3])
        if shape not in is_due:
            is_due[shape] = due_in(measure_like(shape), period)
        if is_due[shape]:
            counts[institution, state] += count
    return dict(counts)


def measure_like(shape: Shape) -> Measure:
    """A measure due just when those of a shape are: how much was programmed does not matter."""
    programmed, sense, across_years, has_baseline = shape
    words = programmed.split()
    return Measure(
        id="",
        accumulation=Accumulation.SUM,
        kind=AcrossYears(across_years),
        sense=Sense(sense),
        baseline=Decimal(1) if has_baseline else None,
        tolerance=None,
        targets={
            Period.parse(code): Decimal(is_some)
            for code, is_some in zip(words[::2], words[1::2], strict=True)
        },
        executed={},
    )
