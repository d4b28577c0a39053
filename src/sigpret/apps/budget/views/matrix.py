"""`/poa/<año>/<código>/matriz` · Products × periods × territory × responsible, several years."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.budget.forms.matrix import Disputed, MatrixForm, TerritoryForm
from sigpret.apps.budget.queries.matrix import ProductionMatrix, production_matrix, territories
from sigpret.apps.budget.queries.plans import PlanFacts
from sigpret.apps.budget.views.loading import Here, load, number_typed
from sigpret.apps.planning.actions.foresight import save_foresight, save_territories
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.methodology.values import printed
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

#: Quantities keep four decimals.
DECIMALS = 4
REFUSALS = (InvalidRowError, MissingRowError, PlanNotWritableError)


@role_required()
def edit_matrix(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET shows it, one product's territories open (`territorio`); POST keeps what was typed."""
    here = load(request, year, code)
    if request.method == "POST":
        check_can_record_plan(here.access, here.institution.pk)
    if here.plan is None:
        if request.method == "POST":
            raise Http404(_("Aún no hay plan de ese año."))
        return render_page(request, "budget/matrix.html", here.context("matrix", matrix=None))
    matrix = production_matrix(here.plan.id, year)
    if request.method != "POST":
        return render_matrix(request, here, matrix)
    is_split = request.POST.get("accion") == "territorio"
    return (keep_split if is_split else keep_cells)(request, here, here.plan, matrix)


def keep_cells(
    request: HttpRequest, here: Here, plan: PlanFacts, matrix: ProductionMatrix
) -> HttpResponse:
    form = MatrixForm(request.POST, matrix=matrix)
    if not form.is_valid():
        return render_matrix(request, here, matrix, form, _("Hay celdas que corregir."), 422)
    try:
        saved = save_foresight(
            actor=request.user,
            access=here.access,
            plan_id=plan.id,
            edits=form.edits(),
            at=request.now,
        )
    except REFUSALS as refusal:
        return render_matrix(request, here, matrix, form, str(refusal), 409)
    if saved.conflicts:
        now = production_matrix(plan.id, here.year)
        problem = conflict(form.disputed(now, saved.conflicts))
        return render_matrix(request, here, now, form.again(now), problem, 409)
    said = ngettext("Guardado: %(n)s producto.", "Guardado: %(n)s productos.", saved.changed)
    messages.success(request, said % {"n": saved.changed})
    return redirect("budget:matrix", here.year, here.code)


def conflict(disputed: Iterable[Disputed]) -> str:
    """What others wrote beside what the person did; the rest was kept."""
    return _(
        "Otra persona cambió esto mientras usted editaba y lo suyo no se guardó: %(both)s. Lo suyo "
        "sigue escrito aquí: guarde otra vez para que quede, o cámbielo antes. Lo demás ya se "
        "guardó."
    ) % {"both": "; ".join(map(both, disputed))}


def both(one: Disputed) -> str:
    """`2.6 en 2028, ahora dice 7 y usted escribió 5`."""
    place = {"label": one.label, "year": one.year}
    where = one.label if one.year is None else _("%(label)s en %(year)s") % place
    theirs, mine = said(one.theirs), said(one.mine)
    return _("%(where)s, ahora dice %(theirs)s y usted escribió %(mine)s") % {
        "where": where,
        "theirs": theirs,
        "mine": mine,
    }


def said(value: Decimal | str | None) -> str:
    if isinstance(value, Decimal):
        return printed(value, DECIMALS)
    return f"«{value}»" if value else _("nada")


def keep_split(
    request: HttpRequest, here: Here, plan: PlanFacts, matrix: ProductionMatrix
) -> HttpResponse:
    row = matrix.row(number_typed(request, "territorio"))
    if row is None:
        raise Http404
    form = TerritoryForm(request.POST, row=row, places=territories())
    if not form.is_valid():
        return render_matrix(request, here, matrix, form, status=422)
    try:
        save_territories(
            actor=request.user,
            access=here.access,
            plan_id=plan.id,
            product_id=row.product_id,
            parts=form.parts(),
            expected_version=number_typed(request, "version"),
            at=request.now,
        )
    except REFUSALS as refusal:
        return render_matrix(request, here, matrix, form, str(refusal), 422)
    messages.success(request, _("Guardado."))
    return redirect(f"{reverse('budget:matrix', args=[here.year, here.code])}#p{row.product_id}")


def render_matrix(
    request: HttpRequest,
    here: Here,
    matrix: ProductionMatrix,
    tried: forms.Form | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    opened = matrix.row(number_typed(request, "territorio")) if here.can_write_plan else None
    split: Any = None
    if opened is not None:
        is_tried = isinstance(tried, TerritoryForm)
        split = tried if is_tried else TerritoryForm(row=opened, places=territories())
    context = here.context(
        "matrix",
        Crumb(_("Matriz de producción")),
        matrix=matrix,
        form=tried if isinstance(tried, MatrixForm) else MatrixForm(matrix=matrix),
        may_write=here.can_write_plan,
        opened=opened,
        split=split,
        problem=problem,
    )
    return render_page(request, "budget/matrix.html", context, status=status)
