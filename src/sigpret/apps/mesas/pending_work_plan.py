"""What the work plans ask: an approval of each head authority, an answer to what was observed."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.queries.work_plan_waiting import (
    WaitingPlan,
    observed_where_coordinating,
    plans_to_approve,
)
from sigpret.web.dates import day_of, short_date
from sigpret.web.pending import PendingTask


def work_plan_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The plans this person has not approved; those observed in the mesas they coordinate."""
    if access.user_id is None or not access.roles:
        return
    on = day_of(now)
    for plan in plans_to_approve(access, on=on):
        yield to_approve(plan)
    for plan in observed_where_coordinating(access, on=on):
        yield to_answer(plan)


def to_approve(plan: WaitingPlan) -> PendingTask:
    words = {"year": plan.year, "name": plan.mesa, "n": plan.number}
    return PendingTask(
        title=_("Aprobar el plan de trabajo %(year)s de la mesa de %(name)s") % words,
        url=address_of(plan),
        action=_("Leer y aprobar"),
        detail=_("Versión %(n)s, enviada el %(day)s")
        % {**words, "day": short_date(plan.sent_at) if plan.sent_at else ""},
        icon="document",
        is_urgent=True,
    )


def to_answer(plan: WaitingPlan) -> PendingTask:
    words = {"year": plan.year, "name": plan.mesa}
    return PendingTask(
        title=_("Atender lo observado al plan de trabajo %(year)s de la mesa de %(name)s") % words,
        url=address_of(plan),
        action=_("Leer"),
        detail=plan.observation,
        icon="comment",
    )


def address_of(plan: WaitingPlan) -> str:
    base = reverse("mesas:work_plan", args=[plan.slug])
    return f"{base}?anio={plan.year}&version={plan.number}"
