"""What handing goals down would create, before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.results.models import Goal, IndicatorTarget, IndicatorVariable
from sigpret.apps.results.queries.chain import axis_codes
from sigpret.methodology.chain import LinkError, check_axes, spread
from sigpret.methodology.rollup import RollupRule
from sigpret.web.formats import sign_of

ONE, SMALLEST = Decimal(1), Decimal("0.0001")
CODE_LENGTH = 30
Targets = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal that would be created: under `parent` (a code), copied from `origin` (an id)."""

    code: str
    level: str
    origin: int
    parent: str
    sector_id: int
    institution_id: int | None
    responsible_id: int
    weight: Decimal
    targets: Targets
    rule: str = str(RollupRule.WEIGHTED)


@dataclass(frozen=True, slots=True)
class HandDownPlan:
    """Everything a hand-down would write. `existing` are the ids, by code, of what is there."""

    origins: Mapping[int, Goal]
    variables: Mapping[int, tuple[IndicatorVariable, ...]]
    existing: Mapping[str, int]
    goals: tuple[NewGoal, ...]

    @property
    def sectoral(self) -> int:
        return sum(goal.level == Goal.Level.SECTORAL for goal in self.goals)

    @property
    def institutional(self) -> int:
        return len(self.goals) - self.sectoral

    @property
    def targets(self) -> int:
        return sum(len(goal.targets) for goal in self.goals)


class Place(NamedTuple):
    """A sector and the institutions that receive the goal in it, by code."""

    id: int
    code: str
    institutions: tuple[tuple[int, str], ...]


def hand_down_plan(
    goal_ids: Collection[int],
    sector_ids: Collection[int],
    institution_ids: Collection[int],
    periods: Sequence[str],
) -> HandDownPlan:
    """What would be created under presidential goals that have an indicator; seven statements.

    Raises LinkError for a sector outside a goal's axes, and for a code that is too long or that
    another goal has. A sector without chosen institutions receives nothing: nobody would answer
    for its goal.
    """
    origins = {
        goal.pk: goal
        for goal in Goal.objects.filter(
            pk__in=goal_ids, level=Goal.Level.PRESIDENTIAL, indicator__isnull=False
        )
        .select_related("indicator")
        .order_by("code")
    }
    places = places_of(sector_ids, institution_ids)
    axes = axis_codes()
    for origin in origins.values():
        for place in places:
            check_axes(axes[place.id], axes[origin.sector_id])
    wanted = tuple(wanted_goals(origins, places, planned_of(origins, periods)))
    existing = existing_of(wanted) | {goal.code: goal.pk for goal in origins.values()}
    return HandDownPlan(
        origins,
        variables_of(origins),
        existing,
        tuple(goal for goal in wanted if goal.code not in existing),
    )


def existing_of(wanted: Sequence[NewGoal]) -> dict[str, int]:
    """The ids, by code, of what an earlier hand-down created; one statement. Raises LinkError."""
    by_code = {goal.code: goal for goal in wanted}
    if long := next((code for code in by_code if len(code) > CODE_LENGTH), None):
        sentence = _("El código %(code)s pasaría de %(most)d caracteres. Dé a la meta presidencial "
                     "un código más corto.")  # fmt: skip
        raise LinkError(sentence % {"code": long, "most": CODE_LENGTH})
    found: dict[str, int] = {}
    for pk, code, level, institution, origin in Goal.objects.filter(code__in=by_code).values_list(
        "pk", "code", "level", "institution_id", "handed_down_from_id"
    ):
        goal = by_code[code]
        if origin is None or (level, institution) != (goal.level, goal.institution_id):
            sentence = _("Ya hay otra meta con el código %(code)s, que no viene de esta entrega. "
                         "Retírela, o entregue sin ese sector o esa institución.")  # fmt: skip
            raise LinkError(sentence % {"code": code})
        found[code] = pk
    return found


