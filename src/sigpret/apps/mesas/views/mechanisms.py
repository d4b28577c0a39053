"""`/mesas/<slug>/productos/mecanismos` · How each figure reaches the system, and who brings it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.mesas.actions.mechanisms import MechanismError, add_mechanism, end_mechanism
from sigpret.apps.mesas.forms.product_reviews import MechanismForm
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.held_back import goal_choices, place_choices
from sigpret.apps.mesas.queries.mechanisms import Mechanisms, mechanisms
from sigpret.apps.mesas.views.beginning import Beginning, list_and_begin
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/mechanisms.html"


@role_required()
def show_mechanisms(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them; POST adds one."""
    return list_and_begin(request, slug, ADDING)


def add_one(request: HttpRequest, page: MesaPage, form: MechanismForm) -> HttpResponse:
    """Raises MechanismError."""
    add_mechanism(
        actor=request.user,  # type: ignore[arg-type]
        standing=page.standing,
        typed=form.typed(),
    )
    messages.success(request, _("Mecanismo agregado."))
    return redirect("mesas:mechanisms", page.slug)


@role_required()
@require_POST
def end_one(request: HttpRequest, slug: str, mechanism: int) -> HttpResponse:
    page = mesa_page(request, slug)
    check_can_write(page.standing)
    try:
        end_mechanism(
            actor=request.user,  # type: ignore[arg-type]
            standing=page.standing,
            mechanism_id=mechanism,
            on=page.on,
        )
    except ObjectDoesNotExist as missing:
        raise Http404(_("La mesa no tiene ese mecanismo.")) from missing
    messages.success(request, _("Dejó de usarse: queda en la lista con su fecha."))
    return redirect("mesas:mechanisms", page.slug)


def form_of(page: MesaPage, data: Any = None) -> MechanismForm:
    return MechanismForm(
        data,
        places=place_choices(page.mesa),
        goals=goal_choices(page.mesa),
        auto_id="mecanismo-%s",
    )


def render_list(
    request: HttpRequest, page: MesaPage, form: MechanismForm | None, *, status: int = 200
) -> HttpResponse:
    found = mechanisms(page.mesa)
    if form is None and page.standing.writes:
        form = form_of(page)
    context = page.context(
        products_crumb(page),
        _("Mecanismos de información"),
        heading=heading_of(found),
        found=found,
        form=form,
        is_writing=bool(form and form.is_bound),
    )
    return render_page(request, TEMPLATE, context, status=status)


def heading_of(found: Mechanisms) -> str:
    missing = len(found.without)
    if not missing:
        return _("Cada meta del sector tiene cómo llegar al sistema")
    words = ngettext(
        "%(n)s meta del sector sin mecanismo de información",
        "%(n)s metas del sector sin mecanismo de información",
        missing,
    )
    return words % {"n": missing}


ADDING = Beginning(form_of, add_one, MechanismError, render_list)
