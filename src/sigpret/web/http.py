"""What a view may assume: a role, a request that only reads, a fragment asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]
#: No identifier of the database is longer.
ID_DIGITS = 18


def role_required(*roles: str) -> Callable[[View], View]:
    """Lets a view run for people with one of these roles; without any: for whoever signed in.

    Anonymous people go to sign in and come back. Others get the 403 page with the reason.
    What a person may do with one object is decided by the permissions of its app.
    """
    allowed = frozenset(str(role) for role in roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                # A fragment that followed to the sign-in page would put it inside the table.
                if is_fragment(request):
                    return HttpResponse(status=401)
                return redirect_to_login(request.get_full_path())
            held = frozenset(getattr(request, "roles", None) or ())
            if allowed and not allowed & held:
                raise PermissionDenied(_("Su papel en el sistema no incluye esta página."))
            return view(request, *args, **kwargs)

        guarded.allowed_roles = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def read_only(view: View) -> View:
    """GET and HEAD only, in a transaction in which PostgreSQL itself refuses to write."""

    @require_safe
    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            return view(request, *args, **kwargs)

    return reading


def whole_number(typed: str, *, digits: int = ID_DIGITS) -> int | None:
    """An identifier, a version or a page as an address or a form brought it; None when it is not a
    whole number of at most `digits`: "²" is a digit and no number, and what is longer than any
    identifier finds nothing."""
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= digits
    return int(typed) if is_one else None


def idempotency_key(request: HttpRequest) -> UUID | None:
    """The key of a request its sender may repeat (`Idempotency-Key`), or None.

    Raises BadRequest when it is there and is not a UUID.
    """
    typed = request.headers.get("Idempotency-Key", "").strip()
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        raise BadRequest(_("La clave de la petición no es un UUID.")) from None


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a piece of the page (a boosted link asks for the whole page)."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or its partial of that name when htmx asks: the same view, the same truth."""
    name = f"{template}#{fragment}" if fragment and is_fragment(request) else template
    response = render(request, name, dict(context), status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
