"""The page of a strategic plan: which one, who may do what with it now, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, institution_by_code
from sigpret.apps.planning.permissions import (
    can_record_plan,
    check_can_read_plan,
    check_can_record_plan,
    reads_every_plan,
)
from sigpret.apps.planning.queries.strategic import (
    APPROVED,
    PREPARING,
    SENT,
    StrategicSheet,
    strategic_sheet,
)
from sigpret.apps.planning.step_permissions import can_approve_plan, can_submit_plan, is_head
from sigpret.web.components import Crumb, Text, Tone

#: The word, the tone and the icon of each state.
STATES: dict[str, tuple[Text, Tone, str]] = {
    PREPARING: (gettext_lazy("En preparación"), Tone.NEUTRAL, "pencil"),
    SENT: (gettext_lazy("Espera a la máxima autoridad"), Tone.WARNING, "clock"),
    APPROVED: (gettext_lazy("Aprobado y vigente"), Tone.GOOD, "check"),
}


@dataclass(frozen=True, slots=True)
class StrategicRights:
    """What a person may do with the plan as it stands; `is_sender` waits for somebody else."""

    writes: bool
    submits: bool
    approves: bool
    reopens: bool
    is_sender: bool


def rights_on(access: Access, institution_id: int, sheet: StrategicSheet) -> StrategicRights:
    waits = sheet.state == SENT
    return StrategicRights(
        writes=sheet.state == PREPARING and can_record_plan(access, institution_id),
        submits=sheet.state == PREPARING and can_submit_plan(access, institution_id),
        approves=waits and can_approve_plan(access, institution_id, sent_by=sheet.submitted_by_id),
        reopens=sheet.state == APPROVED and can_submit_plan(access, institution_id),
        is_sender=waits
        and is_head(access, institution_id)
        and sheet.submitted_by_id == access.user_id,
    )


def place_of(request: HttpRequest, code: str) -> Institution:
    """The institution, for whoever reads its plans. Raises Http404 and PermissionDenied."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(request.access, institution.pk)  # type: ignore[attr-defined]
    return institution


def plan_of(request: HttpRequest, code: str, first: int) -> tuple[Institution, StrategicSheet]:
    """The same with the plan that begins that year. Raises Http404 and PermissionDenied."""
    institution = place_of(request, code)
    sheet = strategic_sheet(institution.pk, first)
    if sheet is None:
        raise Http404(_("Esa institución no tiene un plan estratégico que empiece ese año."))
    return institution, sheet


def plan_to_write(
    request: HttpRequest, code: str, first: int
) -> tuple[Institution, StrategicSheet]:
    """The same for whoever writes it. Raises Http404 and PermissionDenied."""
    institution, sheet = plan_of(request, code, first)
    check_can_record_plan(request.access, institution.pk)  # type: ignore[attr-defined]
    return institution, sheet


def crumbs(access: Access, institution: Institution, *steps: Crumb) -> tuple[Crumb, ...]:
    """`PEI / 414 / …`."""
    country = reverse("planning:strategic_plans") if reads_every_plan(access) else ""
    here = reverse("planning:strategic_latest", args=[institution.code]) if steps else ""
    return Crumb(_("PEI"), country), Crumb(institution.code, here), *steps


def form_crumbs(
    access: Access, institution: Institution, sheet: StrategicSheet, last: Text
) -> tuple[Crumb, ...]:
    """`PEI / 414 / 2026–2030 / last`."""
    here = reverse("planning:strategic_plan", args=[institution.code, sheet.first_year])
    return crumbs(access, institution, Crumb(years_words(sheet), here), Crumb(last))


def years_words(sheet: StrategicSheet) -> str:
    return f"{sheet.first_year}–{sheet.last_year}"
