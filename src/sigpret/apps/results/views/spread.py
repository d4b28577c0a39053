"""Making the weights of those who serve a goal add to 100."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.results.actions import spread_weights
from sigpret.apps.results.screens import opened, way_back
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.http import role_required


@require_POST
@role_required(*WRITERS)
def spread(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened(request, code)
    spread_weights(actor=request.user, access=request.access, parent_id=identity.id)
    messages.success(
        request, _("Los pesos de %(code)s ya suman 100, en proporción.") % {"code": code}
    )
    return redirect(way_back(request, reverse("results:sheet", args=[code])))
