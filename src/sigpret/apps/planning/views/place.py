"""Where the screens of one plan stand: its institution, its plan, its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access, institution_by_code
from sigpret.apps.planning.beside import Beside
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_read_plan,
    check_can_record_plan,
    reads_every_plan,
)
from sigpret.apps.planning.queries.outline import PlanOutline, outline_of, plan_called
from sigpret.apps.planning.reported import closed_quarters
from sigpret.web.components import Crumb


@dataclass(frozen=True)
class Place:
    """An institution's plan of a year, in front of somebody who may read it."""

    institution: Any
    year: int
    outline: PlanOutline
    access: Access

    @property
    def url(self) -> str:
        return reverse("planning:plan", args=[self.year, self.institution.code])

    @property
    def may_write(self) -> bool:
        return can_record_plan(self.access, self.institution.pk)

    @property
    def is_writable(self) -> bool:
        """May this person write it today?"""
        return self.may_write and self.outline.plan.is_writable

    @cached_property
    def closed(self) -> frozenset[str]:
        """The codes of the quarters that closed, for whoever writes the plan; of others nothing."""
        return closed_quarters(self.year) if self.is_writable else frozenset()

    @property
    def beside(self) -> Beside:
        return Beside(self.outline.plan.pk, self.year, self.institution.pk, self.access)

    def address(self, name: str, *more: object) -> str:
        return reverse(f"planning:{name}", args=[self.year, self.institution.code, *more])

    def crumbs(self, last: str = "") -> tuple[Crumb, ...]:
        here = Crumb(self.institution.code, self.url if last else "")
        return first_crumb(self.access, self.year), here, *((Crumb(last),) if last else ())


def readable_institution(request: HttpRequest, code: str) -> Any:
    """Raises Http404 and PermissionDenied."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)  # type: ignore[attr-defined]
    return institution


def place_asked(request: HttpRequest, year: int, code: str) -> Place | None:
    """The plan for somebody who may read it; None while there is none.

    Raises PermissionDenied, and Http404 for an institution that is not there.
    """
    plan = plan_called(code, year)
    if plan is None:
        readable_institution(request, code)
        return None
    access: Access = request.access  # type: ignore[attr-defined]
    check_can_read_plan(access, plan.institution_id)
    return Place(plan.institution, year, outline_of(plan), access)


def opened(request: HttpRequest, year: int, code: str) -> Place:
    """The same where there must be a plan. Raises Http404 and PermissionDenied."""
    place = place_asked(request, year, code)
    if place is None:
        raise Http404(_("La institución no tiene plan de ese ejercicio."))
    return place


def opened_to_write(request: HttpRequest, year: int, code: str) -> Place:
    """The same for somebody who may write it; the action refuses a plan that was sent."""
    place = opened(request, year, code)
    check_can_record_plan(place.access, place.institution.pk)
    return place


def first_crumb(access: Access, year: int) -> Crumb:
    url = reverse("planning:plans", args=[year]) if reads_every_plan(access) else ""
    return Crumb(f"POA {year}", url)
