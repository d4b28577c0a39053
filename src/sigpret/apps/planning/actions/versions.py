"""Keeping the plan as it stands at a step, under a number people can name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import AnnualPlan, PlanVersion
from sigpret.apps.planning.queries.content import digest_of, plan_content

Occasion = PlanVersion.Occasion


@transaction.atomic
def keep_version(
    *, plan: AnnualPlan, occasion: str, reason: str = "", actor: User, at: datetime
) -> PlanVersion:
    """Keep what the plan says now as its next version; a plan that says the same has no new one.

    `occasion` is a `PlanVersion.Occasion`; `reason` is for people and may be empty. The caller
    writes the audit event of what it did. Holds the plan until commit, so numbers have no gaps.
    """
    AnnualPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    content = plan_content(plan)
    digest = digest_of(content)
    if last is not None and last.digest == digest:
        return last
    return PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        occasion=occasion,
        reason=reason.strip(),
        content=content,
        digest=digest,
        made_by=actor,
        made_at=at,
    )
