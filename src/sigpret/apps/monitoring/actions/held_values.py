"""Values held for a decision: one statement locks the round, then their reports, then them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from sigpret.apps.monitoring.actions.deadlines import EXTENDED, Hold
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.workflow import LEAST_ADVANCED

# The rounds come first because everybody takes them first, in this order: no two people can wait
# for each other. Those open after them are held too: their totals include what is decided here.
HELD_VALUES = f"""
WITH mine AS (
    SELECT DISTINCT own.id, own.period FROM monitoring_reportedvalue value
    JOIN monitoring_progressreport report ON report.id = value.report_id
    JOIN monitoring_reportinground own ON own.id = report.round_id
    WHERE value.id = ANY(%s)
), held AS MATERIALIZED (
    SELECT * FROM monitoring_reportinground
    WHERE id IN (SELECT id FROM mine)
    OR (state = 'open' AND period > (SELECT min(period) FROM mine))
    ORDER BY id {Hold.DECIDING}
)
SELECT value.id, value.report_id, report.institution_id, value.reported_by_id,
    value.product_id, value.indicator_id, value.value, value.state, value.version,
    value.observation, ARRAY(
        SELECT later.period FROM held later
        WHERE later.state = 'open' AND later.period > held.period AND EXISTS (
            SELECT FROM monitoring_goalachievement stored WHERE stored.period = later.period)
        ORDER BY later.period),
    held.id, held.period, held.state, held.closes_at, held.closed_at,
    {EXTENDED.format(institution="report.institution_id")}
FROM monitoring_reportedvalue value
JOIN monitoring_progressreport report ON report.id = value.report_id
JOIN held ON held.id = report.round_id
WHERE value.id = ANY(%s)
ORDER BY report.id, value.id
FOR UPDATE OF report, value
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A reported value nobody else can change until the transaction ends.

    `later` are the quarters after its own that are open and were evaluated: it counts there too.
    """

    id: int
    report_id: int
    institution_id: int
    reported_by_id: int | None
    product_id: int | None
    indicator_id: int | None
    value: Decimal | None
    state: str
    version: int
    observation: str
    later: list[str]
    round: ReportingRound


def held_values(value_ids: Collection[int]) -> list[HeldValue]:
    """The values, held; fewer than were asked for when some do not exist."""
    ids = sorted(set(value_ids))
    with connection.cursor() as cursor:
        cursor.execute(HELD_VALUES, [ids, ids])
        return [held_value(row) for row in cursor.fetchall()]


def held_value(row: Sequence[Any]) -> HeldValue:
    *fields, round_id, period, state, closes_at, closed_at, extended_until = row
    held = ReportingRound(
        id=round_id, period=period, state=state, closes_at=closes_at, closed_at=closed_at
    )
    held.extended_until = extended_until
    return HeldValue(*[*fields, held])


# One statement sees the values as they were before it, so those decided here count with their
# new state. A report is as far as its least advanced value: the order is the workflow's.
DECIDE = """
WITH decided AS (
    UPDATE monitoring_reportedvalue SET state = %(state)s, observation = %(observation)s,
        decided_by_id = %(actor)s, decided_at = %(at)s, version = version + 1,
        decided_version = version + 1
    WHERE id = ANY(%(ids)s)
    RETURNING report_id
)
UPDATE monitoring_progressreport report
SET version = report.version + 1, state = (%(order)s::text[])[least(
    array_position(%(order)s::text[], %(state)s),
    (SELECT min(array_position(%(order)s::text[], value.state::text))
    FROM monitoring_reportedvalue value
    WHERE value.report_id = report.id AND value.id <> ALL(%(ids)s)
    AND NOT (value.state = 'draft' AND value.value IS NULL AND NOT value.has_no_denominator)))]
WHERE report.id IN (SELECT report_id FROM decided)
RETURNING report.id, report.state
"""


def decide(
    values: Sequence[HeldValue], state: str, *, actor_id: int, at: datetime, observation: str
) -> dict[int, str]:
    """Write a decision in values that are held; the states their reports have now, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            DECIDE,
            {
                "state": str(state),
                "observation": observation,
                "actor": actor_id,
                "at": at,
                "ids": [value.id for value in values],
                "order": [str(one) for one in LEAST_ADVANCED],
            },
        )
        return dict(cursor.fetchall())
