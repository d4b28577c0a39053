"""Who must be reminded today: those who owe their report 7, 3 and 1 days before, and that day."""

from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.monitoring.queries.deliveries import delivery_matrix
from sigpret.apps.monitoring.queries.extensions import excuses
from sigpret.apps.monitoring.queries.rounds import RoundFacts, all_rounds, local_day

#: Days before the deadline; 0 is the day it falls.
DAYS_BEFORE = (7, 3, 1, 0)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """An institution to remind today, of the deadline it has itself.

    `dedupe_key` is the same however often the day is looked at.
    """

    round: RoundFacts
    institution_id: int
    institution_code: str
    deadline: datetime
    days_left: int

    @property
    def dedupe_key(self) -> str:
        return f"deadline:{self.round.id}:{self.institution_id}:{self.days_left}"


def reminders_due(at: datetime) -> tuple[DueReminder, ...]:
    """Every institution to remind at a moment, by round and code; seven statements per open round.

    An extension moves its institution's days. Nobody is reminded once the deadline has passed.
    """
    today = local_day(at)
    found = []
    for round_ in all_rounds():
        if round_.opens_on > today:
            continue
        for delivery in delivery_matrix(round_).deliveries if has_time(round_, at) else ():
            left = (local_day(delivery.deadline) - today).days
            if delivery.is_owing and left in DAYS_BEFORE and at < delivery.deadline:
                found.append(
                    DueReminder(
                        round_, delivery.institution_id, delivery.code, delivery.deadline, left
                    )
                )
    return tuple(found)


def has_time(round_: RoundFacts, at: datetime) -> bool:
    """Could anybody still report in it? In a closed one only while an extension runs."""
    return not round_.is_closed or bool(excuses(round_.id, at))
