"""The strategic plan of an institution: begun, written, sent, approved, opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.strategic_telling import (
    tell_approved,
    tell_returned,
    tell_submitted,
)
from sigpret.apps.planning.models import StrategicPlan
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.queries.strategic_gaps import strategic_gaps
from sigpret.apps.planning.step_permissions import check_can_approve_plan, check_can_submit_plan

SUBJECT = "strategic_plan"
#: A strategic plan is of a government or longer; more is a typing error.
LONGEST = 15
FIRST, LAST = 2000, 2100


class StrategicError(Exception):
    """What was asked of a strategic plan cannot be done; the text says why and what to do."""


class StrategicConflictError(StrategicError):
    """Somebody wrote the same meanwhile; `theirs` says what it reads now, by field."""

    def __init__(self, theirs: dict[str, Any]) -> None:
        super().__init__(
            _("Otra persona cambió esto mientras usted escribía: revise los dos textos y guarde.")
        )
        self.theirs = theirs


class StrategicGapsError(StrategicError):
    """Something is missing before it may be sent; `gaps` are the sentences."""

    def __init__(self, gaps: tuple[str, ...]) -> None:
        super().__init__(_("Falta completar el plan estratégico antes de enviarlo."))
        self.gaps = gaps


@transaction.atomic
def start_strategic_plan(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    first_year: int,
    last_year: int,
    at: datetime,
) -> StrategicPlan:
    """Begin the plan of some years; the one that already begins that year answers.

    Raises PermissionDenied, and StrategicError for years that make no plan or meet another's.
    """
    check_can_record_plan(access, institution.pk)
    Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    known = StrategicPlan.objects.filter(institution=institution, first_year=first_year).first()
    if known is not None:
        return known
    check_years(institution.pk, first_year, last_year)
    plan = StrategicPlan.objects.create(
        institution=institution, first_year=first_year, last_year=last_year
    )
    record_of(actor, plan, "planning.strategic_started", at, {})
    return plan


@transaction.atomic
def change_strategic_statement(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    mission: str,
    vision: str,
    expected_version: int,
    at: datetime,
) -> StrategicPlan:
    """Write the mission and the vision. The same texts again write nothing.

    Raises PermissionDenied, StrategicError once it was sent, and StrategicConflictError.
    """
    plan = strategic_to_write(plan_id, access)
    old = {"mission": plan.mission, "vision": plan.vision}
    new = {"mission": mission.strip(), "vision": vision.strip()}
    if old == new:
        return plan
    if plan.version != expected_version:
        raise StrategicConflictError(old)
    plan.mission, plan.vision = new["mission"], new["vision"]
    plan.version += 1
    plan.save(update_fields=["mission", "vision", "version"])
    record_of(actor, plan, "planning.strategic_changed", at, {"old": old, "new": new})
    return plan


@transaction.atomic
def submit_strategic_plan(
    *, actor: User, access: Access, plan_id: int, expected_version: int, at: datetime
) -> None:
    """Send it to the head authority; twice has one effect.

    Raises PermissionDenied, StrategicGapsError, and StrategicError for one already approved or
    that somebody wrote meanwhile.
    """
    plan = held_strategic(plan_id)
    check_can_submit_plan(access, plan.institution_id)
    if plan.submitted_by_id == actor.pk and plan.approved_at is None:
        return
    check_is_preparing(plan)
    check_is_as_read(plan, expected_version)
    if gaps := strategic_gaps(plan.pk):
        raise StrategicGapsError(gaps)
    plan.submitted_by, plan.submitted_at, plan.return_reason = actor, at, ""
    take_step(actor, plan, "planning.strategic_submitted", at, tell_submitted)


@transaction.atomic
def return_strategic_plan(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    reason: str,
    expected_version: int,
    at: datetime,
) -> None:
    """Give it back to those who write it, saying what to mend.

    Raises PermissionDenied, also for whoever sent it, and StrategicError.
    """
    plan = held_strategic(plan_id)
    check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
    check_is_sent(plan)
    check_is_as_read(plan, expected_version)
    plan.return_reason = stated(reason)
    plan.submitted_by = plan.submitted_at = None
    take_step(actor, plan, "planning.strategic_returned", at, tell_returned)


@transaction.atomic
def approve_strategic_plan(
    *, actor: User, access: Access, plan_id: int, expected_version: int, at: datetime
) -> None:
    """The head authority puts in force what they read; twice has one effect.

    Raises PermissionDenied, also for whoever sent it, and StrategicError, also when it was
    returned, written and sent again since they read it.
    """
    plan = held_strategic(plan_id)
    check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
    if plan.approved_by_id == actor.pk:
        return
    check_is_sent(plan)
    check_is_as_read(plan, expected_version)
    plan.approved_by, plan.approved_at = actor, at
    take_step(actor, plan, "planning.strategic_approved", at, tell_approved)


@transaction.atomic
def reopen_strategic_plan(
    *, actor: User, access: Access, plan_id: int, reason: str, at: datetime
) -> None:
    """Prepare an approved plan again, saying why; it must be sent and approved once more.

    Raises PermissionDenied, and StrategicError for one that nobody approved.
    """
    plan = held_strategic(plan_id)
    check_can_submit_plan(access, plan.institution_id)
    if plan.approved_at is None:
        raise StrategicError(_("El plan estratégico no está aprobado: ya se puede editar."))
    plan.return_reason = stated(reason)
    plan.approved_by = plan.approved_at = plan.submitted_by = plan.submitted_at = None
    take_step(actor, plan, "planning.strategic_reopened", at)


def check_years(institution_id: int, first: int, last: int) -> None:
    """Raise StrategicError unless they make a plan that meets no other."""
    if not FIRST <= first < last <= LAST or last - first >= LONGEST:
        raise StrategicError(
            _("Escriba el primer y el último año: más de uno y a lo sumo %(most)d.")
            % {"most": LONGEST}
        )
    other = StrategicPlan.objects.filter(
        institution=institution_id, first_year__lte=last, last_year__gte=first
    ).first()
    if other is not None:
        raise StrategicError(
            _("Esos años se cruzan con el PEI %(first)d–%(last)d: elija otros.")
            % {"first": other.first_year, "last": other.last_year}
        )


def held_strategic(plan_id: int) -> StrategicPlan:
    """The plan, locked until commit."""
    plans = StrategicPlan.objects.select_related("institution")
    return plans.select_for_update(of=("self",)).get(pk=plan_id)


def strategic_to_write(plan_id: int, access: Access) -> StrategicPlan:
    """The plan, locked, while it is being prepared. Raises PermissionDenied, StrategicError."""
    plan = held_strategic(plan_id)
    check_can_record_plan(access, plan.institution_id)
    check_is_preparing(plan)
    return plan


def check_is_preparing(plan: StrategicPlan) -> None:
    if plan.approved_at is not None:
        raise StrategicError(_("El plan estratégico está aprobado: ábralo otra vez si cambia."))
    if plan.submitted_at is not None:
        raise StrategicError(
            _("El plan estratégico espera a la máxima autoridad: pida que lo devuelva.")
        )


def check_is_as_read(plan: StrategicPlan, expected_version: int) -> None:
    """Nobody sends, approves or returns what they did not read."""
    if plan.version != expected_version:
        raise StrategicError(
            _(
                "El plan estratégico cambió después de que usted lo abrió. Léalo de nuevo y "
                "repita el paso."
            )
        )


def check_is_sent(plan: StrategicPlan) -> None:
    if plan.submitted_at is None or plan.approved_at is not None:
        raise StrategicError(_("El plan estratégico no espera aprobación."))


def stated(reason: str) -> str:
    """A reason without its spaces. Raises StrategicError when there is none."""
    if not reason.strip():
        raise StrategicError(_("Escriba el motivo."))
    return reason.strip()


def take_step(
    actor: User,
    plan: StrategicPlan,
    action: str,
    at: datetime,
    tell: Callable[[StrategicPlan, datetime], None] | None = None,
) -> None:
    plan.version += 1
    plan.save()
    if tell is not None:
        tell(plan, at)
    record_of(actor, plan, action, at, {"reason": plan.return_reason})


def record_of(
    actor: User, plan: StrategicPlan, action: str, at: datetime, facts: dict[str, Any]
) -> None:
    """The event of a write of a strategic plan, last of all."""
    record(
        actor=actor,
        action=action,
        subject_type=SUBJECT,
        subject_id=plan.pk,
        payload={
            "institution": plan.institution.code,
            "first_year": plan.first_year,
            "last_year": plan.last_year,
            "version": plan.version,
            "at": at,
        }
        | facts,
    )
