"""Who is told that a plan took a step, and the event of the chain that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import approvers_of, people_of, people_with
from sigpret.apps.notices.actions import notify
from sigpret.apps.notices.kinds import Kind
from sigpret.apps.planning.actions.record import PLAN_SUBJECT
from sigpret.apps.planning.models import AnnualPlan
from sigpret.web.dates import day_of


def heads_of(plan: AnnualPlan, at: datetime) -> tuple[User, ...]:
    """Who may approve it; the administration, which gives that role, when nobody has it."""
    day = day_of(at)
    found = approvers_of(plan.institution_id, on=day, besides=plan.submitted_by_id)
    return found or people_with(Role.ADMINISTRATOR, on=day)


def deciders(at: datetime) -> tuple[User, ...]:
    """Who accepts or returns at DIGER."""
    day = day_of(at)
    found = {person.pk: person for person in people_with(Role.ANALYST, on=day)}
    found |= {person.pk: person for person in people_with(Role.ADMINISTRATOR, on=day)}
    return tuple(found.values())


def planners_of(institution_id: int, at: datetime) -> tuple[User, ...]:
    """Who writes and who answers for the plan of an institution."""
    return people_of(institution_id, *sorted(INSTITUTION_ROLES), on=day_of(at))


def tell(
    recipients: Iterable[User],
    kind: Kind,
    plan: AnnualPlan,
    *,
    page: str,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One notice about a step of a plan, once per write of it; `page` is a view of the plan."""
    notify(
        recipients=recipients,
        kind=kind.code,
        subject_key=f"plan:{plan.pk}",
        context={"institution": plan.institution.name, "year": plan.fiscal_year}
        | dict(facts or {}),
        url=reverse(page, args=[plan.fiscal_year, plan.institution.code]),
        at=at,
        dedupe_key=f"{kind.code}:{plan.pk}:{plan.version}",
    )


def observations_words(count: int) -> str:
    if not count:
        return _("un motivo")
    return ngettext("%(n)d observación", "%(n)d observaciones", count) % {"n": count}


def record_step(
    actor: User | None, plan: AnnualPlan, action: str, at: datetime, facts: dict[str, Any]
) -> None:
    """The event of a step, last of all."""
    record(
        actor=actor,
        action=action,
        subject_type=PLAN_SUBJECT,
        subject_id=plan.pk,
        payload={
            "institution": plan.institution.code,
            "fiscal_year": plan.fiscal_year,
            "version": plan.version,
            "state": plan.state,
            "at": at,
        }
        | facts,
    )
