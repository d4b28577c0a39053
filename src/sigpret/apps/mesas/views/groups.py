"""`/mesas/<slug>/grupos` · Working groups: what they prepare, until when, what they delivered."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.mesas.actions.groups import (
    GroupError,
    change_group,
    close_group,
    create_group,
    deliver,
)
from sigpret.apps.mesas.forms.groups import DeliveryForm, GroupForm
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.groups import Group, group_by_id, groups_of
from sigpret.apps.mesas.queries.members import accredited
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required

CHANGE, DELIVER, CLOSE = "cambiar", "entregar", "disolver"


@role_required()
@read_only
def show_groups(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    groups = groups_of(page.mesa, on=page.on)
    return render_page(
        request, "mesas/groups.html", page.context(_("Grupos de trabajo"), groups=groups)
    )


@role_required()
def new_group(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks what the group is for; POST forms it."""
    page = mesa_page(request, slug)
    check_can_write(page.standing)
    form = GroupForm(request.POST or None, people=people_of(page))
    if request.method == "POST" and form.is_valid():
        try:
            group = create_group(
                actor=request.user, standing=page.standing, terms=form.terms(), at=request.now
            )
        except GroupError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Grupo «%(name)s» formado.") % {"name": group.name})
            return redirect("mesas:groups", slug)
    context = page.context(*crumbs(page, _("Nuevo grupo")), form=form)
    return render_page(request, "mesas/group_new.html", context, status=422 if form.errors else 200)


@role_required()
@require_safe
def show_group(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_group(request, page, found_group(page, group))


@role_required()
@require_POST
def take_group_step(request: HttpRequest, slug: str, group: int, deed: str) -> HttpResponse:
    """Change the group, write down what it delivered, or dissolve it."""
    page = mesa_page(request, slug)
    check_can_write(page.standing)
    found = found_group(page, group)
    if deed == CLOSE:
        close_group(actor=request.user, standing=page.standing, group_id=group, at=request.now)
        messages.success(request, _("El grupo se disolvió hoy."))
        return redirect("mesas:groups", slug)
    if deed not in (CHANGE, DELIVER):
        raise Http404(_("Eso no se hace con un grupo."))
    form = (
        DeliveryForm(request.POST)
        if deed == DELIVER
        else GroupForm(request.POST, people=people_of(page))
    )
    if form.is_valid() and taken(request, page, group, form):
        return redirect("mesas:group", slug, group)
    forms = {"delivery_form": form} if deed == DELIVER else {"form": form}
    return render_group(request, page, found, status=422, **forms)


def taken(request: HttpRequest, page: MesaPage, group_id: int, form: Form) -> bool:
    given = {
        "actor": request.user,
        "standing": page.standing,
        "group_id": group_id,
        "expected_version": form.cleaned_data["version"] or 0,
        "at": request.now,
    }
    try:
        if isinstance(form, GroupForm):
            change_group(**given, terms=form.terms())
        else:
            data = form.cleaned_data
            deliver(**given, delivery=data["delivery"], on=data["on"])
    except GroupError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Guardado."))
    return True


def render_group(
    request: HttpRequest, page: MesaPage, group: Group, *, status: int = 200, **forms: Form
) -> HttpResponse:
    context: dict[str, Any] = {
        "group": group,
        "form": GroupForm(initial=typed(group), people=people_of(page)),
        "delivery_form": DeliveryForm(initial={"on": page.on, "version": group.version}),
        **forms,
    }
    return render_page(
        request,
        "mesas/group.html",
        page.context(*crumbs(page, group.name), **context),
        status=status,
    )


def found_group(page: MesaPage, group_id: int) -> Group:
    group = group_by_id(page.mesa, group_id, on=page.on)
    if group is None:
        raise Http404(_("Ese grupo no es de esta mesa."))
    return group


def people_of(page: MesaPage) -> list[tuple[int, str]]:
    """Who may be in a group: the technical representatives in force."""
    return [
        (one.id, f"{one.full_name} · {one.institution_label}")
        for one in accredited(page.mesa, "technical", on=page.on, standing=page.standing)
    ]


def typed(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "scope": group.scope,
        "deliverable": group.deliverable,
        "due_on": group.due_on,
        "members": group.member_ids,
        "version": group.version,
    }


def crumbs(page: MesaPage, last: str) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Grupos de trabajo"), reverse("mesas:groups", args=[page.slug])),
        Crumb(last),
    )
