"""Until when somebody stays signed in, so that the page can say so before it happens.

The session itself knows how long it lasts and not since when: both moments are written in it when
it begins. One click extends it, but never past `LONGEST` from the sign-in: whoever left a machine
behind is out the same day. These are the server's own seconds, also in the demonstration, whose
invented clock expires nothing.
"""

from __future__ import annotations

from time import time

from django.conf import settings
from django.http import HttpRequest

UNTIL, SINCE = "signed_in_until", "signed_in_since"
#: A working day with its extra hours; then one signs in again.
LONGEST = 12 * 3600
#: How long before the end people are told (WCAG 2.2.1 asks for 20 seconds at least).
WARNING = 5 * 60


def begin(request: HttpRequest) -> int:
    """Somebody has just signed in: the session lasts from now on; how many seconds."""
    request.session[SINCE] = int(time())
    return extend(request)


def extend(request: HttpRequest) -> int:
    """The session lasts from now on, if not past its longest; how many seconds."""
    # Of a session that nobody noted, from now on: its longest counts once.
    since = request.session.setdefault(SINCE, int(time()))
    until: int = min(int(time()) + settings.SESSION_COOKIE_AGE, since + LONGEST)
    request.session[UNTIL] = until
    return max(until - int(time()), 0)


def is_over(request: HttpRequest) -> bool:
    """Has the person been signed in for too long, whatever they did since?"""
    since = request.session.get(SINCE)
    return since is not None and time() >= since + LONGEST


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


def seconds_at_most(request: HttpRequest) -> int:
    """How long the session can last however often it is extended."""
    since = request.session.get(SINCE)
    return LONGEST if since is None else max(int(since + LONGEST - time()), 0)
