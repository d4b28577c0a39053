"""Storing what the methodology says of the validated values."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.monitoring.actions.deadlines import Hold, check_not_closed, held_round
from sigpret.apps.monitoring.models import GoalAchievement, IndicatorAchievement
from sigpret.apps.monitoring.queries.branch import Branch, branch_above
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    disagree,
    evaluate_country,
    nothing_received,
    nothing_to_collect,
    ratios_of,
)
from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import roll_up
from sigpret.methodology.values import plain

# One statement whatever the number of rows, because it stands between two people's clicks.
STORE = """
WITH indicators AS (
    INSERT INTO monitoring_indicatorachievement (indicator_id, period, period_value, to_date,
        annual, multi_year, planned, executed, status, explanation, policy_version)
    SELECT indicator_id, %(period)s, period_value, to_date, annual, multi_year, planned,
        executed, status, explanation, %(policy)s
    FROM jsonb_to_recordset(%(indicators)s) AS row (indicator_id bigint, period_value numeric,
        to_date numeric, annual numeric, multi_year numeric, planned numeric, executed numeric,
        status text, explanation jsonb)
    ON CONFLICT (indicator_id, period) DO UPDATE SET
        period_value = excluded.period_value, to_date = excluded.to_date,
        annual = excluded.annual, multi_year = excluded.multi_year,
        planned = excluded.planned, executed = excluded.executed,
        status = excluded.status, explanation = excluded.explanation,
        policy_version = excluded.policy_version
)
INSERT INTO monitoring_goalachievement (goal_id, period, own, own_status, contributed,
    contributed_status, is_inconsistent, explanation, policy_version)
SELECT goal_id, %(period)s, own, own_status, contributed, contributed_status, is_inconsistent,
    explanation, %(policy)s
FROM jsonb_to_recordset(%(goals)s) AS row (goal_id bigint, own numeric, own_status text,
    contributed numeric, contributed_status text, is_inconsistent boolean, explanation jsonb)
ON CONFLICT (goal_id, period) DO UPDATE SET
    own = excluded.own, own_status = excluded.own_status,
    contributed = excluded.contributed, contributed_status = excluded.contributed_status,
    is_inconsistent = excluded.is_inconsistent, explanation = excluded.explanation,
    policy_version = excluded.policy_version
"""
Row = dict[str, Any]


@transaction.atomic
def evaluate_period(
    *, period: Period, policy: Policy, actor: User | None = None, at: datetime
) -> int:
    """Evaluate the whole country at a quarter and store it; how many goals were evaluated.

    Raises RoundNotOpenError when the quarter was closed, or never opened.
    """
    evaluation = evaluate_open(period=period, policy=policy)
    record(
        actor=actor,
        action="monitoring.period_evaluated",
        subject_type="reporting_round",
        subject_id=period.code,
        payload={
            "period": period.code,
            "goals": len(evaluation.goals),
            "policy_version": policy.version,
            "at": at,
        },
    )
    return len(evaluation.goals)


@transaction.atomic
@nothing_to_collect()
def evaluate_open(*, period: Period, policy: Policy) -> CountryEvaluation:
    """Evaluate an open quarter and store it, holding its round from before the first read.

    Whoever decides in the meantime waits, so what they decide is never overwritten. What closed
    stays as it closed. Raises RoundNotOpenError.
    """
    check_not_closed(held_round(period, Hold.DECIDING))
    evaluation = evaluate_country(period=period, policy=policy)
    store_evaluation(evaluation)
    return evaluation


def store_evaluation(evaluation: CountryEvaluation) -> None:
    """Bring what is stored of a quarter to an evaluation made while its round was held.

    What says so already is not written again: when a quarter closes that is nearly all of it.
    """
    period, policy, goals = evaluation.period, evaluation.policy, evaluation.goals.values()
    indicators = [
        indicator_row(goal.indicator_id, goal.achievement)
        for goal in goals
        if goal.indicator_id is not None and goal.achievement is not None
    ]
    rows = [
        goal_row(goal.goal_id, goal.own, goal.contributed, is_inconsistent=goal.is_inconsistent)
        for goal in goals
    ]
    under = {"period": period.code, "policy_version": policy.version}
    store(
        period,
        policy,
        indicators=changed(
            indicators, IndicatorAchievement.objects.filter(**under), by="indicator_id"
        ),
        goals=changed(rows, GoalAchievement.objects.filter(**under), by="goal_id"),
    )


def changed(rows: Sequence[Row], found: QuerySet[Any], *, by: str) -> list[Row]:
    """The rows that are not stored so yet."""
    if not rows:
        return []
    stored = {row[by]: row for row in found.order_by().values(*rows[0])}
    return [row for row in rows if stored.get(row[by]) != row]


def reevaluate(*, period: Period, indicator_ids: Collection[int]) -> None:
    """Evaluate again some indicators, their goals and every goal above; nothing else.

    Goals beside them enter with what is stored. Before the first evaluation of a quarter
    nothing is, so then the whole country is evaluated.
    """
    policy = policy_for(period)
    branch = branch_above(indicator_ids=indicator_ids, period=period)
    if not branch.is_enough:
        store_evaluation(evaluate_country(period=period, policy=policy))
        return
    measures = indicator_measures(until=period, indicator_ids=indicator_ids)
    achievements = {
        indicator_id: achieve(measure, as_of=period, policy=policy)
        for indicator_id, measure in measures.items()
    }
    measured = {measures[known].id: figures.to_date for known, figures in achievements.items()}
    store(
        period,
        policy,
        indicators=[indicator_row(*item) for item in achievements.items()],
        goals=list(branch_rows(branch, measured, period, policy)),
    )


def branch_rows(
    branch: Branch, measured: Mapping[str, Figure], period: Period, policy: Policy
) -> Iterator[Row]:
    """The rows of a branch: what was measured again, and what each parent now receives."""
    own = {**branch.own, **measured}
    values = branch.values | {code: figure.value for code, figure in measured.items()}
    unchanged = {code: ratio for code, ratio in branch.ratios.items() if code not in measured}
    ratios = unchanged | ratios_of(measured, branch.units)
    received = roll_up(values, branch.links, policy, ratios, branch.reported)
    nothing = nothing_received(policy)
    for code, goal_id in branch.goals.items():
        contributed = received.get(code, nothing)
        yield goal_row(
            goal_id,
            own[code],
            contributed,
            is_inconsistent=disagree(code, period, own[code], contributed, policy),
        )


def indicator_row(indicator_id: int, achievement: Achievement) -> Row:
    to_date = achievement.to_date
    return {
        "indicator_id": indicator_id,
        "period_value": achievement.period.value,
        "to_date": to_date.value,
        "annual": achievement.annual.value,
        "multi_year": achievement.multi_year.value,
        "planned": to_date.planned,
        "executed": to_date.executed,
        "status": to_date.status,
        "explanation": to_date.explanation.to_json(),
    }


def goal_row(goal_id: int, own: Figure, contributed: Figure, *, is_inconsistent: bool) -> Row:
    return {
        "goal_id": goal_id,
        "own": own.value,
        "own_status": own.status,
        "contributed": contributed.value,
        "contributed_status": contributed.status,
        "is_inconsistent": is_inconsistent,
        "explanation": contributed.explanation.to_json(),
    }


def store(period: Period, policy: Policy, *, indicators: list[Row], goals: list[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            STORE,
            {
                "period": period.code,
                "policy": policy.version,
                "indicators": json.dumps(indicators, ensure_ascii=False, default=plain),
                "goals": json.dumps(goals, ensure_ascii=False, default=plain),
            },
        )
