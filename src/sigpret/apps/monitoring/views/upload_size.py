"""A body is judged by its size, and how many came before it, before anything reads it: the check
of the token included."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sigpret.intake.files.kinds import MOST_BYTES
from sigpret.web.limits import brings_too_many, too_many_files

#: Six files of the largest size at once, and what a form weighs besides them.
MOST_AT_ONCE = 6 * MOST_BYTES + 256 * 1024
View = Callable[..., HttpResponse]


def takes_files(view: View) -> View:
    """Lets a view take uploads up to a size and so many a minute; more gets a sentence."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_AT_ONCE:
            messages.error(
                request, _("Los archivos pesan más de 60 MB en total: súbalos en varias veces.")
            )
            return redirect(request.path)
        if brings_too_many(request):
            return too_many_files(request)
        return protected(request, *args, **kwargs)

    return guarded
