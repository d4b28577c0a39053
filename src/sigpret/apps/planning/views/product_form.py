"""Adding a product to the plan, and describing one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.planning.actions.structure import StaleProductError, add_product, change_product
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.plan_forms import MoveForm, ProductForm
from sigpret.apps.planning.queries.choices import groups_of
from sigpret.apps.planning.queries.product import product_text
from sigpret.apps.planning.views.place import Place, opened_to_write
from sigpret.web.http import render_page, role_required

REFUSALS = (InvalidRowError, MissingRowError, PlanNotWritableError)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def new_product(request: HttpRequest, year: int, code: str, group_id: int) -> HttpResponse:
    """Under the operational objective of the address."""
    place = opened_to_write(request, year, code)
    groups = dict(groups_of(place.outline))
    if group_id not in groups:
        raise Http404(_("Ese objetivo operativo no está en el plan."))
    form = ProductForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = add_product(
                actor=request.user,
                access=place.access,
                plan_id=place.outline.plan.pk,
                operational_objective_id=group_id,
                text=form.text(),
                at=request.now,
            )
        except REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Producto agregado. Escriba sus cantidades en la tabla."))
            return redirect(f"{place.url}?producto={made.pk}#p{made.pk}")
    more = {"group_name": groups[group_id], "heading": _("Agregar producto")}
    return show(request, place, form, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def product(request: HttpRequest, year: int, code: str, product_id: int) -> HttpResponse:
    place = opened_to_write(request, year, code)
    stored = product_text(place.outline.plan.pk, product_id)
    if stored is None:
        raise Http404(_("Ese producto no está en el plan."))
    text, version = stored
    form = ProductForm(
        request.POST if request.method == "POST" else None,
        initial=asdict(text) | {"version": version},
    )
    more: dict[str, Any] = {"heading": _("Editar el producto"), "product_id": product_id}
    if form.is_bound and form.is_valid():
        try:
            change_product(
                actor=request.user,
                access=place.access,
                plan_id=place.outline.plan.pk,
                product_id=product_id,
                text=form.text(),
                expected_version=form.cleaned_data["version"] or 0,
                at=request.now,
            )
        except StaleProductError as stale:
            return show(request, place, kept(form, stale), theirs=stale, status=409, **more)
        except REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Producto guardado."))
            return redirect(f"{place.url}?producto={product_id}#p{product_id}")
    return show(request, place, form, **more)


def refuse(form: ProductForm, refused: Exception) -> None:
    """The sentence beside its field, or over the form."""
    name = getattr(refused, "field", "")
    form.add_error(name if name in form.fields else None, str(refused))


def kept(form: ProductForm, stale: StaleProductError) -> ProductForm:
    """The same form over the version that is stored now: sending it again keeps one's own."""
    data = form.data.copy()
    data["version"] = str(stale.version)
    return ProductForm(data)


def show(
    request: HttpRequest, place: Place, form: ProductForm, *, status: int = 0, **more: Any
) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "move": MoveForm(groups=groups_of(place.outline)),
        "both": both_texts(form, more.pop("theirs", None)),
        "crumbs": place.crumbs(more["heading"]),
    }
    is_refused = form.is_bound and not form.is_valid()
    code = status or (422 if is_refused else 200)
    return render_page(request, "planning/product_form.html", context | more, status=code)


def both_texts(form: ProductForm, stale: StaleProductError | None) -> list[tuple[str, str, str]]:
    """(field, mine, theirs) of what differs."""
    if stale is None:
        return []
    theirs = asdict(stale.theirs)
    found = []
    for name, field in form.fields.items():
        mine, stored = form.data.get(name, ""), str(theirs.get(name, ""))
        if name in theirs and mine != stored:
            words = {str(value): str(label) for value, label in getattr(field, "choices", ())}
            found.append((str(field.label), words.get(mine, mine), words.get(stored, stored)))
    return found
