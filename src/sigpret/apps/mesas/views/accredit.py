"""Accrediting somebody, and asking DIGER to let one more in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.mesas.actions.accreditation import accredit, keep_letter
from sigpret.apps.mesas.actions.exceptions import ask_exception
from sigpret.apps.mesas.actions.member_checks import MemberError
from sigpret.apps.mesas.forms.members import (
    POLITICAL,
    TECHNICAL,
    AccreditForm,
    ExceptionForm,
    RepresentativeForm,
)
from sigpret.apps.mesas.queries.members import InstitutionMembers, members_by_institution
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.reference.queries import policy_on
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/accredit.html"


@role_required()
def accredit_member(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks who comes with which letter; POST keeps them."""
    page = mesa_page(request, slug)
    places = own_places(page)
    form = AccreditForm(
        request.POST or None,
        request.FILES or None,
        initial=first_values(request, page, places),
        institutions=[(one.id, f"{one.label} · {one.name}") for one in places],
        takes_reason=page.standing.accompanies,
        takes_political=takes_political(page, places),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and keep(request, page, form):
            return redirect(members_url(slug, form.cleaned_data["level"]))
    return render_accredit(request, page, form, places, status=status)


@role_required()
@require_POST
def request_exception(request: HttpRequest, slug: str) -> HttpResponse:
    """The institution that is full says who would come and why; its analyst is told."""
    page = mesa_page(request, slug)
    places = own_places(page)
    place = place_asked(request, places)
    form = ExceptionForm(request.POST)
    if place is None or not form.is_valid():
        blank = AccreditForm(
            institutions=[(one.id, one.label) for one in places],
            takes_reason=False,
            takes_political=takes_political(page, places),
        )
        return render_accredit(request, page, blank, places, asking=form, status=422)
    try:
        ask_exception(
            actor=request.user,
            standing=page.standing,
            institution_id=place.id,
            at=request.now,
            **form.cleaned_data,
        )
    except MemberError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Petición enviada a la analista de DIGER de la mesa."))
    return redirect(members_url(slug, TECHNICAL))


def keep(request: HttpRequest, page: MesaPage, form: AccreditForm) -> bool:
    """Accredit what the form says; its errors when it cannot be."""
    data = form.cleaned_data
    try:
        member = accredit(
            actor=request.user,
            standing=page.standing,
            institution_id=data["institution"],
            level=data["level"],
            representative=form.representative(letter_file(request, form)),
            exception_reason=data.get("exception_reason", ""),
            at=request.now,
        )
    except RefusedEvidenceError as refusal:
        form.add_error("letter_file", str(refusal))
        return False
    except MemberError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("%(name)s quedó con acreditación.") % {"name": member.full_name})
    return True


def letter_file(request: HttpRequest, form: RepresentativeForm) -> int | None:
    """The scanned letter, kept. Raises RefusedEvidenceError."""
    file = form.cleaned_data["letter_file"]
    if not file:
        return None
    return keep_letter(name=file.name or "", file=file, at=request.now)


def render_accredit(
    request: HttpRequest,
    page: MesaPage,
    form: AccreditForm,
    places: Sequence[InstitutionMembers],
    *,
    asking: ExceptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "asking": asking or ExceptionForm(),
        "place": place_asked(request, places),
        "limit": policy_on(page.on).delegates_limit,
        "is_political": level_asked(request) == POLITICAL,
    }
    steps = (
        Crumb(_("Miembros"), reverse("mesas:members", args=[page.slug])),
        Crumb(_("Acreditar")),
    )
    return render_page(request, TEMPLATE, page.context(*steps, **context), status=status)


def own_places(page: MesaPage) -> tuple[InstitutionMembers, ...]:
    """The institutions the person accredits for. Raises PermissionDenied without any."""
    limit = policy_on(page.on).delegates_limit
    every = members_by_institution(page.mesa, TECHNICAL, standing=page.standing, limit=limit)
    places = tuple(one for one in every if one.may_accredit)
    if not places:
        raise PermissionDenied(
            _("Cada institución acredita a sus representantes ante DIGER; DIGER los registra.")
        )
    return places


def place_asked(
    request: HttpRequest, places: Sequence[InstitutionMembers]
) -> InstitutionMembers | None:
    """The institution chosen in the form or in the address; the only one when there is one."""
    typed = request.POST.get("institution") or request.GET.get("institucion", "")
    found = (one for one in places if typed in (one.code, str(one.id)))
    return next(found, places[0] if len(places) == 1 else None)


def first_values(
    request: HttpRequest, page: MesaPage, places: Sequence[InstitutionMembers]
) -> dict[str, object]:
    place = place_asked(request, places)
    return {
        "institution": place.id if place else None,
        "since": page.on,
        "level": level_asked(request),
    }


def level_asked(request: HttpRequest) -> str:
    """The level chosen in the form or in the address; the limit of people is of the technical."""
    asked = request.POST.get("level") or request.GET.get("nivel", "")
    return POLITICAL if asked in (POLITICAL, "politico") else TECHNICAL


def takes_political(page: MesaPage, places: Sequence[InstitutionMembers]) -> bool:
    return any(page.standing.accredits(one.id, POLITICAL) for one in places)


def members_url(slug: str, level: str) -> str:
    address = reverse("mesas:members", args=[slug])
    return f"{address}?nivel=politico" if level == POLITICAL else address
