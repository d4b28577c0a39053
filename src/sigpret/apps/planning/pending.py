"""What planning asks of each person: send, mend, approve, accept, decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import (
    AnnualPlan,
    FormulationStep,
    PlanChange,
    PlanChangeState,
    PlanState,
    StrategicPlan,
)
from sigpret.apps.planning.queries.standing import DUE
from sigpret.apps.planning.step_permissions import REVIEWERS
from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.pending import URGENT, PendingTask

#: One line per plan keeps the list short; the rest is in the list of plans.
LISTED = 5
Days = dict[tuple[int, str], date]


def planning_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The plans and changes whose step is this person's; five statements at most."""
    own = list(access.institutions)
    if not own and not access.has(*REVIEWERS):
        return
    days = {
        (year, code): day
        for year, code, day in FormulationStep.objects.values_list("fiscal_year", "code", "due_on")
    }
    yield from plan_tasks(access, own, days, now)
    yield from change_tasks(access, own)
    yield from strategic_tasks(access, own)


def plan_tasks(access: Access, own: list[int], days: Days, now: datetime) -> Iterator[PendingTask]:
    rows = AnnualPlan.objects.select_related("institution").order_by("fiscal_year", "pk")
    mine = rows.filter(institution__in=own, state__in=["draft", "returned", "submitted"])
    for plan in mine.filter(fiscal_year__gte=now.year):
        if (task := own_task(access, plan, days, now)) is not None:
            yield task
    if access.has(*REVIEWERS):
        waiting = rows.filter(state=PlanState.APPROVED).exclude(institution__in=own)
        for plan in waiting[:LISTED]:
            yield task_of(
                plan, days, now, _("Aceptar o devolver el POA %(year)d de %(name)s"),
                _("Revisar"), "planning:plan_review", "document",
            )  # fmt: skip


def own_task(access: Access, plan: AnnualPlan, days: Days, now: datetime) -> PendingTask | None:
    """What the plan of the person's institution asks of them."""
    roles = access.institutions[plan.institution_id]
    if plan.state == PlanState.SUBMITTED:
        if Role.APPROVER not in roles or plan.submitted_by_id == access.user_id:
            return None
        said = _("Aprobar el POA %(year)d de %(name)s")
        action = _("Revisar y aprobar")
        return task_of(plan, days, now, said, action, "planning:plan_review", "signature")
    if Role.REGISTRAR not in roles:
        return None
    if plan.state == PlanState.RETURNED:
        said = _("Corregir el POA %(year)d de %(name)s, que se devolvió")
        return task_of(plan, days, now, said, _("Responder"), "planning:plan_review", "return")
    said = _("Completar y enviar el POA %(year)d de %(name)s")
    return task_of(plan, days, now, said, _("Continuar"), "planning:plan", "pencil")


def task_of(
    plan: AnnualPlan, days: Days, now: datetime, title: str, action: str, page: str, icon: str
) -> PendingTask:
    """The task, due at the end of the day its step of the calendar ends."""
    following = {
        PlanState.SUBMITTED: DUE[PlanState.APPROVED],
        PlanState.APPROVED: DUE[PlanState.ACCEPTED],
    }
    code = following.get(PlanState(plan.state), DUE[PlanState.DRAFT])
    day = days.get((plan.fiscal_year, code))
    due_at = datetime.combine(day, time(17), TEGUCIGALPA) if day else None
    words = {"year": plan.fiscal_year, "name": plan.institution.name}
    return PendingTask(
        title=title % words,
        url=reverse(page, args=[plan.fiscal_year, plan.institution.code]),
        action=action,
        due_at=due_at,
        icon=icon,
        is_urgent=due_at is not None and due_at - now <= URGENT,
    )


def change_tasks(access: Access, own: list[int]) -> Iterator[PendingTask]:
    """Changes to mend, to approve and to decide."""
    theirs = Q(plan__institution__in=own)
    asked = Q(state__in=[PlanChangeState.RETURNED, PlanChangeState.SUBMITTED]) & theirs
    if access.has(*REVIEWERS):
        asked |= Q(state=PlanChangeState.APPROVED) & ~theirs
    rows = PlanChange.objects.filter(asked).select_related("plan__institution").order_by("pk")
    for change in rows:
        if (said := change_words(access, change)) is not None:
            title, action = said
            yield PendingTask(
                title=title
                % {
                    "n": change.number,
                    "year": change.plan.fiscal_year,
                    "name": change.plan.institution.name,
                },
                url=reverse("planning:change", args=[change.plan_id, change.number]),
                action=action,
                detail=change.reason,
                icon="history",
            )


def change_words(access: Access, change: PlanChange) -> tuple[str, str] | None:
    """The title and the verb for this person; None when it is somebody else's turn."""
    roles = access.institutions.get(change.plan.institution_id, frozenset())
    if change.state == PlanChangeState.APPROVED:
        return _("Decidir el cambio n.º %(n)d del POA %(year)d de %(name)s"), _("Decidir")
    if change.state == PlanChangeState.RETURNED and Role.REGISTRAR in roles:
        return _("Corregir el cambio n.º %(n)d del POA %(year)d"), _("Corregir")
    is_theirs = Role.APPROVER in roles and change.requested_by_id != access.user_id
    if change.state == PlanChangeState.SUBMITTED and is_theirs:
        return _("Aprobar el cambio n.º %(n)d del POA %(year)d de %(name)s"), _("Revisar")
    return None


def strategic_tasks(access: Access, own: list[int]) -> Iterator[PendingTask]:
    """Strategic plans to approve, and those that came back."""
    rows = StrategicPlan.objects.filter(institution__in=own, approved_at__isnull=True)
    waiting = Q(submitted_at__isnull=False) | ~Q(return_reason="")
    for plan in rows.filter(waiting).select_related("institution").order_by("first_year", "pk"):
        if (said := strategic_words(access, plan)) is not None:
            title, action, icon = said
            years = f"{plan.first_year}–{plan.last_year}"
            place = [plan.institution.code, plan.first_year]
            yield PendingTask(
                title=title % {"years": years, "name": plan.institution.name},
                url=reverse("planning:strategic_plan", args=place),
                action=action,
                detail=plan.return_reason,
                icon=icon,
            )


def strategic_words(access: Access, plan: StrategicPlan) -> tuple[str, str, str] | None:
    """The title, the verb and the icon for this person; None when it is somebody else's turn."""
    roles = access.institutions[plan.institution_id]
    if plan.submitted_at is not None:
        if Role.APPROVER not in roles or plan.submitted_by_id == access.user_id:
            return None
        said = _("Aprobar el plan estratégico %(years)s de %(name)s")
        return said, _("Revisar y aprobar"), "signature"
    if Role.REGISTRAR not in roles:
        return None
    return _("Corregir y enviar el plan estratégico %(years)s"), _("Corregir"), "return"
