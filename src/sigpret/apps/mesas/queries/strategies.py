"""The strategies of a mesa: the problem, the options side by side, and how it was decided."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sigpret.apps.mesas.models import Bottleneck, CourseOfAction, Mesa, Strategy
from sigpret.apps.mesas.queries.bottlenecks import AffectedGoal
from sigpret.apps.mesas.queries.deciding import Decided, decided_of
from sigpret.apps.mesas.queries.happened import Happened, happened


@dataclass(frozen=True, slots=True)
class Option:
    """A course of action; what was not written is empty."""

    id: int
    number: int
    text: str
    benefits: str
    risks: str
    cost: str
    time: str
    owner_id: int | None
    owner: str
    is_recommended: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """A strategy. `decided.days` since it was proposed while it waits."""

    id: int
    title: str
    problem: str
    bottleneck_id: int | None
    bottleneck: str
    goals: tuple[AffectedGoal, ...]
    options: tuple[Option, ...]
    decided: Decided
    version: int

    @property
    def recommended(self) -> Option | None:
        return next((one for one in self.options if one.is_recommended), None)

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.is_chosen), None)


@dataclass(frozen=True, slots=True)
class StrategyPage:
    line: StrategyLine
    history: tuple[Happened, ...]


def strategies(mesa: Mesa, *, on: date) -> tuple[StrategyLine, ...]:
    """What waits for a decision first, then the newest; three statements."""
    rows = with_relations(Strategy.objects.filter(mesa=mesa).order_by("-written_at", "-pk"))
    lines = [line_of(row, on) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.decided.state != "proposed"))


def strategy_page(mesa: Mesa, pk: int, *, on: date) -> StrategyPage | None:
    """One strategy of the mesa with what happened to it, or None; four statements."""
    row = with_relations(Strategy.objects.filter(mesa=mesa, pk=pk)).first()
    return StrategyPage(line_of(row, on), happened("mesa_strategy", pk)) if row else None


def bottleneck_choices(mesa: Mesa) -> list[tuple[int, str]]:
    """The bottlenecks of the mesa a strategy may solve; one statement."""
    rows = Bottleneck.objects.filter(mesa=mesa).exclude(state=Bottleneck.State.SOLVED)
    return list(rows.order_by("-found_at").values_list("pk", "title"))


def with_relations(rows: QuerySet[Strategy]) -> QuerySet[Strategy]:
    related = rows.select_related("bottleneck", "written_by", "proposed_by", "decided_by")
    return related.prefetch_related("goals", "options__owner")


def line_of(row: Strategy, on: date) -> StrategyLine:
    return StrategyLine(
        id=row.pk,
        title=row.title,
        problem=row.problem,
        bottleneck_id=row.bottleneck_id,
        bottleneck=row.bottleneck.title if row.bottleneck else "",
        goals=tuple(AffectedGoal(goal.pk, goal.code, goal.text) for goal in row.goals.all()),
        options=tuple(map(option_of, row.options.all())),
        decided=decided_of(row, on),
        version=row.version,
    )


def option_of(row: CourseOfAction) -> Option:
    return Option(
        id=row.pk,
        number=row.number,
        text=row.text,
        benefits=row.benefits,
        risks=row.risks,
        cost=row.cost,
        time=row.time,
        owner_id=row.owner_id,
        owner=(row.owner.acronym or row.owner.name) if row.owner else "",
        is_recommended=row.is_recommended,
        is_chosen=row.is_chosen,
    )