def places_of(sector_ids: Collection[int], institution_ids: Collection[int]) -> tuple[Place, ...]:
    """The chosen sectors with the chosen institutions that receive the goal in each.

    An institution of several receives it in the first it was assigned to.
    """
    through = Institution.sectors.through
    rows = through.objects.filter(sector_id__in=sector_ids, institution_id__in=institution_ids)
    first: dict[int, int] = {}
    codes: dict[int, str] = {}
    for institution, code, sector in rows.order_by("id").values_list(
        "institution_id", "institution__code", "sector_id"
    ):
        first.setdefault(institution, sector)
        codes[institution] = code
    members: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for institution, sector in first.items():
        members[sector].append((institution, codes[institution]))
    sectors = Sector.objects.filter(pk__in=list(members)).order_by("code")
    return tuple(
        Place(pk, code, tuple(sorted(members[pk], key=lambda pair: pair[1])))
        for pk, code in sectors.values_list("pk", "code")
    )


def planned_of(origins: Mapping[int, Goal], periods: Sequence[str]) -> Mapping[int, Targets]:
    rows = IndicatorTarget.objects.filter(indicator__goal_id__in=origins, period__in=periods)
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for goal, period, planned in rows.order_by("period").values_list(
        "indicator__goal_id", "period", "planned"
    ):
        found[goal][period] = planned
    return found


def variables_of(origins: Collection[int]) -> Mapping[int, tuple[IndicatorVariable, ...]]:
    found: defaultdict[int, list[IndicatorVariable]] = defaultdict(list)
    rows = IndicatorVariable.objects.filter(indicator__goal_id__in=origins)
    for variable in rows.select_related("indicator").order_by("indicator", "position"):
        found[variable.indicator.goal_id].append(variable)
    return {goal: tuple(variables) for goal, variables in found.items()}


def wanted_goals(
    origins: Mapping[int, Goal], places: Sequence[Place], planned: Mapping[int, Targets]
) -> Iterator[NewGoal]:
    """Every goal of the hand-down, parents before their children."""
    sector_weights = equal_weights([place.code for place in places])
    for pk, origin in origins.items():
        adds_up = origin.indicator.accumulation == "sum" and sign_of(origin.indicator.unit) != "%"
        by_sector = divided(planned.get(pk, {}), len(places), adds_up=adds_up)
        for place, targets in zip(places, by_sector, strict=True):
            code = f"{origin.code}.{place.code}"
            yield NewGoal(
                code, Goal.Level.SECTORAL, pk, origin.code, place.id, None,
                place.institutions[0][0], sector_weights[place.code], targets,
            )  # fmt: skip
            yield from institutional_goals(pk, code, place, targets, adds_up=adds_up)


def institutional_goals(
    origin: int, parent: str, place: Place, planned: Targets, *, adds_up: bool
) -> Iterator[NewGoal]:
    weights = equal_weights([code for _pk, code in place.institutions])
    shares = divided(planned, len(place.institutions), adds_up=adds_up)
    for (pk, code), targets in zip(place.institutions, shares, strict=True):
        yield NewGoal(
            f"{parent}.{code}", Goal.Level.INSTITUTIONAL, origin, parent, place.id, pk, pk,
            weights[code], targets,
        )  # fmt: skip


def equal_weights(codes: Sequence[str]) -> dict[str, Decimal]:
    return spread(dict.fromkeys(codes, ONE))


def divided(targets: Targets, count: int, *, adds_up: bool) -> list[dict[str, Decimal]]:
    """A quantity in equal parts, what does not divide going to the first; a level as it is."""
    if not adds_up or not count:
        return [dict(targets) for _part in range(count)]
    shares: list[dict[str, Decimal]] = [{} for _part in range(count)]
    for period, planned in targets.items():
        part = (planned / count).quantize(SMALLEST, ROUND_DOWN)
        for share in shares:
            share[period] = part
        shares[0][period] = planned - part * (count - 1)
    return shares
