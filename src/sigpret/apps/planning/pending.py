"""What planning asks of each person: send, mend, approve, accept, decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from sigpret.apps.planning.queries.begun import plans_begun
from sigpret.apps.planning.queries.standing import DUE
from sigpret.apps.planning.step_permissions import REVIEWERS
from sigpret.web.dates import TEGUCIGALPA, day_of, short_date
from sigpret.web.pending import URGENT, PendingTask

#: One line per plan keeps the list short; the rest is in the list of plans.
LISTED = 5
Days = dict[tuple[int, str], date]
#: The step of the calendar that ends when somebody does what a plan waits for, by its state.
FOLLOWING = {
    PlanState.SUBMITTED: DUE[PlanState.APPROVED],
    PlanState.APPROVED: DUE[PlanState.ACCEPTED],
}


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a step, if there is one; `said` is why the one there was no longer counts."""

    day: date | None
    said: str = ""


def planning_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The plans and changes whose step is this person's; seven statements at most."""
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
    mine = list(
        rows.filter(
            institution__in=own,
            state__in=["draft", "returned", "submitted"],
            fiscal_year__gte=now.year,
        )
    )
    dues = dues_of(mine, days, now)
    for plan in mine:
        if (task := own_task(access, plan, dues[plan.pk], now)) is not None:
            yield task
    if access.has(*REVIEWERS):
        waiting = list(rows.filter(state=PlanState.APPROVED).exclude(institution__in=own)[:LISTED])
        dues = dues_of(waiting, days, now)
        for plan in waiting:
            yield task_of(
                plan, dues[plan.pk], now, _("Aceptar o devolver el POA %(year)d de %(name)s"),
                _("Revisar"), "planning:plan_review", "document",
            )  # fmt: skip


def dues_of(plans: Sequence[AnnualPlan], days: Days, now: datetime) -> dict[int, Due]:
    """By plan: until when somebody does what it waits for; one statement at most.

    A plan that came in when its day had passed is late for nobody: it says so instead.
    """
    steps = {
        plan.pk: days.get(
            (plan.fiscal_year, FOLLOWING.get(PlanState(plan.state), DUE[PlanState.DRAFT]))
        )
        for plan in plans
    }
    begun = plans_begun([pk for pk, day in steps.items() if day and day < day_of(now)])
    return {
        pk: missed(day) if day and pk in begun and begun[pk] > day else Due(day)
        for pk, day in steps.items()
    }


def missed(day: date) -> Due:
    said = _("El plazo era el %(day)s y el plan se cargó después: ya no cuenta.")
    return Due(None, said % {"day": short_date(day)})


def own_task(access: Access, plan: AnnualPlan, due: Due, now: datetime) -> PendingTask | None:
    """What the plan of the person's institution asks of them."""
    roles = access.institutions[plan.institution_id]
    if plan.state == PlanState.SUBMITTED:
        if Role.APPROVER not in roles or plan.submitted_by_id == access.user_id:
            return None
        said = _("Aprobar el POA %(year)d de %(name)s")
        action = _("Revisar y aprobar")
        return task_of(plan, due, now, said, action, "planning:plan_review", "signature")
    if Role.REGISTRAR not in roles:
        return None
    if plan.state == PlanState.RETURNED:
        said = _("Corregir el POA %(year)d de %(name)s, que se devolvió")
        return task_of(plan, due, now, said, _("Responder"), "planning:plan_review", "return")
    said = _("Completar y enviar el POA %(year)d de %(name)s")
    return task_of(plan, due, now, said, _("Continuar"), "planning:plan", "pencil")


def task_of(
    plan: AnnualPlan, due: Due, now: datetime, title: str, action: str, page: str, icon: str
) -> PendingTask:
    """The task, due at the end of the day its step of the calendar ends."""
    due_at = datetime.combine(due.day, time(17), TEGUCIGALPA) if due.day else None
    words = {"year": plan.fiscal_year, "name": plan.institution.name}
    return PendingTask(
        title=title % words,
        url=reverse(page, args=[plan.fiscal_year, plan.institution.code]),
        action=action,
        detail=due.said,
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
