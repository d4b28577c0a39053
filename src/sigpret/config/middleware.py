"""What happens at the edge of every request: facts read once, and nothing private kept."""

from collections.abc import Callable

from django.conf import settings
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


class NoStoreMiddleware:
    """No browser or proxy keeps what was shown to somebody who had signed in.

    It goes by the session's cookie: asking who the person is would need the database, also
    to say that the database does not answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers["Cache-Control"] = "private, no-store"
        return response
