"""What happens at the edge of every request: facts read once, and nothing private kept."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sigpret.apps.institutions.queries import Access, access_of
from sigpret.web.clock import now
from sigpret.web.session import is_over


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


class SessionEndMiddleware:
    """Whoever signed in too long ago is nobody again, whatever they ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a database each page says so in its own words, and nobody reads anything.
        with suppress(DatabaseError):
            if settings.SESSION_COOKIE_NAME in request.COOKIES and is_over(request):
                logout(request)
        return self.get_response(request)


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
