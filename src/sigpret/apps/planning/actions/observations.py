"""What whoever reviews a plan asks to mend, row by row, and what the institution answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.steps import StepError, held_plan
from sigpret.apps.planning.actions.telling import record_step
from sigpret.apps.planning.models import AnnualPlan, PlanObservation, PlanState, Product
from sigpret.apps.planning.step_permissions import (
    check_can_approve_plan,
    check_can_decide_plan,
    check_can_submit_plan,
    is_head,
    signers_of,
)

LONGEST = 1_000


@transaction.atomic
def observe(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    product_id: int | None,
    text: str,
    at: datetime,
) -> PlanObservation:
    """Write what should be mended in a row, or in the whole plan (`product_id` None).

    The institution reads it when the plan is returned. Writing the same twice is one. Raises
    PermissionDenied, and StepError: not under review, no text, or a row of another plan.
    """
    plan = held_plan(plan_id)
    check_can_observe(access, plan)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise StepError(_("Escriba qué debe corregirse, en 1 a 1,000 caracteres."))
    if product_id is not None and not is_of(plan, product_id):
        raise StepError(_("Esa fila ya no está en el plan."))
    same = plan.observations.filter(product=product_id, text=text, is_sent=False, made_by=actor)
    if (known := same.first()) is not None:
        return known
    made = PlanObservation.objects.create(
        plan=plan, product_id=product_id, text=text, made_by=actor, made_at=at
    )
    facts = {"observation": made.pk, "product": product_id, "text": text}
    record_step(actor, plan, "planning.plan_observed", at, facts)
    return made


@transaction.atomic
def remove_observation(
    *, actor: User, access: Access, plan_id: int, observation_id: int, at: datetime
) -> None:
    """Take back an observation nobody has sent; twice has one effect.

    Whoever decides now may: what is unsent is of their side, and the event says whose it was.
    Raises PermissionDenied, and StepError when it was sent already.
    """
    plan = held_plan(plan_id)
    check_can_observe(access, plan)
    found = plan.observations.filter(pk=observation_id).first()
    if found is None:
        return
    if found.is_sent:
        raise StepError(_("Esa observación ya se envió a la institución."))
    facts = {
        "observation": observation_id,
        "product": found.product_id,
        "text": found.text,
        "made_by": found.made_by_id,
    }
    found.delete()
    record_step(actor, plan, "planning.plan_observation_removed", at, facts)


@transaction.atomic
def answer_observation(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    observation_id: int,
    answer: str,
    at: datetime,
) -> None:
    """The institution says what it mended, or why it stays; a later answer replaces the first.

    Raises PermissionDenied, and StepError: no answer, or the plan is not in its hands.
    """
    plan = held_plan(plan_id)
    check_can_submit_plan(access, plan.institution_id)
    if plan.state != PlanState.RETURNED:
        raise StepError(_("El plan ya no está devuelto: las observaciones quedaron como están."))
    answer = answer.strip()
    if not answer or len(answer) > LONGEST:
        raise StepError(_("Escriba qué corrigió o por qué queda igual, en 1 a 1,000 caracteres."))
    found = plan.observations.filter(pk=observation_id, is_sent=True).first()
    if found is None:
        raise StepError(_("Esa observación ya no está en el plan."))
    if found.answer == answer and found.resolved_at is not None:
        return
    found.answer, found.resolved_by, found.resolved_at = answer, actor, at
    found.save()
    facts = {"observation": observation_id, "answer": answer}
    record_step(actor, plan, "planning.plan_observation_answered", at, facts)


def check_can_observe(access: Access, plan: AnnualPlan) -> None:
    """The head authority of what was sent, DIGER of what was approved."""
    if is_head(access, plan.institution_id):
        check_can_approve_plan(access, plan.institution_id, sent_by=plan.submitted_by_id)
        theirs = PlanState.SUBMITTED
    else:
        check_can_decide_plan(access, plan.institution_id, signed_by=signers_of(plan))
        theirs = PlanState.APPROVED
    if plan.state != theirs:
        raise StepError(
            _("El plan está %(state)s: ahora no se le escriben observaciones.")
            % {"state": plan.get_state_display()}
        )


def is_of(plan: AnnualPlan, product_id: int) -> bool:
    rows = Product.objects.filter(operational_objective__objective__plan=plan)
    return rows.filter(pk=product_id).exists()
