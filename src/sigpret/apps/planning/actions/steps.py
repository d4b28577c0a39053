"""The steps of a plan: sent, approved, accepted, returned, locked; two people at least."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.record import ConflictError
from sigpret.apps.planning.actions.telling import (
    deciders,
    heads_of,
    observations_words,
    planners_of,
    record_step,
    tell,
)
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.models import (
    AnnualPlan,
    FormulationStep,
    PlanObservation,
    PlanState,
    PlanVersion,
)
from sigpret.apps.planning.notice_kinds import (
    PLAN_ACCEPTED,
    PLAN_LOCKED,
    PLAN_RETURNED,
    PLAN_TO_APPROVE,
    PLAN_TO_DECIDE,
)
from sigpret.apps.planning.queries.coherence import findings_of
from sigpret.apps.planning.step_permissions import (
    check_can_approve_plan,
    check_can_decide_plan,
    check_can_lock_plan,
    check_can_submit_plan,
    signers_of,
)
from sigpret.apps.planning.workflow import plan_after
from sigpret.methodology.plans.facts import Finding
from sigpret.web.dates import day_of

PAGE, REVIEW = "planning:plan", "planning:plan_review"
LONGEST = 1_000


class StepError(Exception):
    """The step cannot be taken; the text says why and what to do."""


class PlanErrorsError(StepError):
    """The plan has errors of coherence; `findings` are they."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            ngettext(
                "Falta resolver %(n)d error antes de enviar el plan.",
                "Falta resolver %(n)d errores antes de enviar el plan.",
                len(findings),
            )
            % {"n": len(findings)}
        )
        self.findings = findings


