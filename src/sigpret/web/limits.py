"""How often somebody may ask, counted by all the processes together."""

import time

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
    answer = render(request, "429.html", {"problem": TOO_MANY_FILES}, status=429)
    answer.headers["Retry-After"] = str(SECONDS)
    return answer
