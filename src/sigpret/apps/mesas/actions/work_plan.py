"""Writing a version of the work plan: begun from the one in force, changed row by row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Mesa, WorkPlan, WorkPlanActivity, WorkPlanResult
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.queries.work_plan_rows import mark, mark_of
from sigpret.apps.mesas.work_plan_permissions import check_can_write_plan

State = WorkPlan.State
IN_PREPARATION = (State.DRAFT, State.IN_APPROVAL)
MOST_RESULTS, MOST_ACTIVITIES = 20, 120


class PlanError(Exception):
    """It cannot be done to the plan; its text is the sentence for the person."""


class StalePlanError(PlanError):
    """Somebody changed it since the person read it."""


@dataclass(frozen=True, slots=True)
class Planning:
    """Who writes in a plan, and which."""

    actor: User
    standing: Standing
    plan_id: int


@dataclass(frozen=True, slots=True)
class TypedActivity:
    """An activity as it is typed. `was` is the mark of what the person read (`mark_of`)."""

    text: str
    institution_ids: Collection[int]
    starts_on: date
    ends_on: date
    responsible: str = ""
    reason: str = ""


@transaction.atomic
def begin_plan(
    *, actor: User, standing: Standing, year: int, reason: str, at: datetime
) -> WorkPlan:
    """Begin the next version of a year: a copy of the one in force, or an empty first one.

    With one in preparation, that one comes back. Raises PermissionDenied and PlanError.
    """
    check_can_write_plan(standing)
    mesa = Mesa.objects.select_for_update(of=("self",)).get(pk=standing.mesa_id)
    plans = WorkPlan.objects.filter(mesa=mesa, year=year)
    found: WorkPlan | None = plans.filter(state__in=IN_PREPARATION).first()
    if found is not None:
        return found
    if not at.year - 1 <= year <= at.year + 1:
        raise PlanError(_("El plan es de este año, del anterior o del siguiente."))
    rules = plans.filter(state=State.IN_FORCE).first()
    if rules is not None and not reason.strip():
        raise PlanError(_("Escriba por qué cambia el plan vigente."))
    last = plans.aggregate(last=Max("number"))["last"] or 0
    plan = WorkPlan.objects.create(
        mesa=mesa,
        year=year,
        number=last + 1,
        objective=rules.objective if rules else "",
        reason=reason.strip(),
        drafted_by=actor,
    )
    if rules is not None:
        copy_rows(rules, plan)
    note(plan, actor, "begun", {"year": year, "number": plan.number})
    return plan


def copy_rows(source: WorkPlan, target: WorkPlan) -> None:
    """The same results and activities, each activity under its own key."""
    for result in source.results.prefetch_related("activities__institutions"):
        copied = target.results.create(number=result.number, text=result.text)
        for row in result.activities.all():
            activity = copied.activities.create(
                number=row.number,
                key=row.key,
                text=row.text,
                responsible=row.responsible,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
            activity.institutions.set(row.institutions.all())


@transaction.atomic
def save_objective(*, planning: Planning, objective: str, was: str) -> WorkPlan:
    """Write what the plan is for. `was` is the objective the person read.

    Raises PermissionDenied, PlanError, StalePlanError and WorkPlan.DoesNotExist.
    """
    plan = held_draft(planning)
    if plan.objective == objective.strip():
        return plan
    if plan.objective != was.strip():
        raise StalePlanError(_("Otra persona cambió el objetivo. Vuelva a leerlo."))
    plan.objective = objective.strip()
    return touched(plan, planning, "objective", {"objective": plan.objective})


@transaction.atomic
def add_result(*, planning: Planning, text: str) -> WorkPlanResult:
    """Add a result at the end; the same text twice is one. Raises as `save_objective`."""
    plan = held_draft(planning)
    said = text.strip()
    if not said:
        raise PlanError(_("Escriba el resultado."))
    if (found := plan.results.filter(text=said).first()) is not None:
        return found
    count = plan.results.count()
    if count >= MOST_RESULTS:
        raise PlanError(_("Un plan lleva a lo sumo 20 resultados."))
    result = plan.results.create(number=count + 1, text=said)
    touched(plan, planning, "result_added", {"number": result.number, "text": said})
    return result


@transaction.atomic
def rename_result(*, planning: Planning, result_id: int, text: str, was: str) -> WorkPlanResult:
    """Write a result again. Raises as `save_objective`, and WorkPlanResult.DoesNotExist."""
    plan = held_draft(planning)
    result = plan.results.get(pk=result_id)
    said = text.strip()
    if not said:
        raise PlanError(_("Escriba el resultado."))
    if result.text == said:
        return result
    if result.text != was.strip():
        raise StalePlanError(_("Otra persona cambió este resultado. Vuelva a leerlo."))
    result.text = said
    result.save(update_fields=["text"])
    touched(plan, planning, "result_renamed", {"number": result.number, "text": said})
    return result


@transaction.atomic
def remove_result(*, planning: Planning, result_id: int) -> None:
    """Take away a result without activities; the ones below move up. Raises as `save_objective`.

    One that is already gone is gone.
    """
    plan = held_draft(planning)
    result = plan.results.filter(pk=result_id).first()
    if result is None:
        return
    if result.activities.exists():
        raise PlanError(_("Quite primero sus actividades: el resultado todavía las tiene."))
    number, text = result.number, result.text
    result.delete()
    move_up(plan.results.filter(number__gt=number).order_by("number"))
    touched(plan, planning, "result_removed", {"number": number, "text": text})


@transaction.atomic
def save_activity(
    *, planning: Planning, result_id: int, typed: TypedActivity, activity_id: int | None, was: str
) -> WorkPlanActivity:
    """Add an activity to a result, or write one again; `was` is the mark of what was read.

    Raises as `save_objective`, and WorkPlanResult.DoesNotExist, WorkPlanActivity.DoesNotExist.
    """
    plan = held_draft(planning)
    result = plan.results.get(pk=result_id)
    check_typed(typed)
    row = result.activities.get(pk=activity_id) if activity_id else None
    if row is None:
        row = same_activity(result, typed) or new_activity(plan, result)
    elif mark_of(row) not in (was, mark_of_typed(typed)):
        raise StalePlanError(_("Otra persona cambió esta actividad. Vuelva a leerla."))
    row.text, row.responsible = typed.text.strip(), typed.responsible.strip()
    row.starts_on, row.ends_on = typed.starts_on, typed.ends_on
    row.change_reason = typed.reason.strip()
    row.save()
    row.institutions.set(Institution.objects.filter(pk__in=typed.institution_ids))
    touched(plan, planning, "activity_written", {"key": str(row.key), "text": row.text})
    return row


@transaction.atomic
def remove_activity(*, planning: Planning, activity_id: int) -> None:
    """Take an activity away; the ones below move up. One that is gone is gone."""
    plan = held_draft(planning)
    row = WorkPlanActivity.objects.filter(pk=activity_id, result__plan=plan).first()
    if row is None:
        return
    result, number, key = row.result, row.number, str(row.key)
    row.delete()
    move_up(result.activities.filter(number__gt=number).order_by("number"))
    touched(plan, planning, "activity_removed", {"key": key, "text": row.text})


def held_draft(planning: Planning) -> WorkPlan:
    """The plan, locked, while it is being written. Raises PermissionDenied and PlanError."""
    check_can_write_plan(planning.standing)
    plan = held_plan(planning)
    if plan.state != State.DRAFT:
        raise PlanError(
            _("Esta versión ya se envió a aprobación: regrésela a elaboración o haga otra.")
        )
    return plan


def held_plan(planning: Planning) -> WorkPlan:
    plan: WorkPlan = (
        WorkPlan.objects.select_for_update(of=("self",))
        .select_related("mesa__sector")
        .get(pk=planning.plan_id, mesa=planning.standing.mesa_id)
    )
    return plan


def check_typed(typed: TypedActivity) -> None:
    if not typed.text.strip():
        raise PlanError(_("Escriba la actividad."))
    if not typed.institution_ids:
        raise PlanError(_("Elija al menos una institución responsable."))
    if typed.ends_on < typed.starts_on:
        raise PlanError(_("La actividad no puede terminar antes de empezar."))


def same_activity(result: WorkPlanResult, typed: TypedActivity) -> WorkPlanActivity | None:
    """What a second click on the same button added already."""
    return result.activities.filter(
        text=typed.text.strip(), starts_on=typed.starts_on, ends_on=typed.ends_on
    ).first()


def new_activity(plan: WorkPlan, result: WorkPlanResult) -> WorkPlanActivity:
    if WorkPlanActivity.objects.filter(result__plan=plan).count() >= MOST_ACTIVITIES:
        raise PlanError(_("Un plan lleva a lo sumo 120 actividades."))
    last = result.activities.aggregate(last=Max("number"))["last"] or 0
    return WorkPlanActivity(result=result, number=last + 1, key=uuid4())


def mark_of_typed(typed: TypedActivity) -> str:
    places = sorted(int(pk) for pk in typed.institution_ids)
    return mark(
        typed.text.strip(),
        typed.responsible.strip(),
        typed.starts_on,
        typed.ends_on,
        typed.reason.strip(),
        places,
    )


def move_up(rows: "Collection[WorkPlanResult] | Collection[WorkPlanActivity]") -> None:
    """One place up, one after the other: their numbers never meet."""
    for row in rows:
        type(row)._default_manager.filter(pk=row.pk).update(number=F("number") - 1)


def touched(plan: WorkPlan, planning: Planning, deed: str, payload: dict[str, object]) -> WorkPlan:
    """The plan is another one since: whoever read it before learns it when they send it."""
    plan.version += 1
    plan.save()
    note(plan, planning.actor, deed, payload)
    return plan


def note(plan: WorkPlan, actor: User, deed: str, payload: dict[str, object]) -> None:
    record(
        actor=actor,
        action=f"mesas.work_plan_{deed}",
        subject_type="work_plan",
        subject_id=plan.pk,
        payload={"mesa_id": plan.mesa_id, "version": plan.version, **payload},
    )


def key_of(text: str) -> UUID:
    """Raises PlanError when the text names no activity."""
    try:
        return UUID(text)
    except ValueError:
        raise PlanError(_("Esa actividad no existe.")) from None
