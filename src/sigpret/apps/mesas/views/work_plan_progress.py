"""Telling how far an activity of the plan in force is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.actions.work_plan import PlanError, key_of
from sigpret.apps.mesas.actions.work_plan_progress import tell_activity
from sigpret.apps.mesas.queries.work_plan import Activity, plan_page
from sigpret.apps.mesas.queries.work_plan_progress import activity_in_force, told_of
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.work_plan_forms import ProgressForm
from sigpret.apps.mesas.work_plan_permissions import can_tell_activity, check_can_tell_activity
from sigpret.methodology.mesas.work_plan import Pace
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/work_plan_progress.html"


@role_required()
def tell_progress(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """GET shows what was told; POST adds what is told now."""
    page = mesa_page(request, slug)
    found = activity_in_force(page.mesa, key_of_address(key), on=page.on)
    if found is None:
        raise Http404(_("El avance se informa de las actividades del plan vigente."))
    year, row = found
    check_can_tell_activity(page.standing, row.institution_ids)
    form = ProgressForm(request.POST or None, initial={"percent": row.percent})
    if request.method == "POST" and form.is_valid():
        try:
            tell_activity(
                actor=request.user,
                standing=page.standing,
                key=key_of(key),
                percent=form.cleaned_data["percent"],
                note=form.cleaned_data["note"],
                at=request.now,
            )
        except PlanError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Avance de la %(n)s guardado.") % {"n": row.number})
            return redirect(f"{reverse('mesas:work_plan', args=[slug])}?anio={year}")
    others = others_of(page, year, row.key)
    return render_form(request, page, row, others, form)


def key_of_address(text: str) -> str:
    """Raises Http404 when it names no activity."""
    try:
        return str(key_of(text))
    except PlanError as refusal:
        raise Http404(str(refusal)) from None


def others_of(page: MesaPage, year: int, key: str) -> tuple[Activity, ...]:
    """The other activities that are not done and this person may tell, the first due first."""
    plan = plan_page(page.mesa, year, on=page.on)
    rows = [row for result in plan.results for row in result.activities]
    open_rows = [
        row
        for row in rows
        if row.key != key
        and row.pace is not Pace.DONE
        and can_tell_activity(page.standing, row.institution_ids)
    ]
    return tuple(sorted(open_rows, key=lambda row: row.ends_on))


def render_form(
    request: HttpRequest,
    page: MesaPage,
    row: Activity,
    others: tuple[Activity, ...],
    form: ProgressForm,
) -> HttpResponse:
    context = page.context(
        Crumb(_("Plan de trabajo"), reverse("mesas:work_plan", args=[page.slug])),
        row.number,
        row=row,
        told=told_of(page.mesa, row.key),
        others=others,
        form=form,
    )
    return render_page(request, TEMPLATE, context, status=422 if form.errors else 200)
