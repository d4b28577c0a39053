"""Reminding whoever answers for an agreement: before its date, and each week once it passed."""

from datetime import datetime

from django.db import transaction

from sigpret.apps.mesas.actions.agreement_notices import address_of, owners_of, words_of
from sigpret.apps.mesas.agreement_kinds import AGREEMENT_DUE, AGREEMENT_OVERDUE
from sigpret.apps.mesas.models import Agreement
from sigpret.apps.mesas.queries.agreements import open_lines
from sigpret.apps.notices.actions import notify
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.agreements import Reminder, ReminderKind, reminder_on
from sigpret.web.dates import day_of, days_left

KINDS = {ReminderKind.NEAR: AGREEMENT_DUE, ReminderKind.OVERDUE: AGREEMENT_OVERDUE}


@transaction.atomic
def send_agreement_reminders(*, at: datetime) -> int:
    """What the calendar reminds of on a day; how many people were told.

    Run it as often as wanted: each reminder of a date is given once; another date begins again.
    """
    on = day_of(at)
    policy = policy_on(on)
    due = (
        (row, reminder_on(row.due_on, on, policy)) for row in open_lines(Agreement.objects.all())
    )
    return sum(tell(row, found, at) for row, found in due if found is not None)


def tell(agreement: Agreement, reminder: Reminder, at: datetime) -> int:
    due_on = agreement.due_on
    return notify(
        recipients=owners_of(agreement, at),
        kind=KINDS[reminder.kind].code,
        subject_key=f"agreement:{agreement.pk}",
        context={
            **words_of(agreement),
            "left": days_left(due_on, day_of(at)),
            "detail": agreement.text,
        },
        url=address_of(agreement),
        at=at,
        dedupe_key=f"agreement-{reminder.kind}:{agreement.pk}:{due_on}:{reminder.number}",
    )
