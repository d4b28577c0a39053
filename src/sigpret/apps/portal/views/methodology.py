"""P11: how a colour is decided, with the numbers of the policy in force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sigpret.apps.reference.queries import policy_on
from sigpret.web.http import read_only


@read_only
def methodology(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/methodology.html", {"policy": policy_on(request.as_of)})
