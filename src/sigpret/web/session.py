"""Until when somebody stays signed in, so that the page can say so before it happens.

The session itself knows how long it lasts and not since when: the moment is written in it when
it begins and when it is extended. These are the server's own seconds, also in the demonstration,
whose invented clock expires nothing.
"""

from __future__ import annotations

from time import time

from django.conf import settings
from django.http import HttpRequest

UNTIL = "signed_in_until"
#: How long before the end people are told (WCAG 2.2.1 asks for 20 seconds at least).
WARNING = 5 * 60


def begin(request: HttpRequest) -> int:
    """The session lasts from now on; how many seconds. Also extends one that was there."""
    age: int = settings.SESSION_COOKIE_AGE
    request.session[UNTIL] = int(time()) + age
    return age


def seconds_left(request: HttpRequest) -> int | None:
    """How long the session still lasts; None for whoever has not signed in.

    For one that nobody noted, from the last time the person signed in.
    """
    if not request.user.is_authenticated:
        return None
    until = request.session.get(UNTIL)
    if until is None:
        since = request.user.last_login
        until = (since.timestamp() if since else time()) + settings.SESSION_COOKIE_AGE
    return max(int(until - time()), 0)
