"""Planning a visit from the datum it is to verify."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.actions import VisitError, plan_visit
from sigpret.apps.evaluation.queries.visits import VisitedDatum, visited_datum
from sigpret.apps.evaluation.visit_forms import QUESTIONS, PlanForm
from sigpret.apps.evaluation.visit_permissions import check_can_visit
from sigpret.web.components import Crumb
from sigpret.web.formats import format_number
from sigpret.web.http import render_page, role_required, whole_number

TEMPLATE = "evaluation/visit_new.html"


@role_required()
def new_visit(request: HttpRequest) -> HttpResponse:
    """GET proposes the plan; POST keeps it and opens the visit."""
    check_can_visit(request.access, 0)
    datum = datum_asked(request)
    check_can_visit(request.access, datum.institution_id)
    form = PlanForm(request.POST or None, initial=proposed(datum))
    if request.method == "POST" and form.is_valid():
        try:
            visit = plan_visit(
                actor=request.user,
                access=request.access,
                value_id=datum.value_id,
                place=form.cleaned_data["place"],
                purpose=form.cleaned_data["purpose"],
                planned_for=form.cleaned_data["planned_for"],
                questions=form.lines(),
                at=request.now,
            )
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Visita n.º %(n)s planificada.") % {"n": visit.pk})
            return redirect("evaluation:visit", visit.pk)
    context = {"datum": datum, "form": form, "crumbs": crumbs_of(_("Pedir visita"))}
    return render_page(request, TEMPLATE, context, status=422 if form.errors else 200)


def datum_asked(request: HttpRequest) -> VisitedDatum:
    """The datum of the address. Raises Http404 when there is none that was reported."""
    asked = request.POST.get("dato") or request.GET.get("dato", "")
    datum = visited_datum(whole_number(asked) or 0)
    if datum is None or datum.value is None:
        raise Http404(_("Elija en la revisión el dato que quiere visitar."))
    return datum


def proposed(datum: VisitedDatum) -> dict[str, str]:
    words = {"value": format_number(datum.value), "name": datum.name}
    return {
        "purpose": _("Comprobar que existen %(value)s de «%(name)s».") % words,
        "questions": "\n".join(str(text) for text in QUESTIONS),
    }


def crumbs_of(last: str) -> list[Crumb]:
    return [Crumb(_("Visitas de campo"), reverse("evaluation:visits")), Crumb(last)]
