"""What a person may do with a plan under review, and the sentence the page begins with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, PlanState
from sigpret.apps.planning.queries.review import PlanReview
from sigpret.apps.planning.step_permissions import (
    can_approve_plan,
    can_decide_plan,
    can_lock_plan,
    can_submit_plan,
    is_head,
    signers_of,
    why_not_decide,
)
from sigpret.apps.planning.workflow import WRITABLE_PLANS


@dataclass(frozen=True, slots=True)
class ReviewRights:
    """The step a person has. `why_not` says why somebody who could may not this time."""

    approves: bool = False
    decides: bool = False
    answers: bool = False
    sends: bool = False
    locks: bool = False
    why_not: str = ""

    @property
    def observes(self) -> bool:
        return self.approves or self.decides


def rights_on(access: Access, plan: AnnualPlan) -> ReviewRights:
    own = plan.institution_id
    if plan.state in WRITABLE_PLANS:
        writes = can_submit_plan(access, own)
        return ReviewRights(answers=writes and plan.state == PlanState.RETURNED, sends=writes)
    if plan.state == PlanState.SUBMITTED and is_head(access, own):
        may = can_approve_plan(access, own, sent_by=plan.submitted_by_id)
        why = "" if may else _("Usted lo envió: debe aprobarlo otra persona.")
        return ReviewRights(approves=may, why_not=why)
    if plan.state == PlanState.APPROVED:
        signers = signers_of(plan)
        may = can_decide_plan(access, own, signed_by=signers)
        return ReviewRights(decides=may, why_not=why_not_decide(access, signers))
    if plan.state == PlanState.ACCEPTED:
        return ReviewRights(locks=can_lock_plan(access, own, signed_by=signers_of(plan)))
    return ReviewRights()


def sentence_of(plan: AnnualPlan, review: PlanReview, rights: ReviewRights) -> str:
    """The heading: whose turn it is."""
    year = {"year": plan.fiscal_year}
    if plan.state == PlanState.RETURNED:
        return returned_sentence(review) % (year | {"n": review.waiting})
    if rights.approves:
        return _("El plan operativo %(year)s espera su aprobación") % year
    if rights.decides:
        return _("El plan operativo %(year)s espera que usted lo acepte o lo devuelva") % year
    if plan.state == PlanState.SUBMITTED:
        return _("El plan operativo %(year)s espera a la máxima autoridad") % year
    if plan.state == PlanState.APPROVED:
        return _("El plan operativo %(year)s espera a DIGER") % year
    return _("El plan operativo %(year)s está %(state)s") % (year | {"state": review.word})


def returned_sentence(review: PlanReview) -> str:
    if not review.waiting:
        return _("Devolvieron el plan operativo %(year)s: todo está respondido, puede enviarlo")
    return ngettext(
        "Devolvieron el plan operativo %(year)s: falta responder %(n)d observación",
        "Devolvieron el plan operativo %(year)s: falta responder %(n)d observaciones",
        review.waiting,
    )
