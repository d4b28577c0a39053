"""What the screens of money of an institution and year share: whose it is and who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.budget.permissions import can_write_budget, check_can_read_budget
from sigpret.apps.budget.queries.plans import PlanFacts, plan_facts
from sigpret.apps.institutions.queries import Access, institution_by_code
from sigpret.apps.planning.permissions import can_record_plan, reads_every_plan
from sigpret.web.components import Chip, Crumb
from sigpret.web.http import whole_number
from sigpret.web.navigation import address

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Here:
    """The institution, the year, its plan (None: not loaded) and who looks."""

    institution: Any
    year: int
    plan: PlanFacts | None
    access: Access

    @property
    def code(self) -> str:
        return str(self.institution.code)

    @property
    def can_write_budget(self) -> bool:
        return can_write_budget(self.access, self.institution.pk)

    @property
    def can_write_plan(self) -> bool:
        """May they write the plan, and is it still being written?"""
        return (
            self.plan is not None
            and self.plan.is_writable
            and can_record_plan(self.access, self.institution.pk)
        )

    def context(self, tab: str, /, *crumbs: Crumb, **more: Any) -> Mapping[str, Any]:
        """What every template of money needs, with its tab marked."""
        return {
            "here": self,
            "institution": self.institution,
            "year": self.year,
            "tabs": self.tabs(tab),
            "crumbs": (*self.first_crumbs(), *crumbs),
            **more,
        }

    def first_crumbs(self) -> tuple[Crumb, ...]:
        every = reverse("planning:plans", args=[self.year])
        return (
            Crumb(f"POA {self.year}", every if reads_every_plan(self.access) else ""),
            Crumb(self.code, reverse("planning:plan", args=[self.year, self.code])),
        )

    def tabs(self, tab: str) -> tuple[Chip, ...]:
        """The screens of the plan that speak of money and quantities."""
        named = (
            ("planning:plan", _("Plan")),
            ("budget:budget", _("Presupuesto")),
            ("budget:matrix", _("Matriz de producción")),
            ("budget:scenarios", _("Escenarios")),
        )
        place = [self.year, self.code]
        return tuple(
            Chip(label, url, is_on=name == f"budget:{tab}")
            for name, label in named
            if (url := address(name, *place))
        )


def load(request: HttpRequest, year: int, code: str) -> Here:
    """The place of a screen. Raises Http404 and PermissionDenied."""
    institution = institution_by_code(code)
    if institution is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    check_can_read_budget(request.access, institution.pk)
    return Here(institution, year, plan_facts(institution.pk, year), request.access)


def load_with_plan(request: HttpRequest, year: int, code: str) -> tuple[Here, PlanFacts]:
    """The same for what needs a plan. Raises Http404 without one."""
    here = load(request, year, code)
    if here.plan is None:
        raise Http404(_("Aún no hay plan de ese año."))
    return here, here.plan


def number_typed(request: HttpRequest, name: str) -> int:
    """A whole number of the request; 0 when it is not one."""
    typed = request.POST.get(name) or request.GET.get(name, "")
    return whole_number(typed) or 0
