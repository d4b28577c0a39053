"""The bottlenecks of a mesa: cause, goals they hold back, severity, owner and how they go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sigpret.apps.mesas.models import Bottleneck, Mesa
from sigpret.apps.mesas.queries.happened import Happened, happened
from sigpret.web.dates import day_of

State, Severity = Bottleneck.State, Bottleneck.Severity
BY_STATE = {State.OPEN: 0, State.IN_ACTION: 1, State.SOLVED: 2}
BY_SEVERITY = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


@dataclass(frozen=True, slots=True)
class AffectedGoal:
    id: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class BottleneckLine:
    """A bottleneck. `days` since it was identified, until today or until it was solved;
    `waits_for` is the level that must decide, or empty."""

    id: int
    title: str
    cause: str
    severity: str
    severity_label: str
    state: str
    state_label: str
    owner_id: int
    owner: str
    goals: tuple[AffectedGoal, ...]
    meeting: int | None
    found_by: str
    found_at: datetime
    days: int
    solved_on: date | None
    solution: str
    waits_for: str
    matters: tuple[int, ...]
    strategies: tuple[tuple[int, str], ...]
    version: int

    @property
    def is_solved(self) -> bool:
        return self.state == State.SOLVED


@dataclass(frozen=True, slots=True)
class BottleneckPage:
    line: BottleneckLine
    history: tuple[Happened, ...]


def bottlenecks(mesa: Mesa, *, on: date) -> tuple[BottleneckLine, ...]:
    """Those not solved first, the severe ones before; four statements."""
    rows = with_relations(Bottleneck.objects.filter(mesa=mesa))
    lines = (line_of(row, on) for row in rows)
    return tuple(sorted(lines, key=in_order))


def bottleneck_page(mesa: Mesa, pk: int, *, on: date) -> BottleneckPage | None:
    """One bottleneck of the mesa with what happened to it, or None; five statements."""
    row = with_relations(Bottleneck.objects.filter(mesa=mesa, pk=pk)).first()
    return BottleneckPage(line_of(row, on), happened("bottleneck", pk)) if row else None


def with_relations(rows: QuerySet[Bottleneck]) -> QuerySet[Bottleneck]:
    return rows.select_related("owner", "meeting", "found_by").prefetch_related(
        "goals", "escalations", "strategies"
    )


def line_of(row: Bottleneck, on: date) -> BottleneckLine:
    matters = sorted(row.escalations.all(), key=lambda one: one.raised_at, reverse=True)
    return BottleneckLine(
        id=row.pk,
        title=row.title,
        cause=row.cause,
        severity=row.severity,
        severity_label=row.get_severity_display(),
        state=row.state,
        state_label=row.get_state_display(),
        owner_id=row.owner_id,
        owner=row.owner.acronym or row.owner.name,
        goals=tuple(AffectedGoal(goal.pk, goal.code, goal.text) for goal in row.goals.all()),
        meeting=row.meeting.number if row.meeting else None,
        found_by=str(row.found_by),
        found_at=row.found_at,
        days=((row.solved_on or on) - day_of(row.found_at)).days,
        solved_on=row.solved_on,
        solution=row.solution,
        waits_for=next((one.to for one in matters if one.state == "open"), ""),
        matters=tuple(one.pk for one in matters),
        strategies=tuple((one.pk, one.title) for one in row.strategies.all()),
        version=row.version,
    )


def in_order(line: BottleneckLine) -> tuple[int, int, int]:
    return BY_STATE[State(line.state)], BY_SEVERITY[Severity(line.severity)], -line.days
