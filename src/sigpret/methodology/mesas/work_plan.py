"""The work plan of a mesa: how each activity goes, who must approve it, what a version changes.

Guidelines, "Plan de Trabajo": each mesa "deberá elaborar un Plan de Trabajo, orientado a
establecer una programación de las actividades requeridas"; it "deberá plantear los resultados y
respectivas responsabilidades y tiempos para concretar las actividades. Dicho Plan deberá ser
aprobado a nivel de las máximas autoridades de cada Mesa".
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WHOLE = 100


class Pace(StrEnum):
    """How an activity goes on a day, by its dates and what was told of it."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    TO_START = "to_start"


def pace(starts_on: date, ends_on: date, percent: int, on: date) -> Pace:
    """Its last day is still in time. `percent` is 0-100; whole means done, whatever the dates."""
    if percent >= WHOLE:
        return Pace.DONE
    if ends_on < on:
        return Pace.LATE
    return Pace.RUNNING if percent > 0 or starts_on <= on else Pace.TO_START


def progress(percents: Collection[int]) -> int:
    """How far a plan is: the mean of its activities, 0-100, halves up; 0 without activities."""
    if not percents:
        return 0
    return (2 * sum(percents) + len(percents)) // (2 * len(percents))


def missing_for_approval(results: Mapping[str, Sequence["PlanLine"]]) -> tuple[str, ...]:
    """What a plan lacks to be sent, of what the guideline asks: `results`, `activities`,
    `responsible`; times are always there. Empty: it may be sent."""
    lines = [line for of_result in results.values() for line in of_result]
    missing = []
    if not results:
        missing.append("results")
    if not lines or not all(results.values()):
        missing.append("activities")
    if not all(line.institutions for line in lines):
        missing.append("responsible")
    return tuple(missing)


def comes_into_force(approvals: Mapping[str, bool]) -> bool:
    """May it rule? `approvals` by institution: did its head authority approve? All must."""
    return bool(approvals) and all(approvals.values())


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An activity as one version has it. `key` names it in every version of the year."""

    key: str
    number: str
    text: str
    starts_on: date
    ends_on: date
    institutions: frozenset[str]
    responsible: str = ""
    reason: str = ""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One activity that is not the same in two versions; `what` names the fields that differ."""

    kind: ChangeKind
    old: PlanLine | None
    new: PlanLine | None
    what: tuple[str, ...] = ()

    @property
    def line(self) -> PlanLine:
        """As the later version has it; as the earlier one had it when it went away."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change has an activity")
        return found


COMPARED = ("text", "starts_on", "ends_on", "institutions", "responsible")


def plan_changes(old: Sequence[PlanLine], new: Sequence[PlanLine]) -> tuple[PlanChange, ...]:
    """What a version changes, in its order, and last what it takes away.

    Another number or another reason is no change: the activity is the same.
    """
    before = {line.key: line for line in old}
    after = {line.key for line in new}
    found = (change_of(before.get(line.key), line) for line in new)
    gone = (PlanChange(ChangeKind.REMOVED, line, None) for line in old if line.key not in after)
    return (*(change for change in found if change is not None), *gone)


def change_of(old: PlanLine | None, new: PlanLine) -> PlanChange | None:
    if old is None:
        return PlanChange(ChangeKind.ADDED, None, new)
    what = tuple(name for name in COMPARED if getattr(old, name) != getattr(new, name))
    return PlanChange(ChangeKind.CHANGED, old, new, what) if what else None
