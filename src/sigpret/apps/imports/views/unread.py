"""What is refused before anything reads it: a body too large, or one of too many."""

from typing import NamedTuple

from django.http import HttpRequest

from sigpret.apps.imports.forms import ENVELOPE, UPLOAD_LIMIT
from sigpret.web.limits import TOO_MANY_FILES, WORKBOOKS_PER_MINUTE, brings_too_many

TOO_LARGE_STATUS, TOO_MANY_STATUS = 413, 429


class Unread(NamedTuple):
    """The sentence for the person and the status of the answer."""

    problem: object
    status: int


def why_unread(request: HttpRequest, too_large: object) -> Unread | None:
    """Why the file of this request is not read; None when it is. `too_large` is its sentence.

    The check of the token would read the body first: the views ask this before it.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > UPLOAD_LIMIT + ENVELOPE:
        return Unread(too_large, TOO_LARGE_STATUS)
    if brings_too_many(request, limit=WORKBOOKS_PER_MINUTE):
        return Unread(TOO_MANY_FILES, TOO_MANY_STATUS)
    return None
