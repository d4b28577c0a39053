"""A version goes to the head authorities, who approve it or say what to change; then it rules.

Guidelines, "Plan de Trabajo": "Dicho Plan deberá ser aprobado a nivel de las máximas autoridades
de cada Mesa".
"""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.actions.work_plan import (
    PlanError,
    Planning,
    StalePlanError,
    held_plan,
    note,
)
from sigpret.apps.mesas.actions.work_plan_notices import (
    tell_in_force,
    tell_observed,
    tell_to_approve,
)
from sigpret.apps.mesas.models import WorkPlan, WorkPlanApproval
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.queries.work_plan import Result, lines_of, results_of
from sigpret.apps.mesas.work_plan_permissions import check_can_approve_plan, check_can_send_plan
from sigpret.methodology.mesas.work_plan import (
    ChangeKind,
    comes_into_force,
    missing_for_approval,
    plan_changes,
)
from sigpret.web.dates import day_of

State, Decision = WorkPlan.State, WorkPlanApproval.Decision


@transaction.atomic
def send_to_approval(*, planning: Planning, expected_version: int, at: datetime) -> WorkPlan:
    """Put a version to every head authority of the mesa, under the digest of what it says.

    Sending it twice has one effect. Raises PermissionDenied, PlanError with everything that is
    missing, StalePlanError and WorkPlan.DoesNotExist.
    """
    check_can_send_plan(planning.standing)
    plan = held_plan(planning)
    if plan.state == State.IN_APPROVAL:
        return plan
    if plan.state != State.DRAFT:
        raise PlanError(_("Esta versión ya no está en elaboración."))
    if plan.version != expected_version:
        raise StalePlanError(_("El plan cambió desde que usted lo leyó. Léalo antes de enviarlo."))
    results = results_of(plan.pk, plan.mesa_id, day_of(at))
    check_is_whole(plan, results, day_of(at))
    plan.state, plan.sent_at = State.IN_APPROVAL, at
    plan.digest = digest_of(plan, results)
    plan.version += 1
    plan.save()
    ask_everybody(plan)
    tell_to_approve(plan, at=at, occasion=f"sent-{plan.version}")
    note(plan, planning.actor, "sent", {"digest": plan.digest, "number": plan.number})
    return plan


def check_is_whole(plan: WorkPlan, results: tuple[Result, ...], on: date) -> None:
    """Raises PlanError with all that is missing at once."""
    asked = {str(one.number): [row.line() for row in one.activities] for one in results}
    words = {
        "results": _("agregue al menos un resultado"),
        "activities": _("agregue actividades a cada resultado"),
        "responsible": _("diga qué institución responde por cada actividad"),
    }
    wrong = [words[name] for name in missing_for_approval(asked)]
    wrong += [
        _("escriba por qué cambia la actividad %(n)s") % {"n": number}
        for number in changed_without_reason(plan, results, on)
    ]
    if not Institution.objects.filter(sectors=plan.mesa.sector_id).exists():
        wrong.append(_("la mesa no tiene instituciones que lo aprueben"))
    if wrong:
        raise PlanError(_("Antes de enviarlo: %(what)s.") % {"what": "; ".join(wrong)})


def changed_without_reason(plan: WorkPlan, results: tuple[Result, ...], on: date) -> list[str]:
    rules = WorkPlan.objects.filter(mesa=plan.mesa_id, year=plan.year, state=State.IN_FORCE).first()
    if rules is None:
        return []
    before = lines_of(results_of(rules.pk, plan.mesa_id, on))
    return [
        change.line.number
        for change in plan_changes(before, lines_of(results))
        if change.kind is ChangeKind.CHANGED and not change.line.reason
    ]


def ask_everybody(plan: WorkPlan) -> None:
    """One row for each institution of the mesa; whoever decided on an earlier text decides again,
    and what they observed stays to be read."""
    WorkPlanApproval.objects.filter(plan=plan).update(
        decision=Decision.PENDING, decided_by=None, decided_at=None, opened_at=None
    )
    places = Institution.objects.filter(sectors=plan.mesa.sector_id)
    WorkPlanApproval.objects.filter(plan=plan).exclude(institution__in=places).delete()
    WorkPlanApproval.objects.bulk_create(
        (WorkPlanApproval(plan=plan, institution=place) for place in places.order_by("code")),
        ignore_conflicts=True,
    )


@transaction.atomic
def note_opened(*, standing: Standing, plan_id: int, at: datetime) -> bool:
    """Remember that a head authority opened what waits for them; whether it was the first time."""
    rows = WorkPlanApproval.objects.filter(
        plan=plan_id,
        plan__state=State.IN_APPROVAL,
        plan__mesa=standing.mesa_id,
        institution__in=standing.headed_institutions,
        opened_at__isnull=True,
    )
    return bool(rows.update(opened_at=at))


