"""When something falls due: in the quarter its programmed period ends in."""

from django.db import connection

from sigpret.methodology.periods import Period, PeriodKind

DUE_KINDS = (PeriodKind.QUARTER, PeriodKind.SEMESTER, PeriodKind.YEAR)

# One row per institution and state of what is due; 'missing' when nobody wrote it.
DUE_BY_STATE = """
SELECT institution_id, state, count(*) FROM (
    SELECT plan.institution_id, coalesce(value.state, 'missing') AS state
    FROM planning_producttarget target
    JOIN planning_product product ON product.id = target.product_id
    JOIN planning_operationalobjective operational
        ON operational.id = product.operational_objective_id
    JOIN planning_objective objective ON objective.id = operational.objective_id
    JOIN planning_annualplan plan ON plan.id = objective.plan_id
    LEFT JOIN monitoring_reportedvalue value
        ON value.product_id = product.id AND value.period = target.period
    WHERE target.period = %(period)s AND target.planned > 0
    UNION ALL
    SELECT indicator.responsible_id, coalesce(value.state, 'missing')
    FROM results_indicator indicator
    LEFT JOIN monitoring_reportedvalue value
        ON value.indicator_id = indicator.id AND value.period = %(period)s
    WHERE EXISTS (SELECT FROM results_indicatortarget target
        WHERE target.indicator_id = indicator.id AND target.period = ANY(%(codes)s))
) due GROUP BY institution_id, state
"""


def due_codes(quarter: Period) -> list[str]:
    """The codes of the periods that end with a quarter: `2026-Q2`, `2026-S1`."""
    periods = [
        Period.of(quarter.year, kind, number)
        for kind in DUE_KINDS
        for number in range(1, 12 // kind.months + 1)
    ]
    return [period.code for period in periods if period.last == quarter.last]


def due_by_state(period: Period) -> dict[tuple[int, str], int]:
    """How many due values stand in each state, by institution id and state."""
    with connection.cursor() as cursor:
        cursor.execute(DUE_BY_STATE, {"period": period.code, "codes": due_codes(period)})
        return {(institution, state): count for institution, state, count in cursor.fetchall()}
