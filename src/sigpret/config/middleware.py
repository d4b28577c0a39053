"""Facts every view needs, read once at the edge: the moment, and what the person may reach."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sigpret.apps.institutions.queries import Access, access_of
from sigpret.web.clock import now


class RequestFactsMiddleware:
    """Sets `request.now`, `request.as_of`, `request.access` and `request.roles`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now()
        request.as_of = request.now.date()
        request.access = SimpleLazyObject(lambda: self.access(request))
        request.roles = SimpleLazyObject(lambda: request.access.roles)
        return self.get_response(request)

    def access(self, request: HttpRequest) -> Access:
        if request.user.is_authenticated:
            return access_of(request.user, on=request.as_of)
        return Access()
