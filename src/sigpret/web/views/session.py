"""/sesion: stay signed in, with the one click of the warning."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sigpret.web.http import is_fragment, role_required
from sigpret.web.session import extend


@require_POST
@role_required()
def extend_session(request: HttpRequest) -> HttpResponse:
    left = extend(request)
    return JsonResponse({"left": left}) if is_fragment(request) else redirect("pending")
