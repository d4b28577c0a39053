"""Beginning the plan of a year with nothing in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.writing import record_row
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.permissions import check_can_begin_plan
from sigpret.web.dates import day_of

PLAN_STARTED = "planning.plan_started"


@transaction.atomic
def start_plan(
    *, actor: User, access: Access, institution: Institution, fiscal_year: int, at: datetime
) -> AnnualPlan:
    """An empty draft for the year; a plan that is there already stays as it is.

    Raises PermissionDenied, also for a year that is closed to the person.
    """
    check_can_begin_plan(access, institution.pk, fiscal_year, current_year=day_of(at).year)
    plan, is_new = AnnualPlan.objects.select_for_update().get_or_create(
        institution=institution, fiscal_year=fiscal_year, defaults={"version": 0}
    )
    if is_new:
        facts = {"institution": institution.code, "fiscal_year": fiscal_year}
        record_row(actor, plan, PLAN_STARTED, facts, at)
    return plan
