"""Taking a goal out of the matrix, after saying what goes with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import InvalidGoalError, retire_goal
from sigpret.apps.results.forms import RetireForm
from sigpret.apps.results.queries.sheet import goal_sheet
from sigpret.apps.results.screens import goal_crumbs, opened_to_write
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def retire(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened_to_write(request, code)
    asked = request.POST if request.method == "POST" else None
    form = RetireForm(asked)
    if asked is not None and form.is_valid():
        try:
            is_gone = retire_goal(
                actor=request.user, access=request.access, goal_id=identity.id,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except InvalidGoalError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, sentence(identity.code, is_gone=is_gone))
            return redirect("results:table") if is_gone else redirect("results:sheet", code)
    context = {
        "form": form,
        "sheet": goal_sheet(identity, request.access),
        "goal": identity,
        "crumbs": goal_crumbs(identity, _("Retirar")),
    }
    return render_page(
        request, "results/retire.html", context, status=422 if asked is not None else 200
    )


def sentence(code: str, *, is_gone: bool) -> str:
    if is_gone:
        return _("%(code)s se retiró de la matriz.") % {"code": code}
    return _("%(code)s ya no contribuye ni se programa; su historia se conserva.") % {"code": code}
