"""The presidential board: how the promises go, what changed, and how far to trust the data.

At most six statements whatever the size of the country: presidential goals are read through
their own index, and everything else is a count.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sigpret.apps.evaluation.queries.causes import causes_below
from sigpret.apps.evaluation.queries.confidence import Confidence, confidence_in
from sigpret.apps.evaluation.queries.movement import Movement, movement
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.evaluation.queries.sectors import BlockOfSectors, sectors_with
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.evaluation.queries.standings import (
    Standings,
    current_standings,
    of_level,
    official_standings,
)
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.status import Status

#: A person can decide on about this many things before lunch.
DECISIONS = 5


@dataclass(frozen=True, slots=True)
class BoardGoal:
    """A presidential goal now, its status a quarter ago, and what explains it.

    `behind_it` names the contributing goals that are behind when the institution gave no cause.
    """

    now: Standing
    before: Status | None
    movement: Movement
    behind_it: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows, for one quarter. Counts are of presidential goals."""

    quarter: Quarter
    goals: tuple[BoardGoal, ...]
    decisions: tuple[BoardGoal, ...]
    counts: Mapping[str, int]
    previous_counts: Mapping[str, int]
    confidence: Confidence
    blocks: tuple[BlockOfSectors[BoardGoal], ...]
    policy: Policy

    @property
    def period(self) -> Period:
        return self.quarter.period

    @property
    def previous(self) -> Period | None:
        return self.quarter.previous.period if self.quarter.previous else None

    @property
    def is_official(self) -> bool:
        return self.quarter.is_official

    @property
    def total(self) -> int:
        return len(self.goals)

    @property
    def behind(self) -> int:
        return self.counts.get(Status.BEHIND, 0)

    @property
    def worsened(self) -> tuple[BoardGoal, ...]:
        return tuple(goal for goal in self.goals if goal.movement == Movement.WORSENED)

    @property
    def improved(self) -> tuple[BoardGoal, ...]:
        return tuple(goal for goal in self.goals if goal.movement == Movement.IMPROVED)


def board(*, period: Period | None = None, as_of: date) -> Board | None:
    """The board of a quarter; without one, of the last that had ended by `as_of`.

    None while no round has been opened. Raises UnknownQuarterError for a quarter nobody opened.
    """
    quarter = quarter_shown(as_of=as_of, asked=period)
    if quarter is None:
        return None
    now, before = presidential_standings(quarter)
    goals = tuple(board_goal(standing, before.get(standing.goal_id)) for standing in now.values())
    return Board(
        quarter=quarter,
        goals=goals,
        decisions=with_causes(goals, quarter),
        counts=Counter(goal.now.status for goal in goals),
        previous_counts=Counter(standing.status for standing in before.values()),
        confidence=confidence_in(quarter.round, now.values()),
        blocks=sectors_with(goals, code_of=lambda goal: goal.now.sector.code),
        policy=policy_for(quarter.period),
    )


def presidential_standings(quarter: Quarter) -> tuple[Standings, Standings]:
    """(now, a quarter ago); the past is always what the closing kept."""
    scope = of_level(Goal.Level.PRESIDENTIAL)
    rounds = [round_ for round_ in (quarter.round, quarter.previous) if round_ is not None]
    closed: list[RoundFacts] = [round_ for round_ in rounds if round_.is_closed]
    kept = official_standings(scope, [round_.id for round_ in closed])
    before = kept.get(quarter.previous.id, {}) if quarter.previous else {}
    if quarter.is_official:
        return kept[quarter.round.id], before
    return current_standings(scope, quarter.period, before), before


def board_goal(now: Standing, before: Standing | None) -> BoardGoal:
    earlier = before.status if before else None
    return BoardGoal(
        now=now,
        before=earlier,
        movement=movement(earlier, now.status, is_official=now.is_official),
    )


def with_causes(goals: tuple[BoardGoal, ...], quarter: Quarter) -> tuple[BoardGoal, ...]:
    """The goals that require a decision: those behind, the farthest first."""
    behind = [goal for goal in goals if goal.now.status == Status.BEHIND]
    chosen = sorted(behind, key=lambda goal: (goal.now.value or Decimal(0), goal.now.code))
    chosen = chosen[:DECISIONS]
    silent = [goal.now.goal_id for goal in chosen if goal.now.cause is None]
    below = causes_below(silent, quarter.round) if silent else {}
    return tuple(
        BoardGoal(goal.now, goal.before, goal.movement, below.get(goal.now.goal_id, ()))
        for goal in chosen
    )
