"""The goals of a sector that did not go as programmed, with their figures and their causes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, FilteredRelation, Q

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.queries.goals import ORDER, last_round
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.apps.results.models import Goal
from sigpret.methodology.mesas.products import HeldBack, repeated_causes
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

Choices = list[tuple[int, str]]
#: What is told of an institutional goal is told where its mesa reads it.
LEVELS = (Goal.Level.SECTORAL, Goal.Level.INSTITUTIONAL)
COLUMNS = {
    "place": "institution__acronym",
    "answers": "indicator__responsible__acronym",
    "unit": "indicator__unit",
    "own": "now__own",
    "status": "now__own_status",
    "planned": "measured__planned",
    "executed": "measured__executed",
    "state": "told__state",
    "category": "told__cause_category",
    "cause": "told__cause",
}


@dataclass(frozen=True, slots=True)
class GoalBehind:
    """A goal behind or at risk at the end of `period`. `achievement` is percent (0-100) of what
    was programmed to date; the cause is empty until it was validated."""

    id: int
    code: str
    text: str
    level: str
    place: str
    period: Period
    status: Status
    achievement: Decimal | None
    planned: Decimal | None
    executed: Decimal | None
    unit: str
    category: str
    cause: str


@dataclass(frozen=True, slots=True)
class SuggestedBottleneck:
    """A cause that several goals told, offered as a bottleneck."""

    category: str
    label: str
    goals: tuple[GoalBehind, ...]


def goals_behind(mesa: Mesa, *, on: date) -> tuple[GoalBehind, ...]:
    """The sector's goals behind or at risk, the worst first; two statements."""
    shown = last_round(on)
    if shown is None:
        return ()
    period = Period.parse(shown.period)
    relations = {
        "now": ("achievements", period.code),
        "measured": ("indicator__achievements", period.code),
        "told": ("indicator__reported_values", period.code),
    }
    joined = {
        name: FilteredRelation(path, condition=Q(**{f"{path}__period": code}))
        for name, (path, code) in relations.items()
    }
    columns = {name: F(path) for name, path in COLUMNS.items()}
    rows: Any = Goal.objects.filter(sector=mesa.sector_id, level__in=LEVELS).annotate(**joined)
    late = rows.filter(now__own_status__in=[Status.BEHIND, Status.AT_RISK])
    listed = late.values("pk", "code", "text", "level", **columns)
    found = (behind_of(row, period) for row in listed)
    return tuple(sorted(found, key=in_order))


def behind_of(row: Mapping[str, Any], period: Period) -> GoalBehind:
    is_validated, status = row["state"] == ReportState.VALIDATED, Status(row["status"])
    return GoalBehind(
        id=row["pk"],
        code=row["code"],
        text=row["text"],
        level=row["level"],
        place=row["place"] or row["answers"] or "",
        period=period,
        status=status,
        achievement=row["own"],
        planned=row["planned"],
        executed=done_to_date(row["executed"], status),
        unit=row["unit"] or "",
        category=(row["category"] or "") if is_validated else "",
        cause=(row["cause"] or "") if is_validated else "",
    )


def in_order(goal: GoalBehind) -> tuple[bool, int, Decimal, str]:
    low = goal.achievement if goal.achievement is not None else Decimal(1000)
    return goal.level != Goal.Level.SECTORAL, ORDER[goal.status], low, goal.code


def suggested_bottlenecks(goals: Iterable[GoalBehind]) -> tuple[SuggestedBottleneck, ...]:
    """What several goals told as their cause, those of more goals first; no statement."""
    by_code = {goal.code: goal for goal in goals}
    told = (HeldBack(goal.code, goal.category) for goal in by_code.values())
    labels = dict(CauseCategory.choices)
    return tuple(
        SuggestedBottleneck(
            one.category,
            str(labels.get(one.category, one.category)),
            tuple(by_code[code] for code in one.codes),
        )
        for one in repeated_causes(told)
    )


def goal_choices(mesa: Mesa) -> Choices:
    """The goals of the sector below the presidential ones, to be chosen from; one statement."""
    rows = Goal.objects.filter(sector=mesa.sector_id, level__in=LEVELS)
    listed = rows.order_by("-level", "code").values_list("pk", "code", "text")
    return [(pk, f"{code} · {text}") for pk, code, text in listed]


def place_choices(mesa: Mesa) -> Choices:
    """The institutions of the mesa, to be chosen from; one statement."""
    rows = Institution.objects.filter(sectors=mesa.sector_id).order_by("code")
    return [(row.pk, f"{row.acronym or row.code} · {row.name}") for row in rows]
