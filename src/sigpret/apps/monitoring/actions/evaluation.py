"""Storing what the methodology says of the validated values."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.monitoring.queries.branch import Branch, branch_above
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    disagree,
    evaluate_country,
)
from sigpret.apps.monitoring.queries.subjects import indicator_measures
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import RollupRule, contribute, roll_up

# One statement per table whatever the number of rows: the columns travel as arrays.
STORE_INDICATORS = """
INSERT INTO monitoring_indicatorachievement (indicator_id, period_value, to_date, annual,
    multi_year, planned, executed, status, explanation, period, policy_version)
SELECT row.*, %s, %s FROM unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::numeric[],
    %s::numeric[], %s::numeric[], %s::numeric[], %s::text[], %s::jsonb[]) AS row
ON CONFLICT (indicator_id, period) DO UPDATE SET
    period_value = excluded.period_value, to_date = excluded.to_date, annual = excluded.annual,
    multi_year = excluded.multi_year, planned = excluded.planned, executed = excluded.executed,
    status = excluded.status, explanation = excluded.explanation,
    policy_version = excluded.policy_version
"""
STORE_GOALS = """
INSERT INTO monitoring_goalachievement (goal_id, own, own_status, contributed,
    contributed_status, is_inconsistent, explanation, period, policy_version)
SELECT row.*, %s, %s FROM unnest(%s::bigint[], %s::numeric[], %s::text[], %s::numeric[],
    %s::text[], %s::boolean[], %s::jsonb[]) AS row
ON CONFLICT (goal_id, period) DO UPDATE SET
    own = excluded.own, own_status = excluded.own_status, contributed = excluded.contributed,
    contributed_status = excluded.contributed_status,
    is_inconsistent = excluded.is_inconsistent, explanation = excluded.explanation,
    policy_version = excluded.policy_version
"""


@transaction.atomic
def evaluate_period(
    *, period: Period, policy: Policy, actor: User | None = None, at: datetime
) -> int:
    """Evaluate the whole country at a quarter and store it; how many goals were evaluated."""
    evaluation = evaluate_country(period=period, policy=policy)
    store_evaluation(evaluation)
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


def store_evaluation(evaluation: CountryEvaluation) -> None:
    """Replace what is stored of a quarter with an evaluation of the whole country."""
    goals = evaluation.goals.values()
    store_indicators(
        (
            indicator_row(goal.indicator_id, goal.achievement)
            for goal in goals
            if goal.indicator_id is not None and goal.achievement is not None
        ),
        evaluation.period,
        evaluation.policy,
    )
    store_goals(
        (
            goal_row(
                goal.goal_id,
                goal.own.value,
                goal.own.status,
                goal.contributed,
                is_inconsistent=goal.is_inconsistent,
            )
            for goal in goals
        ),
        evaluation.period,
        evaluation.policy,
    )


def reevaluate(*, period: Period, indicator_ids: Collection[int]) -> None:
    """Evaluate again some indicators, their goals and every goal above; nothing else.

    Goals beside them enter with what is stored. Before the first evaluation of a quarter
    nothing is, so then the whole country is evaluated.
    """
    policy = policy_on(period.end)
    branch = branch_above(indicator_ids=indicator_ids, period=period)
    if not branch.is_enough:
        store_evaluation(evaluate_country(period=period, policy=policy))
        return
    measures = indicator_measures(until=period, indicator_ids=indicator_ids)
    achievements = {
        indicator_id: achieve(measure, as_of=period, policy=policy)
        for indicator_id, measure in measures.items()
    }
    store_indicators((indicator_row(*item) for item in achievements.items()), period, policy)
    store_goals(branch_rows(branch, achievements, policy), period, policy)


def branch_rows(
    branch: Branch, achievements: dict[int, Achievement], policy: Policy
) -> Iterable[tuple[Any, ...]]:
    """The rows of a branch: what was measured again, and what each parent now receives."""
    own: dict[str, tuple[Decimal | None, str]] = {}
    for code, stored in branch.goals.items():
        measured = achievements.get(stored.goal.indicator_id or 0)
        own[code] = (
            (measured.to_date.value, measured.to_date.status)
            if measured
            else (stored.own, stored.own_status or "")
        )
    values = branch.children | {code: value for code, (value, _status) in own.items()}
    contributed = roll_up(values, branch.links, policy)
    nothing = contribute((), RollupRule.NONE, policy)
    for code, stored in branch.goals.items():
        value, status = own[code]
        received = contributed.get(code, nothing)
        yield goal_row(
            stored.goal.id,
            value,
            status,
            received,
            is_inconsistent=disagree(value, received.value, policy),
        )


def indicator_row(indicator_id: int, achievement: Achievement) -> tuple[Any, ...]:
    to_date = achievement.to_date
    return (
        indicator_id,
        achievement.period.value,
        to_date.value,
        achievement.annual.value,
        achievement.multi_year.value,
        to_date.planned,
        to_date.executed,
        str(to_date.status),
        json.dumps(to_date.explanation.to_json()),
    )


def goal_row(
    goal_id: int,
    own: Decimal | None,
    own_status: str,
    contributed: Figure,
    *,
    is_inconsistent: bool,
) -> tuple[Any, ...]:
    return (
        goal_id,
        own,
        str(own_status),
        contributed.value,
        str(contributed.status),
        is_inconsistent,
        json.dumps(contributed.explanation.to_json()),
    )


def store_indicators(rows: Iterable[tuple[Any, ...]], period: Period, policy: Policy) -> None:
    store(STORE_INDICATORS, rows, period, policy)


def store_goals(rows: Iterable[tuple[Any, ...]], period: Period, policy: Policy) -> None:
    store(STORE_GOALS, rows, period, policy)


def store(statement: str, rows: Iterable[tuple[Any, ...]], period: Period, policy: Policy) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(statement, [period.code, policy.version, *columns])
