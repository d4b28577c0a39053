"""Handing presidential goals down: choose, see what it creates, create it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import NothingToHandDownError, hand_down
from sigpret.apps.results.forms import HandDownForm
from sigpret.apps.results.permissions import check_keeps_matrix
from sigpret.apps.results.queries.choices import presidential_choices
from sigpret.apps.results.queries.handing import HandDownPlan, hand_down_plan
from sigpret.apps.results.screens import crumbs
from sigpret.methodology.chain import LinkError
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required
from sigpret.web.sentences import said


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("analyst", "administrator")
def hand_goals_down(request: HttpRequest) -> HttpResponse:
    check_keeps_matrix(request.access)
    asked = request.POST if request.method == "POST" else None
    year = {"year": request.as_of.year + 1}
    form = HandDownForm(asked, goals=presidential_choices(), initial=year)
    if asked is None or not form.is_valid():
        return show(request, form, status=200 if asked is None else 422)
    try:
        if "confirm" not in asked:
            return show(request, form, plan=planned(form))
        made = hand_down(
            actor=request.user, access=request.access, goal_ids=form.cleaned_data["goals"],
            sector_ids=form.cleaned_data["sectors"], institution_ids=form.institution_ids,
            periods=form.periods,
        )  # fmt: skip
    except (LinkError, NothingToHandDownError) as problem:
        form.add_error(None, said(problem))
        return show(request, form, status=422)
    sectoral = ngettext("%(n)d sectorial", "%(n)d sectoriales", made.sectoral)
    below = ngettext("%(n)d institucional", "%(n)d institucionales", made.institutional)
    text = _("Metas creadas: %(sectoral)s y %(institutional)s.") % {
        "sectoral": sectoral % {"n": made.sectoral},
        "institutional": below % {"n": made.institutional},
    }
    messages.success(request, text)
    return redirect("results:table")


def planned(form: HandDownForm) -> HandDownPlan:
    data = form.cleaned_data
    codes = [period.code for period in form.periods]
    return hand_down_plan(data["goals"], data["sectors"], form.institution_ids, codes)


def show(request: HttpRequest, form: HandDownForm, *, plan=None, status=200) -> HttpResponse:
    context = {"form": form, "plan": plan, "crumbs": crumbs(Crumb(_("Entregar metas")))}
    return render_page(request, "results/hand_down.html", context, status=status)