@transaction.atomic
def approve_plan(*, planning: Planning, institution_id: int, digest: str, at: datetime) -> WorkPlan:
    """Approve for an institution the very text whose digest was read; with the last approval the
    version rules and the one before is superseded.

    Twice is once. Raises PermissionDenied, PlanError, StalePlanError and WorkPlan.DoesNotExist.
    """
    check_can_approve_plan(planning.standing, institution_id)
    plan = held_plan(planning)
    row = approval_row(plan, institution_id)
    if row.decision == Decision.APPROVED and plan.digest == digest:
        return plan
    check_waits(plan, digest)
    row.decision, row.decided_by, row.decided_at = Decision.APPROVED, planning.actor, at
    row.opened_at = row.opened_at or at
    row.observation = ""
    row.save()
    decided = plan.approvals.values_list("institution__code", "decision")
    if comes_into_force({code: said == Decision.APPROVED for code, said in decided}):
        put_in_force(plan, at)
    note(plan, planning.actor, "approved", {"institution_id": institution_id, "state": plan.state})
    return plan


def put_in_force(plan: WorkPlan, at: datetime) -> None:
    WorkPlan.objects.filter(mesa=plan.mesa_id, year=plan.year, state=State.IN_FORCE).update(
        state=State.SUPERSEDED
    )
    plan.state, plan.in_force_at = State.IN_FORCE, at
    plan.version += 1
    plan.save()
    tell_in_force(plan, at=at)


@transaction.atomic
def observe_plan(
    *, planning: Planning, institution_id: int, digest: str, text: str, at: datetime
) -> WorkPlan:
    """Say what to change before approving. Raises as `approve_plan`."""
    check_can_approve_plan(planning.standing, institution_id)
    plan = held_plan(planning)
    row = approval_row(plan, institution_id)
    said = text.strip()
    if not said:
        raise PlanError(_("Escriba qué pide cambiar."))
    if row.decision == Decision.OBSERVED and row.observation == said:
        return plan
    check_waits(plan, digest)
    row.decision, row.observation = Decision.OBSERVED, said
    row.decided_by, row.decided_at = planning.actor, at
    row.opened_at = row.opened_at or at
    row.save()
    tell_observed(plan, text=said, institution_id=institution_id, at=at)
    note(plan, planning.actor, "observed", {"institution_id": institution_id, "text": said})
    return plan


@transaction.atomic
def take_back(*, planning: Planning, expected_version: int) -> WorkPlan:
    """Take a version out of approval to write in it again. Twice is once.

    Raises PermissionDenied, PlanError, StalePlanError and WorkPlan.DoesNotExist.
    """
    check_can_send_plan(planning.standing)
    plan = held_plan(planning)
    if plan.state == State.DRAFT:
        return plan
    if plan.state != State.IN_APPROVAL:
        raise PlanError(_("Sólo se regresa a elaboración lo que espera aprobación."))
    if plan.version != expected_version:
        raise StalePlanError(_("El plan cambió desde que usted lo leyó. Vuelva a leerlo."))
    plan.state = State.DRAFT
    plan.version += 1
    plan.save()
    note(plan, planning.actor, "taken_back", {"number": plan.number})
    return plan


@transaction.atomic
def remind_authorities(*, planning: Planning, at: datetime) -> int:
    """Remind those who have not approved; how many were told, nobody twice in a day.

    Raises PermissionDenied, PlanError and WorkPlan.DoesNotExist.
    """
    check_can_send_plan(planning.standing)
    plan = held_plan(planning)
    if plan.state != State.IN_APPROVAL:
        raise PlanError(_("Esta versión no espera aprobación."))
    told = tell_to_approve(plan, at=at, occasion=f"reminded-{day_of(at).isoformat()}")
    if told:
        note(plan, planning.actor, "reminded", {"told": told})
    return told


def approval_row(plan: WorkPlan, institution_id: int) -> WorkPlanApproval:
    row: WorkPlanApproval | None = (
        WorkPlanApproval.objects.select_for_update(of=("self",))
        .filter(plan=plan, institution=institution_id)
        .first()
    )
    if row is None:
        raise PlanError(_("Esta versión no espera la aprobación de esa institución."))
    return row


def check_waits(plan: WorkPlan, digest: str) -> None:
    if plan.state != State.IN_APPROVAL:
        raise StalePlanError(_("Esta versión ya no espera aprobación. Vuelva a leer el plan."))
    if plan.digest != digest:
        raise StalePlanError(_("El plan cambió desde que usted lo leyó. Vuelva a leerlo."))


def digest_of(plan: WorkPlan, results: tuple[Result, ...]) -> str:
    """SHA-256 over the canonical JSON of all that is approved; whoever has the text can compute
    it again."""
    text = json.dumps(
        said_by(plan, results),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=str,
    )
    return sha256(text.encode()).hexdigest()


def said_by(plan: WorkPlan, results: tuple[Result, ...]) -> dict[str, Any]:
    return {
        "mesa": plan.mesa.sector.slug,
        "year": plan.year,
        "number": plan.number,
        "objective": plan.objective,
        "results": [
            [
                result.number,
                result.text,
                [
                    [
                        one.number,
                        one.key,
                        one.text,
                        sorted(one.codes),
                        one.responsible,
                        one.starts_on,
                        one.ends_on,
                    ]
                    for one in result.activities
                ],
            ]
            for result in results
        ],
    }
