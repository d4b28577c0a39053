"""An agreement after it was agreed: its situation, its reminders, and what its indicator did.

Guidelines, "Ayudas Memoria de Acuerdos": the minutes hold "acuerdos alcanzados con sus
respectivos resultados relevantes, seguimiento de los acuerdos", and what was agreed is
"definitivo": an agreement is corrected by a later one, never by changing its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy


class Situation(StrEnum):
    """How an agreement stands on a day; overdue is worked out, nobody writes it."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    WITHOUT_EFFECT = "without_effect"


#: Nothing more is expected of it.
SETTLED = frozenset({Situation.FULFILLED, Situation.WITHOUT_EFFECT})


def situation(state: str, due_on: date, on: date) -> Situation:
    """The situation on a day of an agreement whose kept state is `state`.

    The day it falls due is still in time. Raises ValueError for a state nobody knows.
    """
    kept = Situation(state)
    return Situation.OVERDUE if kept not in SETTLED and due_on < on else kept


def was_on_time(fulfilled_on: date, due_on: date) -> bool:
    """Was it fulfilled by the date in force that day?"""
    return fulfilled_on <= due_on


class ReminderKind(StrEnum):
    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`number` counts the reminders of a kind for one date, from 1: each is given once."""

    kind: ReminderKind
    number: int


def reminder_on(due_on: date, on: date, policy: Policy) -> Reminder | None:
    """What whoever owes something that is not settled is told on a day, if anything.

    Some days before its date (or the first day after that on which anybody looks), the day after
    it passed, and again each so many days from then on, as the policy says.
    """
    late = (on - due_on).days
    if late > 0:
        return Reminder(ReminderKind.OVERDUE, (late - 1) // policy.reminder_each_days + 1)
    return Reminder(ReminderKind.NEAR, 1) if -late <= policy.due_soon_days else None


class Verdict(StrEnum):
    """What an indicator did after something was done; never that it was because of it."""

    ROSE = "rose"
    FELL = "fell"
    STEADY = "steady"
    TOO_SOON = "too_soon"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True)
class Measured:
    """The achievement to date of a goal at a quarter: percent of what was programmed (0-100 and
    beyond), so that quarters, units and senses compare; None when there is no figure."""

    period: Period
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Movement:
    """Before and after. `change` and `earlier` in percentage points: after less before, and
    before less the quarter before it. `is_partial`: the only quarter after is the one in which
    it was fulfilled. `steady` are the points under which it stands where it was."""

    verdict: Verdict
    before: Measured | None = None
    after: Measured | None = None
    change: Decimal | None = None
    earlier: Decimal | None = None
    is_partial: bool = False
    steady: Decimal = Decimal(0)

    @property
    def was_already_moving(self) -> bool:
        """Did it move the same way, beyond what is steady, before anything was done?"""
        if self.change is None or self.earlier is None:
            return False
        return abs(self.earlier) >= self.steady and (self.change > 0) == (self.earlier > 0)


def movement(series: Iterable[Measured], fulfilled_on: date, policy: Policy) -> Movement:
    """Did the goal move after a day? From its quarters; those without a figure say nothing.

    Before is the last quarter that had ended by that day; after, the last one that had not.
    """
    known = sorted((one for one in series if one.percent is not None), key=lambda one: one.period)
    before = [one for one in known if one.period.end <= fulfilled_on]
    after = [one for one in known if one.period.end > fulfilled_on]
    if not before:
        return Movement(Verdict.NOT_MEASURED, after=after[-1] if after else None)
    earlier = points(before[-2], before[-1]) if len(before) > 1 else None
    if not after:
        return Movement(Verdict.TOO_SOON, before=before[-1], earlier=earlier)
    change = points(before[-1], after[-1])
    return Movement(
        verdict=verdict_of(change, policy.steady_points),
        before=before[-1],
        after=after[-1],
        change=change,
        earlier=earlier,
        is_partial=after[-1].period.start <= fulfilled_on,
        steady=policy.steady_points,
    )


def points(first: Measured, last: Measured) -> Decimal:
    """Percentage points from one quarter to another, both with a figure."""
    return (last.percent or Decimal(0)) - (first.percent or Decimal(0))


def verdict_of(change: Decimal, steady: Decimal) -> Verdict:
    if abs(change) < steady:
        return Verdict.STEADY
    return Verdict.ROSE if change > 0 else Verdict.FELL
