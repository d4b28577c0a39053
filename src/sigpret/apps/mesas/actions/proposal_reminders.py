"""Reminding the political level of what it has not decided: before its days end, and after.

«Este nivel, es responsable de la aprobación al más alto nivel de las propuestas técnicas»
(guidelines, "Estructura de las mesas").
"""

from datetime import date, datetime, timedelta
from itertools import chain

from django.db import transaction

from sigpret.apps.mesas.actions.proposal_notices import Proposal, tell_waiting
from sigpret.apps.mesas.models import MesaProduct, Strategy
from sigpret.apps.reference.queries import holidays_between, policy_on
from sigpret.methodology.calendar import add_days
from sigpret.methodology.mesas.agreements import reminder_on
from sigpret.methodology.policy import Policy
from sigpret.web.dates import day_of

#: Holidays are read this far around what waits: no decision has more days than these.
AROUND = timedelta(days=120)


@transaction.atomic
def send_proposal_reminders(*, at: datetime) -> int:
    """What still waits for its political level on a day; how many people were told.

    Run it as often as wanted: each reminder of a proposal is given once; proposing it again
    begins again.
    """
    on = day_of(at)
    policy, told = policy_on(on), 0
    for subject in waiting():
        if subject.proposed_at is None:
            continue
        due_on = due_day(day_of(subject.proposed_at), policy)
        reminder = reminder_on(due_on, on, policy)
        if reminder is not None:
            told += tell_waiting(subject, reminder, due_on, at)
    return told


def waiting() -> tuple[Proposal, ...]:
    """Products and strategies proposed and not decided; two statements."""
    found = (
        model._default_manager.filter(state="proposed", proposed_at__isnull=False).select_related(
            "mesa__sector"
        )
        for model in (MesaProduct, Strategy)
    )
    return tuple(chain.from_iterable(found))


def due_day(proposed_on: date, policy: Policy) -> date:
    """The last day to decide what was proposed on a day, as the compliance board counts it."""
    known = holidays_between(proposed_on, proposed_on + AROUND)
    holidays = frozenset(day.date for day in known)
    return add_days(proposed_on, policy.political_days, policy.political_day_kind, holidays)
