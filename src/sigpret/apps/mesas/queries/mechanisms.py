"""How the figures of a sector reach the system, and which goals have no way yet."""

from dataclasses import dataclass
from datetime import date

from sigpret.apps.mesas.models import InformationMechanism, Mesa
from sigpret.apps.mesas.queries.bottlenecks import AffectedGoal
from sigpret.apps.results.models import Goal


@dataclass(frozen=True, slots=True)
class MechanismLine:
    """What, from which record, who tells it, how often; `ended_on` when it is not used anymore."""

    id: int
    text: str
    source: str
    frequency: str
    institution: str
    responsible: str
    goal: AffectedGoal | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Mechanisms:
    lines: tuple[MechanismLine, ...]
    without: tuple[AffectedGoal, ...]


def mechanisms(mesa: Mesa) -> Mechanisms:
    """Those in use first, and the sectoral goals without one; two statements."""
    rows = InformationMechanism.objects.filter(mesa=mesa).select_related("institution", "goal")
    lines = sorted(map(line_of, rows), key=lambda line: (line.ended_on is not None, line.text))
    covered = {line.goal.id for line in lines if line.goal and line.ended_on is None}
    goals = Goal.objects.filter(sector=mesa.sector_id, level=Goal.Level.SECTORAL)
    without = goals.exclude(pk__in=covered).order_by("code")
    return Mechanisms(tuple(lines), tuple(map(goal_of, without)))


def line_of(row: InformationMechanism) -> MechanismLine:
    return MechanismLine(
        id=row.pk,
        text=row.text,
        source=row.source,
        frequency=row.frequency,
        institution=row.institution.acronym or row.institution.name,
        responsible=row.responsible,
        goal=goal_of(row.goal) if row.goal else None,
        ended_on=row.ended_on,
    )


def goal_of(goal: Goal) -> AffectedGoal:
    return AffectedGoal(goal.pk, goal.code, goal.text)
