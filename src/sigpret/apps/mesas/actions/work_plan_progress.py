"""How far an activity of the work plan is, as told on a day; only added."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.actions.work_plan import PlanError
from sigpret.apps.mesas.models import Mesa, WorkPlan, WorkPlanActivity, WorkPlanProgress
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.work_plan_permissions import check_can_tell_activity
from sigpret.methodology.mesas.work_plan import WHOLE


@transaction.atomic
def tell_activity(
    *, actor: User, standing: Standing, key: UUID, percent: int, note: str, at: datetime
) -> WorkPlanProgress:
    """Say how far an activity of a plan in force is (0-100), and what was done.

    The same words again are one. Raises PermissionDenied and PlanError.
    """
    Mesa.objects.select_for_update(of=("self",)).get(pk=standing.mesa_id)
    row = WorkPlanActivity.objects.filter(
        key=key, result__plan__mesa=standing.mesa_id, result__plan__state=WorkPlan.State.IN_FORCE
    ).first()
    if row is None:
        raise PlanError(_("El avance se informa de las actividades del plan vigente."))
    check_can_tell_activity(standing, set(row.institutions.values_list("pk", flat=True)))
    if not 0 <= percent <= WHOLE:
        raise PlanError(_("El avance va de 0 a 100 %."))
    said = note.strip()
    if percent == WHOLE and not said:
        raise PlanError(_("Escriba qué quedó hecho."))
    told = WorkPlanProgress.objects.filter(mesa=standing.mesa_id, key=key)
    last = told.order_by("told_at", "pk").last()
    if last is not None and (last.percent, last.note, last.told_by_id) == (percent, said, actor.pk):
        return last
    progress = WorkPlanProgress.objects.create(
        mesa_id=standing.mesa_id, key=key, percent=percent, note=said, told_by=actor, told_at=at
    )
    record(
        actor=actor,
        action="mesas.activity_told",
        subject_type="work_plan_activity",
        subject_id=key,
        payload={"mesa_id": standing.mesa_id, "percent": percent, "note": said},
    )
    return progress
