"""The place of a plan: who reads it, the way back, and what a person may do with it now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, PlanState
from sigpret.apps.planning.permissions import check_can_read_plan, reads_every_plan
from sigpret.apps.planning.queries.review import find_plan
from sigpret.apps.planning.step_permissions import (
    can_approve_plan,
    can_decide_plan,
    can_submit_plan,
)
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.web.components import Crumb, Text


@dataclass(frozen=True, slots=True)
class PlanButton:
    """Something a person may do with a plan now."""

    label: Text
    url: str
    icon: str
    is_primary: bool = False


def readable_plan(request: HttpRequest, year: int, code: str) -> AnnualPlan:
    """The plan, for whoever reads it. Raises Http404 and PermissionDenied."""
    plan = find_plan(year, code)
    if plan is None:
        raise Http404(_("Esa institución no tiene plan operativo de ese año."))
    check_can_read_plan(request.access, plan.institution_id)  # type: ignore[attr-defined]
    return plan


def plan_crumbs(access: Access, plan: AnnualPlan, last: Text) -> tuple[Crumb, ...]:
    """`POA 2027 / 414 / last`."""
    year, code = plan.fiscal_year, plan.institution.code
    country = reverse("planning:plans", args=[year]) if reads_every_plan(access) else ""
    here = reverse("planning:plan", args=[year, code])
    return Crumb(f"POA {year}", country), Crumb(code, here), Crumb(last)


def plan_buttons(access: Access, plan: AnnualPlan) -> tuple[PlanButton, ...]:
    """What stands at the head of a plan's page: its versions, and the step this person has."""
    place = (plan.fiscal_year, plan.institution.code)
    versions = PlanButton(
        _("Comparar versiones"), reverse("planning:versions", args=place), "history"
    )
    return versions, *step_buttons(access, plan, place)


def step_buttons(
    access: Access, plan: AnnualPlan, place: tuple[int, str]
) -> tuple[PlanButton, ...]:
    """The step a person has; nothing when it is somebody else's."""
    review = reverse("planning:plan_review", args=place)
    own = plan.institution_id
    if plan.state in WRITABLE_PLANS and can_submit_plan(access, own):
        send = PlanButton(
            _("Revisar y enviar"), reverse("planning:send", args=place), "check", True
        )
        if plan.state == PlanState.RETURNED:
            return PlanButton(_("Responder observaciones"), review, "comment"), send
        return (send,)
    if plan.state == PlanState.SUBMITTED and can_approve_plan(
        access, own, sent_by=plan.submitted_by_id
    ):
        return (PlanButton(_("Revisar y aprobar"), review, "signature", True),)
    if plan.state == PlanState.APPROVED and can_decide_plan(access, own):
        return (PlanButton(_("Revisar y decidir"), review, "check", True),)
    if plan.state == PlanState.LOCKED:
        return (PlanButton(_("Cambios"), reverse("planning:changes", args=place), "pencil"),)
    return ()
