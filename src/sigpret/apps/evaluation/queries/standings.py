"""Reads the standings of goals at a quarter: the closing's when there is one, else today's."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.timezone import localdate

from sigpret.apps.evaluation.queries.standing import (
    QUARTERS,
    Cause,
    Named,
    QuarterPoint,
    Reading,
    Standing,
    standing_from_payload,
)
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

Standings = dict[int, Standing]


class GoalScope(NamedTuple):
    """Which goals to read: of a level, or these ones. Both tables are asked the same thing."""

    snapshots: Q
    goals: Q


def of_level(level: str) -> GoalScope:
    return GoalScope(Q(level=level), Q(level=level))


def of_goals(goal_ids: Iterable[int]) -> GoalScope:
    ids = list(goal_ids)
    return GoalScope(Q(subject_id__in=ids), Q(pk__in=ids))


def official_standings(scope: GoalScope, round_ids: Iterable[int]) -> dict[int, Standings]:
    """The standings that closings kept, by round and goal; one query."""
    found: dict[int, Standings] = {round_id: {} for round_id in round_ids}
    rows = (
        kept_snapshots()
        .filter(scope.snapshots, round_id__in=list(found), kind=Snapshot.Kind.GOAL)
        .values_list("round_id", "subject_id", "payload")
    )
    for round_id, goal_id, payload in rows.order_by("code"):
        found[round_id][goal_id] = standing_from_payload(goal_id, payload)
    return found


def current_standings(scope: GoalScope, period: Period, before: Standings) -> Standings:
    """The standings of a quarter that is still open; one query.

    `before` is the previous closing: its series is continued with today's figures.
    """
    rows = with_figures(Goal.objects.filter(scope.goals), period).order_by("code")
    return {row["pk"]: standing_from_row(row, period, before.get(row["pk"])) for row in rows}


def with_figures(goals: QuerySet[Goal], period: Period) -> QuerySet[Goal, dict[str, Any]]:
    """Each goal beside its current figures, its year's target and its value of the quarter."""
    relations = {
        "now": ("achievements", period.code),
        "measured": ("indicator__achievements", period.code),
        "whole_year": ("indicator__targets", str(period.year)),
        "told": ("indicator__reported_values", period.code),
    }
    joined = {
        name: FilteredRelation(path, condition=Q(**{f"{path}__period": code}))
        for name, (path, code) in relations.items()
    }
    columns = {name: F(path) for name, path in COLUMNS.items()}
    identity = ("pk", "code", "slug", "level", "text", "is_prioritised")
    rows: QuerySet[Goal, dict[str, Any]] = goals.annotate(**joined).values(*identity, **columns)
    return rows


COLUMNS = {
    "sector_code": "sector__code",
    "sector_name": "sector__name",
    "responsible_code": "indicator__responsible__code",
    "responsible_name": "indicator__responsible__name",
    "unit": "indicator__unit",
    "sense": "indicator__sense",
    "baseline": "indicator__baseline",
    "own": "now__own",
    "own_status": "now__own_status",
    "contributed": "now__contributed",
    "contributed_status": "now__contributed_status",
    "is_inconsistent": "now__is_inconsistent",
    "explanation": "now__explanation",
    "policy_version": "now__policy_version",
    "planned": "measured__planned",
    "executed": "measured__executed",
    "own_explanation": "measured__explanation",
    "annual_target": "whole_year__planned",
    "state": "told__state",
    "cause_category": "told__cause_category",
    "cause": "told__cause",
    "reported_at": "told__reported_at",
    "decided_at": "told__decided_at",
}


def standing_from_row(row: dict[str, Any], period: Period, before: Standing | None) -> Standing:
    status = Status(row["own_status"] or Status.NOT_REPORTED)
    is_validated = row["state"] == ReportState.VALIDATED
    now = QuarterPoint(period, row["planned"], row["executed"], row["own"], status)
    return Standing(
        goal_id=row["pk"],
        code=row["code"],
        slug=row["slug"],
        level=row["level"],
        text=row["text"],
        is_prioritised=row["is_prioritised"],
        sector=Named(row["sector_code"], row["sector_name"]),
        responsible=Named(row["responsible_code"] or "", row["responsible_name"] or ""),
        unit=row["unit"] or "",
        sense=row["sense"] or "",
        baseline=row["baseline"],
        annual_target=annual_target(row["annual_target"], period, before),
        planned=row["planned"],
        executed=row["executed"],
        own=Reading(row["own"], status, row["own_explanation"] or {}),
        contributed=Reading(
            row["contributed"],
            Status(row["contributed_status"] or Status.NOT_DUE),
            row["explanation"] or {},
        ),
        is_inconsistent=bool(row["is_inconsistent"]),
        cause=Cause(row["cause_category"], row["cause"]) if is_validated and row["cause"] else None,
        series=(*(before.series if before else ()), now)[-QUARTERS:],
        reported_on=localdate(row["reported_at"]) if row["reported_at"] else None,
        validated_on=localdate(row["decided_at"]) if is_validated else None,
        policy_version=row["policy_version"] or "",
        is_official=False,
    )


def annual_target(
    written: Decimal | None, period: Period, before: Standing | None
) -> Decimal | None:
    """The year's target as it is written; else as the last closing of the same year had it."""
    if written is not None or before is None or not before.series:
        return written
    return before.annual_target if before.series[-1].period.year == period.year else None
