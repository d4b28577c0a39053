"""Asking institutions for their report: whoever DIGER selects, or whom the calendar says."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, people_of
from sigpret.apps.monitoring.notice_kinds import DEADLINE_NEAR
from sigpret.apps.monitoring.permissions import check_can_remind
from sigpret.apps.monitoring.queries.extensions import excuses
from sigpret.apps.monitoring.queries.reminders import DueReminder, reminders_due
from sigpret.apps.monitoring.queries.rounds import RoundFacts, local_day
from sigpret.apps.notices.actions import notify
from sigpret.web.dates import days_left, deadline_words, period_words

# One row per institution and day: whoever comes second that day adds nothing.
ADD = """
INSERT INTO monitoring_reminder (round_id, institution_id, day, sent_at, sent_by_id)
SELECT %(round)s, institution, %(day)s, %(at)s, %(by)s
FROM unnest(%(institutions)s::bigint[]) institution ORDER BY institution
ON CONFLICT (round_id, institution_id, day) DO NOTHING RETURNING institution_id
"""


@transaction.atomic
def remind(
    *,
    actor: User,
    access: Access,
    round_: RoundFacts,
    institution_ids: Collection[int],
    at: datetime,
) -> int:
    """Remind the people of some institutions; how many institutions were told.

    Each reads its own deadline, its extension's if it has one. None is told twice in one day,
    whoever else reminds. Raises PermissionDenied.
    """
    check_can_remind(access)
    told = added(round_.id, institution_ids, by=actor, at=at)
    institutions = Institution.objects.filter(pk__in=told).order_by("code")
    longer = excuses(round_.id, at)
    for institution in institutions:
        excuse = longer.get(institution.pk)
        tell(institution, round_, deadline=excuse.until if excuse else round_.closes_at, at=at)
    if told:
        record(
            actor=actor,
            action="monitoring.institutions_reminded",
            subject_type="reporting_round",
            subject_id=round_.period.code,
            payload={
                "period": round_.period.code,
                "institutions": [institution.code for institution in institutions],
            },
        )
    return len(told)


@transaction.atomic
def send_due_reminders(*, at: datetime) -> int:
    """What the calendar itself reminds of on a day: 7, 3 and 1 days before, and at the deadline.

    Run it as often as wanted: each institution is told once a day. Returns how many were told.
    """
    due = reminders_due(at)
    told = 0
    for round_, of_round in by_round(due).items():
        ids = added(round_.id, [one.institution_id for one in of_round], by=None, at=at)
        institutions = Institution.objects.in_bulk(ids)
        for one in of_round:
            if one.institution_id in institutions:
                institution = institutions[one.institution_id]
                tell(institution, round_, deadline=one.deadline, at=at)
        told += len(ids)
    return told


def by_round(due: Iterable[DueReminder]) -> dict[RoundFacts, list[DueReminder]]:
    grouped: dict[RoundFacts, list[DueReminder]] = {}
    for one in due:
        grouped.setdefault(one.round, []).append(one)
    return grouped


def added(
    round_id: int, institution_ids: Collection[int], *, by: User | None, at: datetime
) -> set[int]:
    """Those that had not been reminded that day yet."""
    asked: dict[str, Any] = {
        "round": round_id,
        "day": local_day(at),
        "at": at,
        "by": by.pk if by else None,
        "institutions": list(institution_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, asked)
        return {row[0] for row in cursor.fetchall()}


def tell(institution: Institution, round_: RoundFacts, *, deadline: datetime, at: datetime) -> None:
    """Whoever reports and whoever approves, once a day."""
    day, period = local_day(at), round_.period
    notify(
        recipients=people_of(institution.pk, *sorted(INSTITUTION_ROLES), on=day),
        kind=DEADLINE_NEAR.code,
        subject_key=f"round:{round_.id}:{institution.pk}",
        context={
            "left": days_left(deadline, day),
            "institution": institution.name,
            "period": period_words(period),
            "deadline": deadline_words(deadline),
            "due_at": deadline,
        },
        url=reverse("monitoring:report", args=[institution.code, period.year, period.number]),
        at=at,
        dedupe_key=f"reminder:{round_.id}:{institution.pk}:{day.isoformat()}",
    )
