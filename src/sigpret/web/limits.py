"""How often somebody may ask, counted by all the processes together."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

SECONDS = 60
#: A folder of evidence goes file by file, one after the other; a workbook is read in a process of
#: its own.
FILES_PER_MINUTE, WORKBOOKS_PER_MINUTE = 120, 12
TOO_MANY_FILES = _(
    "Usted envió muchos archivos en un minuto: espere un minuto y envíe éste otra vez. "
    "Lo que ya subió sigue guardado."
)


TOO_MANY_REQUESTS = _("Demasiadas peticiones en un minuto")
TOO_OFTEN = _(
    "Desde su conexión llegaron muchas peticiones en un minuto: espere un minuto y abra el enlace "
    "otra vez. El enlace sigue sirviendo."
)
View = Callable[..., HttpResponse]


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, behind as many proxies as the settings trust."""
    return str(get_adapter(request).get_client_ip(request))


def limited(what: str, *, limit: int) -> Callable[[View], View]:
    """A page anybody may ask for: over `limit` requests a minute from one address get a 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def within(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if is_too_often(f"{what}:{client_address(request)}", limit=limit):
                return too_often(request, title=TOO_MANY_REQUESTS, problem=TOO_OFTEN)
            return view(request, *args, **kwargs)

        return within

    return decorate


def is_too_often(key: str, *, limit: int) -> bool:
    """Count one more request under `key`; whether it is over `limit` in this minute."""
    window = f"limit:{key}:{int(time.time() // SECONDS)}"
    # Two first requests at once may count as one, which harms nobody.
    cache.add(window, 0, timeout=2 * SECONDS)
    try:
        return int(cache.incr(window)) > limit
    except ValueError:
        return False


def brings_too_many(request: HttpRequest, *, limit: int = FILES_PER_MINUTE) -> bool:
    """Count a request that brings files, of whoever signed in; whether it is one too many.

    Asked before anything reads the body.
    """
    if request.method != "POST" or request.content_type != "multipart/form-data":
        return False
    return is_too_often(f"files:{limit}:{request.user.pk}", limit=limit)


def too_many_files(request: HttpRequest) -> HttpResponse:
    """The sentence, on a page of its own; the file stays where it is, on the person's device."""
    return too_often(request, title=_("Demasiados archivos en un minuto"), problem=TOO_MANY_FILES)


def too_often(request: HttpRequest, *, title: object, problem: object) -> HttpResponse:
    """The sentence on a page of its own, and in how many seconds to come back."""
    answer = render(request, "429.html", {"title": title, "problem": problem}, status=429)
    answer.headers["Retry-After"] = str(SECONDS)
    return answer
