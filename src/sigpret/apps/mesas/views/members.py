"""`/mesas/<slug>/miembros` · Who represents each institution and who runs the mesa."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.mesas.actions.constitution import ConstitutionError, constitute
from sigpret.apps.mesas.forms.members import LEVELS, POLITICAL, TECHNICAL, ConstitutionForm
from sigpret.apps.mesas.member_words import lack_lines, members_sentence
from sigpret.apps.mesas.permissions import check_can_accompany
from sigpret.apps.mesas.queries.constitution import lacks
from sigpret.apps.mesas.queries.members import (
    DUTY_LABELS,
    Designated,
    designations,
    members_by_institution,
    past_designations,
    theme_leads,
)
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.reference.queries import policy_on
from sigpret.web.components import Chip
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/members.html"
POLITICAL_LEVEL = "politico"


@role_required()
@read_only
def show_members(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_members(request, page, ConstitutionForm(initial={"on": page.on}))


@role_required()
@require_POST
def constitute_mesa(request: HttpRequest, slug: str) -> HttpResponse:
    """The act of constitution, once nothing is missing."""
    page = mesa_page(request, slug)
    check_can_accompany(page.standing)
    form = ConstitutionForm(request.POST)
    if form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        try:
            constitute(
                actor=request.user,
                standing=page.standing,
                act=form.cleaned_data["act"],
                on=form.cleaned_data["on"],
                at=request.now,
            )
        except ConstitutionError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La mesa quedó constituida. Ya puede convocar."))
            return redirect("mesas:members", slug)
    return render_members(request, page, form, status=422)


def render_members(
    request: HttpRequest, page: MesaPage, form: ConstitutionForm, *, status: int = 200
) -> HttpResponse:
    level = POLITICAL if request.GET.get("nivel") == POLITICAL_LEVEL else TECHNICAL
    limit = policy_on(page.on).delegates_limit
    institutions = members_by_institution(page.mesa, level, standing=page.standing, limit=limit)
    missing = () if page.mesa.constituted_on else lacks(page.mesa, on=page.on)
    context: dict[str, Any] = {
        "institutions": institutions,
        "sentence": members_sentence(page.name, institutions, level),
        "level": level,
        "levels": level_chips(level),
        "limit": limit,
        "duties": duties_of(page),
        "past": past_designations(page.mesa, on=page.on),
        "themes": theme_leads(),
        "lacks": lack_lines(missing, {one.code: one.label for one in institutions}),
        "form": form,
    }
    return render_page(request, TEMPLATE, page.context(_("Miembros"), **context), status=status)


def duties_of(page: MesaPage) -> list[tuple[str, tuple[Designated, ...]]]:
    """Every duty in words with who has it, also when nobody does."""
    held = designations(page.mesa, on=page.on)
    return [(label, held[duty]) for duty, label in DUTY_LABELS]


def level_chips(level: str) -> list[Chip]:
    return [
        Chip(
            label, "?" if value == TECHNICAL else f"?nivel={POLITICAL_LEVEL}", is_on=value == level
        )
        for value, label in LEVELS
    ]
