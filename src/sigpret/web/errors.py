"""Error pages that say what happened and what to do next."""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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
    """Carries a code that also stands in the log; depends on no database and no session."""
    code = secrets.token_hex(4).upper()
    logger.error("server error shown", extra={"code": code, "path": request.path})
    return render(None, "500.html", {"code": code}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form waited too long or came from elsewhere; what was typed is still in the browser."""
    logger.warning("csrf refused", extra={"reason": reason, "path": request.path})
    return render(request, "csrf.html", status=403)
