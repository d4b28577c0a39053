"""Who is told that a work plan waits for them, was observed, or rules."""

from datetime import datetime

from django.urls import reverse

from sigpret.apps.mesas.agreement_kinds import PLAN_IN_FORCE, PLAN_OBSERVED, PLAN_TO_APPROVE
from sigpret.apps.mesas.models import Accreditation, Designation, WorkPlan, WorkPlanApproval
from sigpret.apps.mesas.queries.duties import head_authorities, in_force, people_with_duty
from sigpret.apps.notices.actions import notify
from sigpret.web.dates import day_of

Duty = Designation.Duty


def tell_to_approve(plan: WorkPlan, *, at: datetime, occasion: str) -> int:
    """The head authorities that have not approved; how many people were told."""
    waiting = WorkPlanApproval.objects.filter(plan=plan).exclude(
        decision=WorkPlanApproval.Decision.APPROVED
    )
    places = list(waiting.values_list("institution_id", flat=True))
    heads = head_authorities(plan.mesa_id, places, on=day_of(at))
    who = {person for head in heads for person in head.person_ids}
    return tell(plan, PLAN_TO_APPROVE.code, who, at, occasion)


def tell_observed(plan: WorkPlan, *, text: str, institution_id: int, at: datetime) -> None:
    """Whoever coordinates the mesa technically, and whoever wrote the version."""
    who = {
        plan.drafted_by_id,
        *people_with_duty(plan.mesa_id, Duty.TECHNICAL_COORDINATOR, on=day_of(at)),
    }
    occasion = f"observed-{institution_id}-{plan.version}"
    tell(plan, PLAN_OBSERVED.code, who, at, occasion, detail=text)


def tell_in_force(plan: WorkPlan, *, at: datetime) -> None:
    """Everybody in the mesa who has an account."""
    on = day_of(at)
    accredited = Accreditation.objects.filter(
        in_force(on),
        mesa=plan.mesa_id,
        person__isnull=False,
        ended_on__isnull=True,
        since__lte=on,
    ).values_list("person_id", flat=True)
    who = {pk for pk in accredited if pk is not None}
    who.update(people_with_duty(plan.mesa_id, *Duty.values, on=on))
    tell(plan, PLAN_IN_FORCE.code, who, at, f"in-force-{plan.number}")


def tell(
    plan: WorkPlan, kind: str, who: set[int], at: datetime, occasion: str, *, detail: str = ""
) -> int:
    slug = plan.mesa.sector.slug
    return notify(
        recipients=who,
        kind=kind,
        subject_key=f"work_plan:{plan.mesa_id}:{plan.year}",
        context={
            "mesa": plan.mesa.sector.name,
            "year": str(plan.year),
            "version": str(plan.number),
            "detail": detail,
        },
        url=f"{reverse('mesas:work_plan', args=[slug])}?anio={plan.year}&version={plan.number}",
        at=at,
        dedupe_key=f"work-plan:{plan.pk}:{occasion}",
    )
