"""The place of a plan: who reads it, and the way back."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.permissions import check_can_read_plan, reads_every_plan
from sigpret.apps.planning.queries.review import find_plan
from sigpret.web.components import Crumb, Text


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