class UnexplainedError(StepError):
    """Errors that may be explained, and nobody did; `findings` are they."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            _("El plan pasa de su techo: escriba por qué se envía así, de 1 a 1,000 caracteres.")
        )
        self.findings = findings


@transaction.atomic
def submit_plan(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    reason: str = "",
    ceiling_reason: str = "",
    expected_version: int,
    at: datetime,
) -> PlanVersion:
    """Send the plan to the head authority; what was sent is kept as a version.

    `reason` says what this version is for; a plan that came back and says something else is not
    sent again without it. `ceiling_reason` says why it passes its ceiling, and travels with it;
    of a plan that fits nothing is kept. Sending twice has one effect. Raises PermissionDenied,
    ConflictError when somebody wrote in it meanwhile, PlanErrorsError, UnexplainedError, and
    StepError for an observation nobody answered, a reason nobody wrote or a plan that was
    already sent on.
    """
    plan = held_plan(plan_id)
    check_can_submit_plan(access, plan.institution_id)
    if plan.state == PlanState.SUBMITTED and plan.submitted_by_id == actor.pk:
        return plan.versions.order_by("-number")[0]
    target = target_of("submit", plan)
    check_version(plan, expected_version)
    plan.ceiling_reason = check_is_ready(plan, ceiling_reason.strip())
    before = plan.versions.count()
    version = keep_version(
        plan=plan, occasion=PlanVersion.Occasion.SUBMITTED, reason=reason, actor=actor, at=at
    )
    if plan.state == PlanState.RETURNED and version.number > before and not version.reason:
        raise StepError(_("Escriba en una frase qué cambió desde que lo devolvieron y por qué."))
    plan.submitted_by, plan.submitted_at = actor, at
    clear(plan, "approved", "accepted", "returned")
    plan.return_reason = ""
    move(plan, target)
    tell(heads_of(plan, at), PLAN_TO_APPROVE, plan, page=REVIEW, at=at)
    facts = {"plan_version": version.number, "digest": version.digest, "reason": version.reason}
    if plan.ceiling_reason:
        facts["ceiling_reason"] = plan.ceiling_reason
    record_step(actor, plan, "planning.plan_submitted", at, facts)
    return version


@transaction.atomic
def approve_plan(
    *, actor: User, access: Access, plan_id: int, expected_version: int, at: datetime
) -> None:
    """The head authority approves what was sent; twice has one effect.

    Raises PermissionDenied (also whoever sent it), ConflictError and StepError, which asks to
    send or remove observations that nobody sent.
    """
    plan = held_plan(plan_id)
    check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
    if plan.state == PlanState.APPROVED and plan.approved_by_id == actor.pk:
        return
    target = target_of("approve", plan)
    check_version(plan, expected_version)
    check_nothing_unsent(plan)
    plan.approved_by, plan.approved_at = actor, at
    move(plan, target)
    tell(deciders(at), PLAN_TO_DECIDE, plan, page=REVIEW, at=at)
    record_step(actor, plan, "planning.plan_approved", at, {})


@transaction.atomic
def accept_plan(
    *, actor: User, access: Access, plan_id: int, expected_version: int, at: datetime
) -> None:
    """DIGER accepts what the head authority approved; twice has one effect.

    Raises PermissionDenied (also somebody of the institution, or who sent or approved it),
    ConflictError and StepError, which asks to send or remove observations that nobody sent.
    """
    plan = held_plan(plan_id)
    check_can_decide_plan(access, plan.institution_id, signed_by=signers_of(plan))
    if plan.state == PlanState.ACCEPTED:
        return
    target = target_of("accept", plan)
    check_version(plan, expected_version)
    check_nothing_unsent(plan)
    plan.accepted_by, plan.accepted_at = actor, at
    move(plan, target)
    tell(planners_of(plan.institution_id, at), PLAN_ACCEPTED, plan, page=PAGE, at=at)
    record_step(actor, plan, "planning.plan_accepted", at, {})


@transaction.atomic
def return_plan(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    reason: str,
    expected_version: int,
    at: datetime,
) -> None:
    """Give the plan back with the observations written so far; twice has one effect.

    The head authority returns what was sent, DIGER what was approved. Raises PermissionDenied,
    ConflictError, and StepError without a reason and without observations.
    """
    plan = held_plan(plan_id)
    check_can_return(access, plan)
    if plan.state == PlanState.RETURNED and plan.returned_by_id == actor.pk:
        return
    target = target_of("return", plan)
    check_version(plan, expected_version)
    written = plan.observations.filter(is_sent=False)
    if not reason.strip() and not written.exists():
        raise StepError(_("Escriba el motivo, o al menos una observación en una fila."))
    sent = written.update(is_sent=True)
    plan.returned_by, plan.returned_at = actor, at
    plan.return_reason = reason.strip()
    move(plan, target)
    facts = {"count": observations_words(sent), "detail": plan.return_reason}
    tell(planners_of(plan.institution_id, at), PLAN_RETURNED, plan, page=REVIEW, at=at, facts=facts)
    facts_kept = {"reason": plan.return_reason, "observations": sent}
    record_step(actor, plan, "planning.plan_returned", at, facts_kept)


@transaction.atomic
def lock_plan(
    *, actor: User, access: Access, plan_id: int, expected_version: int, at: datetime
) -> None:
    """The administration locks an accepted plan before its day, or in a year that has none.

    Twice has one effect. Raises PermissionDenied (also somebody of the institution, or who sent
    or approved it), ConflictError and StepError.
    """
    plan = held_plan(plan_id)
    check_can_lock_plan(access, plan.institution_id, signed_by=signers_of(plan))
    if plan.state == PlanState.LOCKED:
        return
    target = target_of("lock", plan)
    check_version(plan, expected_version)
    locked(plan, target, actor=actor, at=at)


@transaction.atomic
def lock_due_plans(*, at: datetime) -> int:
    """Lock the accepted plans whose day to be locked came; how many. Run it as often as wanted."""
    due = FormulationStep.objects.filter(code=FormulationStep.Code.LOCK, due_on__lte=day_of(at))
    years = list(due.values_list("fiscal_year", flat=True))
    plans = (
        AnnualPlan.objects.select_for_update(of=("self",))
        .select_related("institution")
        .filter(state=PlanState.ACCEPTED, fiscal_year__in=years)
        .order_by("pk")
    )
    for plan in plans:
        locked(plan, PlanState.LOCKED, actor=None, at=at)
    return len(plans)


def locked(plan: AnnualPlan, target: str, *, actor: User | None, at: datetime) -> None:
    """From now on the plan only changes by request."""
    plan.locked_at = at
    move(plan, target)
    tell(planners_of(plan.institution_id, at), PLAN_LOCKED, plan, page=PAGE, at=at)
    record_step(actor, plan, "planning.plan_locked", at, {})


def check_can_return(access: Access, plan: AnnualPlan) -> None:
    """The head authority while it is theirs; DIGER afterwards."""
    is_heads = plan.state == PlanState.SUBMITTED or (
        plan.state == PlanState.RETURNED and plan.approved_by_id is None
    )
    if is_heads:
        check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
    else:
        check_can_decide_plan(access, plan.institution_id, signed_by=signers_of(plan))


def held_plan(plan_id: int) -> AnnualPlan:
    """The plan, locked until commit. Raises AnnualPlan.DoesNotExist."""
    rows = AnnualPlan.objects.select_for_update(of=("self",)).select_related("institution")
    return rows.get(pk=plan_id)


def target_of(event: str, plan: AnnualPlan) -> str:
    """Where the step leads. Raises StepError with where the plan stands."""
    target = plan_after(event, plan.state)
    if target is None:
        raise StepError(
            _("El plan está %(state)s: ese paso ya no corresponde. Recargue la página.")
            % {"state": plan.get_state_display()}
        )
    return target


def check_version(plan: AnnualPlan, expected: int) -> None:
    if plan.version != expected:
        raise ConflictError(plan.version, expected)


def check_nothing_unsent(plan: AnnualPlan) -> None:
    """Raise StepError while somebody's observations wait to be sent: each side sends its own."""
    if plan.observations.filter(is_sent=False).exists():
        raise StepError(
            _(
                "Hay observaciones escritas: devuelva el plan con ellas o quítelas antes de "
                "continuar."
            )
        )


def check_is_ready(plan: AnnualPlan, explanation: str) -> str:
    """Raise while there are errors to mend or to explain, or observations nobody answered.

    The explanation, when something had to be explained.
    """
    found = findings_of(plan)
    if errors := tuple(one for one in found if one.stops):
        raise PlanErrorsError(errors)
    explained = tuple(one for one in found if one.is_error)
    if explained and not 1 <= len(explanation) <= LONGEST:
        raise UnexplainedError(explained)
    waiting = PlanObservation.objects.filter(
        plan=plan, is_sent=True, resolved_at__isnull=True
    ).count()
    if waiting:
        raise StepError(
            ngettext(
                "Falta responder %(n)d observación antes de enviar el plan.",
                "Falta responder %(n)d observaciones antes de enviar el plan.",
                waiting,
            )
            % {"n": waiting}
        )
    return explanation if explained else ""


def clear(plan: AnnualPlan, *verbs: str) -> None:
    """Steps that a new sending leaves behind; the chain keeps them."""
    for verb in verbs:
        setattr(plan, f"{verb}_by", None)
        setattr(plan, f"{verb}_at", None)


def move(plan: AnnualPlan, target: str) -> None:
    plan.state = target
    plan.version += 1
    plan.save()
