"""Handing a goal down: from the Presidency to sectors, from each sector to its institutions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.above import closed_quarters, is_closed
from sigpret.apps.results.actions.copying import copy_rows, new_ids
from sigpret.apps.results.actions.goals import slug_of
from sigpret.apps.results.actions.turns import hold_matrix
from sigpret.apps.results.models import (
    Alignment,
    Goal,
    Indicator,
    IndicatorTarget,
    IndicatorVariable,
)
from sigpret.apps.results.permissions import check_keeps_matrix
from sigpret.apps.results.queries.handing import HandDownPlan, NewGoal, hand_down_plan
from sigpret.methodology.periods import Period

GOAL_COLUMNS = (
    "id", "code", "slug", "level", "text", "sector", "institution", "chain_position",
    "is_prioritised", "assumption", "target_population", "handed_down_from", "has_own_wording",
    "stems", "version",
)  # fmt: skip
SHEET_COLUMNS = (
    "name", "definition", "formula", "unit", "sense", "accumulation", "across_years", "baseline",
    "baseline_year", "tolerance", "source", "means_of_verification", "responsible_unit",
    "periodicity_id", "publication_lag_days", "value_source", "on_track_from", "at_risk_from",
)  # fmt: skip


class NothingToHandDownError(Exception):
    """Every goal that would be created is already there, or nothing was chosen."""


@dataclass(frozen=True, slots=True)
class HandedDown:
    """How many rows a hand-down created."""

    sectoral: int
    institutional: int
    targets: int
    links: int


class Made(NamedTuple):
    """A goal about to be written with the ids it and its indicator will have."""

    goal: NewGoal
    goal_id: int
    indicator_id: int


@transaction.atomic
def hand_down(
    *,
    actor: User,
    access: Access,
    goal_ids: Sequence[int],
    sector_ids: Sequence[int],
    institution_ids: Sequence[int],
    periods: Sequence[Period],
) -> HandedDown:
    """Create, under each presidential goal, one goal per sector and one per institution.

    Every new goal follows the wording of its origin until somebody gives it its own, has the same
    sheet, an equal weight among its siblings, and targets for `periods`: quantities that add up
    are divided, shares and levels are the same for everybody. An institution of several sectors
    receives the goal once, in the first of its sectors that is chosen. What an earlier hand-down
    created is left as it is; nothing is written to a period that closed. Rows travel by COPY: a
    fixed number of statements. Two people take turns. Raises PermissionDenied, LinkError for a
    sector outside the goal's axes or a code that cannot be, NothingToHandDownError.
    """
    check_keeps_matrix(access)
    hold_matrix()
    closed = closed_quarters()
    codes = [period.code for period in periods if not is_closed(period.code, closed)]
    plan = hand_down_plan(goal_ids, sector_ids, institution_ids, codes)
    if not plan.goals:
        raise NothingToHandDownError(
            _("No hay nada que entregar: esas metas ya llegaron a esos sectores e instituciones.")
        )
    made = numbered(plan)
    targets = write(plan, made)
    result = HandedDown(
        sectoral=sum(one.goal.level == Goal.Level.SECTORAL for one in made),
        institutional=sum(one.goal.level == Goal.Level.INSTITUTIONAL for one in made),
        targets=targets,
        links=len(made),
    )
    record(
        actor=actor,
        action="results.goals_handed_down",
        subject_type="matrix",
        subject_id="hand_down",
        payload={
            "goals": [origin.code for origin in plan.origins.values()],
            "periods": codes,
            "sectoral": result.sectoral,
            "institutional": result.institutional,
            "targets": result.targets,
        },
    )
    return result


def numbered(plan: HandDownPlan) -> list[Made]:
    ids = new_ids(Goal, len(plan.goals))
    indicators = new_ids(Indicator, len(plan.goals))
    return [Made(*row) for row in zip(plan.goals, ids, indicators, strict=True)]


def write(plan: HandDownPlan, made: list[Made]) -> int:
    """Copy every table; how many targets."""
    ids = {**plan.existing} | {one.goal.code: one.goal_id for one in made}
    copy_rows(Goal, GOAL_COLUMNS, (goal_row(plan, one, ids) for one in made))
    copy_rows(
        Indicator,
        (
            "id",
            "goal",
            "responsible",
            *(name.removesuffix("_id") for name in SHEET_COLUMNS),
            "version",
        ),
        (sheet_row(plan, one) for one in made),
    )
    copy_rows(
        IndicatorVariable,
        ("indicator", "name", "label", "unit", "accumulation", "position"),
        variable_rows(plan, made),
    )
    targets = [
        (one.indicator_id, code, planned)
        for one in made
        for code, planned in one.goal.targets.items()
    ]
    copy_rows(IndicatorTarget, ("indicator", "period", "planned"), targets)
    copy_rows(
        Alignment,
        ("child", "parent", "weight", "rollup_rule"),
        ((one.goal_id, ids[one.goal.parent], one.goal.weight, one.goal.rule) for one in made),
    )
    return len(targets)


def field_name(column: str) -> str:
    return column.removesuffix("_id")


def goal_row(plan: HandDownPlan, one: Made, ids: dict[str, int]) -> tuple[Any, ...]:
    origin, goal = plan.origins[one.goal.origin], one.goal
    return (
        one.goal_id, goal.code, slug_of(origin.text, goal.code), goal.level, origin.text,
        goal.sector_id, goal.institution_id, origin.chain_position, origin.is_prioritised,
        origin.assumption, origin.target_population_id, ids[goal.parent], False, origin.stems, 1,
    )  # fmt: skip


def sheet_row(plan: HandDownPlan, one: Made) -> tuple[Any, ...]:
    sheet = plan.origins[one.goal.origin].indicator
    written = tuple(getattr(sheet, name) for name in SHEET_COLUMNS)
    return (one.indicator_id, one.goal_id, one.goal.responsible_id, *written, 1)


def variable_rows(plan: HandDownPlan, made: list[Made]) -> Iterator[tuple[Any, ...]]:
    for one in made:
        for variable in plan.variables.get(one.goal.origin, ()):
            yield (
                one.indicator_id, variable.name, variable.label, variable.unit,
                variable.accumulation, variable.position,
            )  # fmt: skip
