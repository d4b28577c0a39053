"""Who learns of a change of a plan, and the event of the chain that says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import approvers_of, people_with
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.apps.planning.actions.telling import deciders, planners_of
from sigpret.apps.planning.models import PlanChange, PlanChangeState
from sigpret.apps.planning.notice_kinds import (
    CHANGE_ANSWERED,
    CHANGE_TO_APPROVE,
    CHANGE_TO_DECIDE,
)
from sigpret.web.dates import day_of


def tell_sent(change: PlanChange, at: datetime) -> None:
    """Whoever has it now: the head authority, then DIGER."""
    if change.state == PlanChangeState.SUBMITTED:
        day, own = day_of(at), change.plan.institution_id
        heads = approvers_of(own, on=day, besides=change.requested_by_id)
        tell(heads or people_with(Role.ADMINISTRATOR, on=day), CHANGE_TO_APPROVE, change, at)
    else:
        tell(deciders(at), CHANGE_TO_DECIDE, change, at)


def tell_answered(change: PlanChange, at: datetime) -> None:
    """The institution reads what became of it."""
    people = planners_of(change.plan.institution_id, at)
    word = str(PlanChangeState(change.state).label)
    facts = {"decision": word, "detail": change.observation}
    tell(people, CHANGE_ANSWERED, change, at, facts)


def tell(
    recipients: tuple[User, ...],
    kind: Kind,
    change: PlanChange,
    at: datetime,
    facts: dict[str, str] | None = None,
) -> None:
    plan = change.plan
    notify(
        recipients=recipients,
        kind=kind.code,
        subject_key=f"plan_change:{change.pk}",
        context={
            "institution": plan.institution.name,
            "year": plan.fiscal_year,
            "number": change.number,
            **(facts or {}),
        },
        url=reverse("planning:change", args=[plan.pk, change.number]),
        at=at,
        dedupe_key=f"{kind.code}:{change.pk}:{change.version}",
    )


def record_change(
    actor: User, change: PlanChange, what: str, at: datetime, facts: dict[str, Any]
) -> None:
    """The event of a step of a change, last of all."""
    plan = change.plan
    record(
        actor=actor,
        action=f"planning.change_{what}",
        subject_type="plan_change",
        subject_id=change.pk,
        payload={
            "institution": plan.institution.code,
            "fiscal_year": plan.fiscal_year,
            "number": change.number,
            "state": change.state,
            "at": at,
        }
        | facts,
    )
