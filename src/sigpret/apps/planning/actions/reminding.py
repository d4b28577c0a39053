"""Reminding institutions of their plan: whoever DIGER selects, in words it reads first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.notices.actions import notify
from sigpret.apps.planning.actions.telling import planners_of
from sigpret.apps.planning.models import PlanReminder
from sigpret.apps.planning.notice_kinds import PLAN_REMINDER
from sigpret.apps.planning.step_permissions import check_can_remind_plans
from sigpret.web.dates import TEGUCIGALPA, day_of

LONGEST = 500


class ReminderError(Exception):
    """Nothing can be sent so; the text says why."""


@transaction.atomic
def remind_plans(
    *,
    actor: User,
    access: Access,
    fiscal_year: int,
    institution_ids: Collection[int],
    text: str,
    at: datetime,
) -> int:
    """Tell the people of some institutions about their plan of a year; how many institutions.

    None is told twice in one day, whoever else reminds. The plan may not exist yet. Raises
    PermissionDenied, and ReminderError without a text.
    """
    check_can_remind_plans(access)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise ReminderError(_("Escriba el recordatorio, en 1 a 500 caracteres."))
    # Two people who remind the same institutions take turns here.
    rows = Institution.objects.select_for_update().filter(pk__in=institution_ids)
    chosen = {row.pk: row for row in rows.order_by("pk")}
    morning = datetime.combine(day_of(at), time(), TEGUCIGALPA)
    told_today = PlanReminder.objects.filter(
        institution__in=chosen, fiscal_year=fiscal_year, sent_at__gte=morning
    )
    already = set(told_today.values_list("institution_id", flat=True))
    told = [row for pk, row in chosen.items() if pk not in already]
    for institution in told:
        tell(institution, fiscal_year, text, at)
    PlanReminder.objects.bulk_create(
        PlanReminder(institution=row, fiscal_year=fiscal_year, text=text, sent_by=actor, sent_at=at)
        for row in told
    )
    if told:
        record(
            actor=actor,
            action="planning.institutions_reminded",
            subject_type="plans_of_year",
            subject_id=fiscal_year,
            payload={"institutions": sorted(row.code for row in told), "text": text, "at": at},
        )
    return len(told)


def tell(institution: Institution, fiscal_year: int, text: str, at: datetime) -> None:
    notify(
        recipients=planners_of(institution.pk, at),
        kind=PLAN_REMINDER.code,
        subject_key=f"plan_of:{institution.pk}:{fiscal_year}",
        context={"institution": institution.name, "year": fiscal_year, "text": text},
        url=reverse("planning:plan", args=[fiscal_year, institution.code]),
        at=at,
        dedupe_key=f"plan_reminder:{institution.pk}:{fiscal_year}:{day_of(at).isoformat()}",
    )
