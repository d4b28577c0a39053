"""How far each of the eight products of a mesa went, with its versions and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from sigpret.apps.mesas.models import (
    Bottleneck,
    InformationMechanism,
    Mesa,
    MesaProduct,
    PlanReview,
    Strategy,
)
from sigpret.apps.mesas.queries.goals import last_round
from sigpret.apps.results.models import Goal, IndicatorTarget
from sigpret.methodology.mesas.products import (
    Condition,
    condition_of_parts,
    condition_of_state,
)
from sigpret.methodology.periods import Period

Kind = MesaProduct.Kind
Pending = tuple[tuple[str, int], ...]
WRITTEN = (Kind.DIAGNOSIS, Kind.PROGRESS)


@dataclass(frozen=True, slots=True)
class ProductVersion:
    """A version of a written product; `at` is when it was last proposed, decided or written."""

    kind: str
    year: int
    period: str
    number: int
    state: str
    state_label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One of the eight. `done` of `total` parts when it is made of parts; `pending` is what is
    missing, as (code, how many)."""

    kind: str
    label: str
    condition: Condition
    year: int
    period: str = ""
    done: int = 0
    total: int = 0
    pending: Pending = ()
    versions: tuple[ProductVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sector:
    """What the matrix says of each sectoral goal: its id, and what it already has."""

    goals: frozenset[int]
    measured: frozenset[int]
    articulated: frozenset[int]
    multiyear: frozenset[int]
    semestral: frozenset[int]


def product_lines(mesa: Mesa, *, on: date) -> tuple[ProductLine, ...]:
    """The eight products in the order of the guidelines; about ten statements."""
    year, sector, versions = on.year, _sector_of(mesa, on), _versions_of(mesa)
    shown = last_round(on)
    period = shown.period if shown else ""
    lines = (
        _written(Kind.DIAGNOSIS, year, "", versions),
        _framework(year, sector),
        _programming(year, sector),
        _bottlenecks(mesa, year),
        _strategies(mesa, year),
        _information(mesa, year, sector),
        _written(Kind.PROGRESS, year, period, versions),
        _plans(mesa, year),
    )
    return tuple(lines)


def _versions_of(mesa: Mesa) -> Mapping[str, list[ProductVersion]]:
    found: dict[str, list[ProductVersion]] = defaultdict(list)
    rows = MesaProduct.objects.filter(mesa=mesa, kind__in=WRITTEN)
    for row in rows.order_by("-year", "-period", "-number"):
        at = row.decided_at or row.proposed_at or row.written_at
        label = str(row.get_state_display())
        version = ProductVersion(row.kind, row.year, row.period, row.number, row.state, label, at)
        found[row.kind].append(version)
    return found


def _line(kind: Kind, condition: Condition, year: int, **more: object) -> ProductLine:
    return ProductLine(kind, str(kind.label), condition, year, **more)  # type: ignore[arg-type]


def _written(
    kind: Kind, year: int, period: str, versions: Mapping[str, list[ProductVersion]]
) -> ProductLine:
    """A product that is written here; what is asked is this year's, or the last quarter's."""
    all_of = versions.get(kind, [])
    now = [one for one in all_of if (one.period == period if period else one.year == year)]
    current = next((one for one in now if one.state != MesaProduct.State.SUPERSEDED), None)
    state = current.state if current else ""
    pending = ((state or "absent", 1),) if state != MesaProduct.State.APPROVED else ()
    condition = condition_of_state(state)
    return _line(kind, condition, year, period=period, pending=pending, versions=tuple(all_of))


def _sector_of(mesa: Mesa, on: date) -> _Sector:
    """Two statements: the goals with who serves them, and their programming."""
    below = Q(served_by__child__level=Goal.Level.INSTITUTIONAL)
    rows = (
        Goal.objects.filter(sector=mesa.sector_id, level=Goal.Level.SECTORAL)
        .annotate(serving=Count("served_by", filter=below))
        .values_list("pk", "indicator__pk", "serving")
    )
    listed = list(rows)
    indicators = {indicator: goal for goal, indicator, _n in listed if indicator}
    periods: dict[int, set[str]] = defaultdict(set)
    targets = IndicatorTarget.objects.filter(indicator__in=indicators)
    for indicator, period in targets.values_list("indicator_id", "period"):
        periods[indicators[indicator]].add(period)
    return _Sector(
        goals=frozenset(goal for goal, _indicator, _n in listed),
        measured=frozenset(indicators.values()),
        articulated=frozenset(goal for goal, _indicator, n in listed if n),
        multiyear=frozenset(goal for goal, codes in periods.items() if is_multiyear(codes)),
        semestral=frozenset(goal for goal, codes in periods.items() if is_semestral(codes, on)),
    )


def is_multiyear(codes: Iterable[str]) -> bool:
    """Programmed in two years or more."""
    return len({code[:4] for code in codes}) > 1


def is_semestral(codes: Iterable[str], on: date) -> bool:
    """«Al menos semestral»: something is programmed in each half of the year."""
    ends = {Period.parse(code).end for code in codes if code.startswith(str(on.year))}
    return any(day.month <= 6 for day in ends) and any(day.month > 6 for day in ends)


def _framework(year: int, sector: _Sector) -> ProductLine:
    total = len(sector.goals)
    done = len(sector.measured & sector.articulated)
    pending = _only(
        ("no_goals", not total),
        ("without_indicator", total - len(sector.measured)),
        ("without_institutional", total - len(sector.articulated)),
    )
    condition = condition_of_parts(done, total)
    return _line(Kind.FRAMEWORK, condition, year, done=done, total=total, pending=pending)


def _programming(year: int, sector: _Sector) -> ProductLine:
    total = len(sector.goals)
    done = len(sector.multiyear & sector.semestral)
    pending = _only(
        ("no_goals", not total),
        ("without_multiyear", total - len(sector.multiyear)),
        ("without_semestral", total - len(sector.semestral)),
    )
    condition = condition_of_parts(done, total)
    return _line(Kind.PROGRAMMING, condition, year, done=done, total=total, pending=pending)


def _bottlenecks(mesa: Mesa, year: int) -> ProductLine:
    states = list(Bottleneck.objects.filter(mesa=mesa).values_list("state", flat=True))
    untouched = states.count(Bottleneck.State.OPEN)
    pending = _only(("no_bottlenecks", not states), ("bottlenecks_untouched", untouched))
    total = len(states)
    condition = condition_of_parts(total - untouched, total)
    if total and untouched == total:
        condition = Condition.IN_PROGRESS
    done = total - untouched
    return _line(Kind.BOTTLENECKS, condition, year, done=done, total=total, pending=pending)


def _strategies(mesa: Mesa, year: int) -> ProductLine:
    states = list(Strategy.objects.filter(mesa=mesa).values_list("state", flat=True))
    proposed, approved = states.count("proposed"), states.count("approved")
    writing = len(states) - proposed - approved
    pending = _only(
        ("no_strategies", not states),
        ("strategies_in_writing", writing),
        ("strategies_waiting", proposed),
    )
    if not states:
        condition = Condition.ABSENT
    elif proposed:
        condition = Condition.WAITING
    else:
        condition = Condition.READY if approved and not writing else Condition.IN_PROGRESS
    total = len(states)
    return _line(Kind.STRATEGIES, condition, year, done=approved, total=total, pending=pending)


def _information(mesa: Mesa, year: int, sector: _Sector) -> ProductLine:
    rows = InformationMechanism.objects.filter(mesa=mesa, ended_on__isnull=True)
    covered = {goal for goal in rows.values_list("goal_id", flat=True) if goal in sector.goals}
    total, done = len(sector.goals), len(covered)
    pending = _only(("no_goals", not total), ("without_mechanism", total - done))
    condition = condition_of_parts(done, total)
    return _line(Kind.INFORMATION, condition, year, done=done, total=total, pending=pending)


def _plans(mesa: Mesa, year: int) -> ProductLine:
    reviews = PlanReview.objects.filter(mesa=mesa, year=year)
    verdicts = list(reviews.exclude(verdict="pending").values_list("verdict", flat=True))
    total, done = mesa.sector.institutions.count(), len(verdicts)
    pending = _only(
        ("plans_unread", total - done),
        ("plans_with_findings", verdicts.count("with_findings")),
    )
    condition = condition_of_parts(done, total)
    return _line(Kind.PLANS, condition, year, done=done, total=total, pending=pending)


def _only(*facts: tuple[str, int | bool]) -> Pending:
    return tuple((code, int(count)) for code, count in facts if count)
