"""Error pages that say what happened and what to do next."""

from __future__ import annotations

import logging
import secrets
import sys

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _

RETRY_SECONDS = 10
SECRET = "password"  # noqa: S105 - what the names of such fields have in them
logger = logging.getLogger("sigpret.web.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is the sentence of the rule that refused, never a class name."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    context = {"reason": reason or _("Su papel en el sistema no incluye esta página.")}
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Carries a code that also stands in the log; depends on no database and no session.

    A database that is busy or away is no fault of anybody's: that page says to try again.
    """
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    code = secrets.token_hex(4).upper()
    logger.error("server error shown", extra={"code": code, "path": request.path})
    return render(None, "500.html", {"code": code}, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Somebody held the same row too long, or the database is away: nothing was saved.

    What was typed goes with the button that tries again, unless there were files or secrets.
    """
    logger.warning("database unavailable", extra={"path": request.path})
    context = {"again": request.get_full_path(), **typed_again(request)}
    response = render(None, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def typed_again(request: HttpRequest) -> dict[str, object]:
    """The form as it was sent, to send it once more; empty when it cannot be repeated."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (OSError, RequestDataTooBig):
        return {}
    names = [name for name, _value in fields]
    if request.method != "POST" or has_files or any(SECRET in name for name in names):
        return {}
    kept = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    return {"address": request.get_full_path(), "fields": kept, "token": get_token(request)}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form waited too long or came from elsewhere; what was typed is still in the browser."""
    logger.warning("csrf refused", extra={"reason": reason, "path": request.path})
    return render(request, "csrf.html", status=403)
