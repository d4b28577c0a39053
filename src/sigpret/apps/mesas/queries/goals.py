"""The sectoral goals a mesa answers for, as they stand in the last quarter that ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, FilteredRelation, Q

from sigpret.apps.mesas.models import Mesa
from sigpret.apps.monitoring.models import GoalAchievement, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.monitoring.queries.payloads import done_to_date
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Alignment, Goal
from sigpret.methodology.achievement import achieve
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

#: How many quarters a spark shows.
QUARTERS = 8
#: Worst first.
ORDER = {
    status: place
    for place, status in enumerate(
        (Status.BEHIND, Status.AT_RISK, Status.NOT_REPORTED, Status.ON_TRACK, Status.EXCEEDED)
    )
}


@dataclass(frozen=True, slots=True)
class GoalPoint:
    """A quarter of the series: percent of what was planned to date (0-100), raw."""

    period: Period
    achievement: Decimal | None
    status: Status


@dataclass(frozen=True, slots=True)
class MesaGoal:
    """A sectoral goal. `planned` and `executed` are to date, in `unit`; None is absent, never
    zero. `places` are the institutions that answer for it or serve it."""

    code: str
    text: str
    unit: str
    sense: str
    baseline: Decimal | None
    annual_target: Decimal | None
    planned: Decimal | None
    executed: Decimal | None
    achievement: Decimal | None
    status: Status
    cause: str
    places: tuple[str, ...]
    series: tuple[GoalPoint, ...]


@dataclass(frozen=True, slots=True)
class SectorGoals:
    """The goals of the sector, worst first; `period` None while no round has been opened."""

    period: Period | None
    is_official: bool
    goals: tuple[MesaGoal, ...]

    def count(self, status: Status) -> int:
        return sum(goal.status is status for goal in self.goals)


def sector_goals(mesa: Mesa, *, on: date) -> SectorGoals:
    """The sectoral goals of the mesa's sector on a day; at most seven statements."""
    shown = last_round(on)
    if shown is None:
        return SectorGoals(None, is_official=False, goals=())
    period = Period.parse(shown.period)
    rows = list(with_figures(mesa, period))
    ids = [row["pk"] for row in rows]
    series, places = series_of(ids, period), places_of(ids)
    targets = annual_targets([row["indicator_id"] for row in rows], period)
    goals = (goal_of(row, targets, series.get(row["pk"], ()), places[row["pk"]]) for row in rows)
    in_order = sorted(goals, key=lambda goal: (ORDER.get(goal.status, len(ORDER)), goal.code))
    return SectorGoals(period, is_official=shown.closed_at is not None, goals=tuple(in_order))


def last_round(on: date) -> ReportingRound | None:
    """The round of the last quarter that ended, or of the latest one before it."""
    today = Period.quarter_on(on)
    ended = today if today.end <= on else today.previous()
    return ReportingRound.objects.filter(period__lte=ended.code).order_by("-period").first()


def with_figures(mesa: Mesa, period: Period) -> Any:
    """Each goal beside its current figures and its value of the quarter."""
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
    goals = Goal.objects.filter(sector=mesa.sector_id, level=Goal.Level.SECTORAL)
    return goals.annotate(**joined).order_by("code").values("pk", "code", "text", **columns)


COLUMNS = {
    "unit": "indicator__unit",
    "sense": "indicator__sense",
    "baseline": "indicator__baseline",
    "own": "now__own",
    "own_status": "now__own_status",
    "planned": "measured__planned",
    "executed": "measured__executed",
    "indicator_id": "indicator__pk",
    "state": "told__state",
    "cause": "told__cause",
}


def goal_of(
    row: Mapping[str, Any],
    targets: Mapping[int, Decimal | None],
    series: tuple[GoalPoint, ...],
    places: list[str],
) -> MesaGoal:
    status = Status(row["own_status"] or Status.NOT_REPORTED)
    is_validated = row["state"] == ReportState.VALIDATED
    return MesaGoal(
        code=row["code"],
        text=row["text"],
        unit=row["unit"] or "",
        sense=row["sense"] or "",
        baseline=row["baseline"],
        annual_target=targets.get(row["indicator_id"] or 0),
        planned=row["planned"],
        executed=done_to_date(row["executed"], status),
        achievement=row["own"],
        status=status,
        cause=(row["cause"] or "") if is_validated else "",
        places=tuple(places),
        series=series,
    )


def annual_targets(
    indicator_ids: Iterable[int | None], period: Period
) -> dict[int, Decimal | None]:
    """What each indicator was programmed to reach in the year; one statement."""
    wanted = [pk for pk in indicator_ids if pk is not None]
    policy = policy_for(period)
    return {
        pk: achieve(measure, as_of=period, policy=policy).annual.planned
        for pk, measure in indicator_measures(until=period, indicator_ids=wanted).items()
    }


def series_of(goal_ids: list[int], until: Period) -> dict[int, tuple[GoalPoint, ...]]:
    """The last quarters of each goal up to one, oldest first; one statement."""
    rows = GoalAchievement.objects.filter(goal__in=goal_ids, period__lte=until.code)
    found: dict[int, list[GoalPoint]] = defaultdict(list)
    for goal, period, own, status in rows.order_by("period").values_list(
        "goal", "period", "own", "own_status"
    ):
        found[goal].append(GoalPoint(Period.parse(period), own, Status(status)))
    return {goal: tuple(points[-QUARTERS:]) for goal, points in found.items()}


def places_of(goal_ids: list[int]) -> dict[int, list[str]]:
    """Who answers for each goal, then who serves it, by short name; two statements."""
    places: dict[int, list[str]] = {goal: [] for goal in goal_ids}
    own: Any = Goal.objects.filter(pk__in=goal_ids, indicator__isnull=False).values_list(
        "pk", "indicator__responsible__acronym", "indicator__responsible__name"
    )
    below: Any = (
        Alignment.objects.filter(parent__in=goal_ids, child__institution__isnull=False)
        .order_by("parent", "child__institution__code")
        .values_list("parent", "child__institution__acronym", "child__institution__name")
    )
    for goal, acronym, name in (*own, *below):
        label = acronym or name
        if label and label not in places[goal]:
            places[goal].append(label)
    return places
