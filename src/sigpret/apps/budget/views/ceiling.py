"""`/presupuesto/<año>/<código>/techo` · DIGER sets the ceilings of an institution."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.budget.actions.ceilings import CeilingError, set_ceiling
from sigpret.apps.budget.forms.ceilings import CeilingForm
from sigpret.apps.budget.permissions import check_can_set_ceilings
from sigpret.apps.budget.queries.catalogues import source_choices
from sigpret.apps.budget.queries.ceilings import CeilingRow, ceilings_of
from sigpret.apps.budget.views.loading import Here, load, number_typed
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@role_required()
def edit_ceiling(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET shows them, the one of `techo` in the form; POST sets one."""
    here = load(request, year, code)
    check_can_set_ceilings(here.access)
    if request.method != "POST":
        return render_ceilings(request, here)
    form = CeilingForm(request.POST, sources=source_choices())
    if form.is_valid():
        try:
            keep(request, here, form.cleaned_data)
        except CeilingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Techo guardado."))
            return redirect("budget:ceiling", year, code)
    return render_ceilings(request, here, form, status=422)


def keep(request: HttpRequest, here: Here, data: dict[str, Any]) -> None:
    set_ceiling(
        actor=request.user,
        access=here.access,
        institution=here.institution,
        fiscal_year=here.year,
        source_id=data["source"],
        amount=data["amount"],
        document=data["document"],
        expected_version=number_typed(request, "version"),
        at=request.now,
    )


def render_ceilings(
    request: HttpRequest, here: Here, form: CeilingForm | None = None, status: int = 200
) -> HttpResponse:
    ceilings = ceilings_of(here.institution.pk, here.year)
    asked = number_typed(request, "techo")
    row = next((one for one in ceilings.rows if one.id == asked), None)
    context = here.context(
        "budget",
        Crumb(_("Presupuesto"), reverse("budget:budget", args=[here.year, here.code])),
        Crumb(_("Techos")),
        ceilings=ceilings,
        form=form or form_of(row),
        version=number_typed(request, "version") if form else (row.version if row else 0),
    )
    return render_page(request, "budget/ceiling.html", context, status=status)


def form_of(row: CeilingRow | None) -> CeilingForm:
    """The ceiling that is changed, as it stands; a blank one otherwise."""
    if row is None:
        return CeilingForm(sources=source_choices())
    initial = {"source": row.source_id, "amount": row.amount, "document": row.document}
    return CeilingForm(initial=initial, sources=source_choices())
