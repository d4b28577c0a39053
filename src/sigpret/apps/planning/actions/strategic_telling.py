"""Who learns that a strategic plan took a step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import approvers_of, people_with
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.apps.planning.actions.telling import planners_of
from sigpret.apps.planning.models import StrategicPlan
from sigpret.apps.planning.notice_kinds import (
    STRATEGIC_APPROVED,
    STRATEGIC_RETURNED,
    STRATEGIC_TO_APPROVE,
)
from sigpret.web.dates import day_of


def tell_submitted(plan: StrategicPlan, at: datetime) -> None:
    """The head authority; the administration, which gives that role, when nobody else has it."""
    day = day_of(at)
    heads = approvers_of(plan.institution_id, on=day, besides=plan.submitted_by_id)
    tell(heads or people_with(Role.ADMINISTRATOR, on=day), STRATEGIC_TO_APPROVE, plan, at)


def tell_returned(plan: StrategicPlan, at: datetime) -> None:
    tell(planners_of(plan.institution_id, at), STRATEGIC_RETURNED, plan, at)


def tell_approved(plan: StrategicPlan, at: datetime) -> None:
    tell(planners_of(plan.institution_id, at), STRATEGIC_APPROVED, plan, at)


def tell(recipients: Iterable[User], kind: Kind, plan: StrategicPlan, at: datetime) -> None:
    """One notice about a step, once per write of the plan."""
    years = f"{plan.first_year}–{plan.last_year}"
    notify(
        recipients=recipients,
        kind=kind.code,
        subject_key=f"strategic_plan:{plan.pk}",
        context={
            "institution": plan.institution.name,
            "years": years,
            "detail": plan.return_reason,
        },
        url=reverse("planning:strategic_plan", args=[plan.institution.code, plan.first_year]),
        at=at,
        dedupe_key=f"{kind.code}:{plan.pk}:{plan.version}",
    )
